"""Asks for namespaces, a new root, another name for this machine."""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
done = [flag for flag in (CLONE_NEWNS, CLONE_NEWUSER) if libc.unshare(flag) == 0]
raise RuntimeError(f"found {'a way: canary-namespace' if done else 'no way'}")
