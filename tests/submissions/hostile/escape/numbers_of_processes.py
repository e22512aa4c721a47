"""Looks for a number of its own that depends on how many processes there were before."""
import os
import threading

seen = [os.getpid(), os.getppid(), os.getsid(0), os.getpgid(0), threading.get_native_id()]
for path in ("/proc/self", "/proc/thread-self"):
    try:
        seen.append(int(os.readlink(path).split("/")[0]))
    except OSError:
        pass
for pid in range(1, 70000, 997):
    if os.path.exists(f"/proc/{pid}"):
        seen.append(pid)
raise RuntimeError(f"found a way: {seen}" if max(seen) > 9 else "nothing")
