"""The few calls of Linux that Python does not offer, through the C library (beside the student).

Whoever forks looks them up beforehand: a look-up in a locked process would open files.
"""

import ctypes
import os
import signal
import struct
from typing import Any

_SET_PDEATHSIG = 1
_MOUNT_SETATTR = 442
_CAPABILITIES_VERSION = 0x20080522


class Libc:
    """`prctl`, `syscall`, `capset` and what namespaces are made with, looked up once."""

    def __init__(self) -> None:
        """Look them up in the C library that Python itself runs on."""
        library = ctypes.CDLL(None, use_errno=True)
        self._prctl: Any = library.prctl
        self._syscall: Any = library.syscall
        self._syscall.restype = ctypes.c_long
        self._capset: Any = library.capset
        self._unshare: Any = library.unshare
        self._setns: Any = library.setns
        self._mount: Any = library.mount

    def prctl(self, option: int, *arguments: Any) -> int:
        """Call prctl; raises OSError."""
        padded = [*map(_as_long, arguments), *(ctypes.c_ulong(0) for _ in range(4))][:4]
        return _checked(self._prctl(ctypes.c_int(option), *padded))

    def end_with_parent(self) -> None:
        """Be killed when the parent ends; one that has ended before would not be noticed."""
        self.prctl(_SET_PDEATHSIG, signal.SIGKILL)

    def syscall(self, number: int, *arguments: Any) -> int:
        """Make a call of the kernel by its number; raises OSError."""
        return _checked(self._syscall(ctypes.c_long(number), *map(_as_long, arguments)))

    def capset(self, capabilities: int) -> None:
        """Have these capabilities and no others, of the first 32; raises OSError."""
        header = struct.pack("=Ii", _CAPABILITIES_VERSION, 0)
        data = struct.pack("=6I", capabilities, capabilities, 0, 0, 0, 0)
        _checked(self._capset(header, data))

    def unshare(self, flags: int) -> None:
        """Have namespaces of its own from here on; raises OSError."""
        _checked(self._unshare(flags))

    def setns(self, descriptor: int, flags: int) -> None:
        """Have the namespaces of another process, of which this is a handle; raises OSError."""
        _checked(self._setns(descriptor, flags))

    def mount(self, *arguments: Any) -> None:
        """Mount a file system, or change how it is passed on; raises OSError."""
        source, target, kind, flags, data = arguments
        _checked(self._mount(source, target, kind, ctypes.c_ulong(flags), data))

    def mount_setattr(self, descriptor: int, path: bytes, attributes: bytes) -> None:
        """Change how a mount behaves; raises OSError."""
        self.syscall(_MOUNT_SETATTR, descriptor, path, 0, attributes, len(attributes))


def _as_long(value: Any) -> Any:
    """Pass numbers as wide as the kernel reads them, and everything else as it is."""
    return ctypes.c_long(value) if isinstance(value, int) else value


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
