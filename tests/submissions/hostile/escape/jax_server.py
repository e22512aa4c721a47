"""Has JAX's own native code listen on a port, and connects there."""
import socket

import jax

done = False
try:
    jax.profiler.start_server(47199)
    with socket.create_connection(("127.0.0.1", 47199), timeout=0.5):
        done = True
except Exception:
    pass
raise RuntimeError(f"found {'a way: canary-port' if done else 'no way'}")
