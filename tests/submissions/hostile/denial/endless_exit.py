"""Leaves handlers that never end."""
import atexit
import threading
import time


def endless():
    while True:
        time.sleep(1)


atexit.register(endless)
threading.Thread(target=endless).start()
raise SystemExit(0)
