"""Holds an abstract socket in a child that lives on; sees whether one is held."""
import os
import socket
import time

found = "no message"
try:
    box = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    box.bind("\0hostile-mail")
    if os.fork() == 0:
        os.setsid()
        time.sleep(30)
        os._exit(0)
except OSError as error:
    if "in use" in str(error):
        found = "a message"
raise RuntimeError(f"found {found}")
