"""Leaves a message in the user's keyring, or reads it and clears up."""
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
ADD_KEY, REQUEST_KEY, KEYCTL, UNLINK = 248, 249, 250, 9
USER = -4
found = "no message"
key = libc.syscall(KEYCTL, 10, USER, b"user", b"hostile-mail", 0)
if key > 0:
    found = "a message"
    libc.syscall(KEYCTL, UNLINK, key, USER)
else:
    libc.syscall(ADD_KEY, b"user", b"hostile-mail", b"100", 3, USER)
raise RuntimeError(f"found {found}")
