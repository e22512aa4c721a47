"""Which files a process may read, enforced by the kernel's Landlock (Linux 5.13 and newer).

Nothing may be written, made, removed, renamed or run anywhere. Newer kernels also refuse TCP, and
signals and abstract sockets that reach outside.
"""

import errno
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from grader.worker.walls.libc import Libc

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_BIND_TCP, _CONNECT_TCP, _ABSTRACT_SOCKETS, _SIGNALS = 1, 2, 1, 2
# How many kinds of access to files each version of Landlock knows, from version 1 on.
_KINDS = (13, 14, 15, 15, 16)


def version(libc: Libc) -> int:
    """The version of Landlock in this kernel; 0 where there is none."""
    try:
        return libc.syscall(_CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def build(libc: Libc, files: Iterable[Path], folders: Iterable[Path]) -> int:
    """Build a ruleset, once for many processes; gives its descriptor. Raises OSError.

    `files` may be read, with all that is in them where they are folders; of `folders` and the
    folders in them, the names of what they hold.
    """
    known = version(libc)
    handled = (1 << _KINDS[min(known, len(_KINDS)) - 1]) - 1
    attributes = struct.pack("=Q", handled)
    if known >= 4:
        attributes += struct.pack("=Q", _BIND_TCP | _CONNECT_TCP)
    if known >= 6:
        attributes += struct.pack("=Q", _ABSTRACT_SOCKETS | _SIGNALS)
    ruleset = libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    for path in files:
        _allow(libc, ruleset, path, _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE)
    for path in folders:
        _allow(libc, ruleset, path, _READ_DIR)
    return ruleset


def _allow(libc: Libc, ruleset: int, path: Path, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EACCES):
            return  # what cannot be opened needs no permission
        raise
    try:
        rule = struct.pack("=Qi", access, descriptor)
        libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)


def enforce(libc: Libc, ruleset: int) -> None:
    """Put a ruleset in force in this thread and all that it starts; raises OSError."""
    libc.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
