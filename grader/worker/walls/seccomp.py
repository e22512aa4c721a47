"""Turns the list of allowed calls into a filter for the kernel, and puts it in force (Linux).

The filter is a program for the kernel's packet filter machine: load a number, compare, return. It
is written down without long jumps: each call's block either answers or is skipped.
"""

import ctypes
import errno
import platform
import struct

from grader.worker.walls import syscalls
from grader.worker.walls.libc import Libc

_LOAD, _AND, _IF_EQUAL, _RETURN = 0x20, 0x54, 0x15, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_REFUSE, _ABSENT = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_INSTRUCTION = struct.Struct("=HBBI")

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


def is_available(libc: Libc) -> bool:
    """Tell whether this kernel takes filters, and its calls are known here."""
    if platform.machine() not in syscalls.ARCHITECTURES or struct.calcsize("P") != 8:
        return False
    try:
        libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, None)
    except OSError as error:
        return error.errno == errno.EFAULT  # it would have read a filter
    return False


def compile_filter(machine: str) -> list[Instruction]:
    """Compile the allow-list; `syscalls.OWN_PID` is left in it, for `load` to fill in."""
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        # Calls of another architecture, such as 32-bit ones, have numbers of their own.
        (_IF_EQUAL, 1, 0, syscalls.ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for name, number in syscalls.numbers(machine).items():
        block = _block(name)
        program += [(_IF_EQUAL, 0, len(block), number), *block]
    return [*program, (_RETURN, 0, 0, _REFUSE)]


def _block(name: str) -> list[Instruction]:
    """What is done with a call that has this name: always ends with an answer."""
    if name not in syscalls.CONDITIONS:
        return [(_RETURN, 0, 0, _ALLOW)]
    block: list[Instruction] = []
    for alternative in syscalls.CONDITIONS[name]:
        block += _alternative(alternative)
    return [*block, (_RETURN, 0, 0, _ABSENT if name in syscalls.NOT_THERE else _REFUSE)]


def _alternative(tests: tuple[syscalls.Test, ...]) -> list[Instruction]:
    steps: list[Instruction] = []
    for test in tests:
        for half in (0, 1):
            mask = test.mask >> 32 * half & 0xFFFFFFFF
            if not mask:
                continue
            steps.append((_LOAD, 0, 0, _ARGUMENTS + 8 * test.argument + 4 * half))
            if mask != 0xFFFFFFFF:
                steps.append((_AND, 0, 0, mask))
            pid = test.value == syscalls.OWN_PID
            value = test.value if pid else test.value >> 32 * half & 0xFFFFFFFF
            steps.append((_IF_EQUAL, 0, 0, value))
    steps.append((_RETURN, 0, 0, _ALLOW))
    last = len(steps) - 1
    return [
        (code, 0, last - i if code == _IF_EQUAL else 0, k)
        for i, (code, _, _, k) in enumerate(steps)
    ]


def load(libc: Libc, program: list[Instruction], pid: int) -> None:
    """Put a filter in force in this thread and all that it starts; raises OSError."""
    filled = ((*rest, pid if k == syscalls.OWN_PID else k) for *rest, k in program)
    code = b"".join(_INSTRUCTION.pack(*instruction) for instruction in filled)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(header, len(header)))
