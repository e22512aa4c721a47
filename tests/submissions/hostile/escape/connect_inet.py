"""Connects to well-known ports of this machine."""
import socket

for port in range(47113, 47121):
    for host in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        try:
            with socket.create_connection((host, port), timeout=0.5) as stream:
                stream.sendall(b"hello from a submission\n")
        except OSError:
            pass
raise RuntimeError("found no way")
