"""Opens its parent's memory for writing, and its own."""
import os

done = []
try:
    with open(f"/proc/{os.getppid()}/mem", "r+b", 0):
        done.append("parent")
except OSError:
    pass
raise RuntimeError(f"found {'a way: canary-memory' if done else 'no way'}")
