"""open, creat, openat, openat2, mkdir, mknod, symlink by number, in places that anyone may write."""
import ctypes
import glob

libc = ctypes.CDLL(None, use_errno=True)
how = (ctypes.c_uint64 * 3)(0o102, 0o644, 0)
for folder in [b"/tmp", b"/dev/shm", *(p.encode() for p in glob.glob("/tmp/grader-hostile-*/*/"))]:
    path = folder + b"/hostile-number-"
    libc.syscall(2, path + b"2", 0o102, 0o644)
    libc.syscall(85, path + b"85", 0o644)
    libc.syscall(257, -100, path + b"257", 0o102, 0o644)
    libc.syscall(437, -100, path + b"437", how, 24)
    libc.syscall(83, path + b"83", 0o755)
    libc.syscall(133, path + b"133", 0o100644, 0)
    libc.syscall(88, b"/etc/passwd", path + b"88")
raise RuntimeError("found no way")
