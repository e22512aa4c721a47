"""Connects to abstract sockets, and to the sockets that it finds in temporary folders."""
import glob
import socket

names = [f"\0grader-hostile-{n}" for n in range(8)] + glob.glob("/tmp/grader-hostile-*/*.sock")
for name in names:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            with socket.socket(socket.AF_UNIX, kind) as stream:
                stream.connect(name)
                stream.send(b"hello from a submission\n")
        except OSError:
            pass
raise RuntimeError("found no way")
