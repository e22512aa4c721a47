"""Which calls of the kernel a worker may make: numbers and conditions, as data.

Everything that is not listed is refused. What is listed can read, compute, wait, and start threads;
it cannot write a file, start a process, reach another process or open a channel to one.
"""

from dataclasses import dataclass

# The machine's name, AUDIT_ARCH of the kernel's headers.
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OWN_PID = -1  # stands for the worker's pid, which is not known when the filter is prepared

# Numbers on x86_64 and aarch64; None where a machine has no such call.
_PLAIN = """
read 0 63|write 1 64|readv 19 65|writev 20 66|pread64 17 67|lseek 8 62|close 3 57
close_range 436 436|fstat 5 80|newfstatat 262 79|stat 4 -|lstat 6 -|statx 332 291|access 21 -
faccessat 269 48|faccessat2 439 439|readlink 89 -|readlinkat 267 78|getdents64 217 61|getcwd 79 17
dup 32 23|dup2 33 -|dup3 292 24|fadvise64 221 223|statfs 137 43|fstatfs 138 44
poll 7 -|ppoll 271 73|select 23 -|pselect6 270 72
brk 12 214|munmap 11 215|mprotect 10 226|mremap 25 216|madvise 28 233
rt_sigaction 13 134|rt_sigprocmask 14 135|rt_sigreturn 15 139|rt_sigpending 127 136
rt_sigtimedwait 128 137|rt_sigsuspend 130 133|sigaltstack 131 132|restart_syscall 219 128
futex 202 98|futex_waitv 449 449|set_robust_list 273 99|set_tid_address 218 96|rseq 334 293
exit 60 93|exit_group 231 94|gettid 186 178|sched_yield 24 124|sched_getaffinity 204 123
sched_getparam 143 121|sched_getscheduler 145 120|sched_get_priority_max 146 125
sched_get_priority_min 147 126|arch_prctl 158 -|membarrier 324 283|getcpu 309 168
getpid 39 172|getppid 110 173|getuid 102 174|geteuid 107 175|getgid 104 176|getegid 108 177
getresuid 118 148|getresgid 120 150|getgroups 115 158|getpgrp 111 -|getpgid 121 155|getsid 124 156
uname 63 160|sysinfo 99 179|getrusage 98 165|times 100 153|getrlimit 97 163|getpriority 140 141
clock_gettime 228 113|clock_getres 229 114|clock_nanosleep 230 115|nanosleep 35 101
gettimeofday 96 169|time 201 -|alarm 37 -|setitimer 38 103|getitimer 36 102|pause 34 -
getrandom 318 278
"""
_CONDITIONAL = "open 2 -|openat 257 56|fcntl 72 25|ioctl 16 29|mmap 9 222|clone 56 220\
|prctl 157 167|prlimit64 302 261|kill 62 129|tgkill 234 131|clone3 435 435"


@dataclass(frozen=True)
class Test:
    """A condition on one argument: of the bits in `mask`, exactly those in `value` are set."""

    argument: int
    value: int
    mask: int = 0xFFFFFFFF


def _any_of(argument: int, *values: int) -> tuple[tuple[Test, ...], ...]:
    return tuple((Test(argument, value),) for value in values)


_WRITING = 0o3 | 0o100 | 0o1000 | 0o20000000  # access mode, O_CREAT, O_TRUNC, O_TMPFILE
_SHARED, _ANONYMOUS, _GROWSDOWN = 0x1, 0x20, 0x100
_THREAD, _NAMESPACES = 0x00010000, 0x7E020080  # CLONE_THREAD; CLONE_NEW*, _NEWNS, _NEWTIME
_ALL_BITS = 2**64 - 1

# What must hold for a call to be allowed: all tests of at least one alternative.
CONDITIONS: dict[str, tuple[tuple[Test, ...], ...]] = {
    "open": ((Test(1, 0, _WRITING),),),
    "openat": ((Test(2, 0, _WRITING),),),
    # Duplicate, close-on-exec and status flags: no locks, leases, owners or notifications.
    "fcntl": _any_of(1, 0, 1, 2, 3, 4, 1030),
    # TCGETS, TIOCGWINSZ (is it a terminal, how wide), FIOCLEX, FIONCLEX, FIONBIO.
    "ioctl": _any_of(1, 0x5401, 0x5413, 0x5451, 0x5450, 0x5421),
    # Shared anonymous memory and stacks that grow are not counted by RLIMIT_DATA.
    "mmap": ((Test(3, 0, _ANONYMOUS | _GROWSDOWN),), (Test(3, 0, _SHARED | _GROWSDOWN),)),
    "clone": ((Test(0, _THREAD, _THREAD | _NAMESPACES),),),
    # Names of threads and of memory; questions about oneself.
    "prctl": _any_of(0, 15, 16, 0x53564D41, 2, 3, 21, 23, 39),
    "prlimit64": ((Test(0, 0), Test(2, 0, _ALL_BITS)),),
    "kill": ((Test(0, OWN_PID),),),
    "tgkill": ((Test(0, OWN_PID),),),
    "clone3": (),
}
# glibc falls back to clone when clone3 does not exist, and gives up when it is forbidden.
NOT_THERE = ("clone3",)


def numbers(machine: str) -> dict[str, int]:
    """The number of each listed call on a machine; raises KeyError for an unknown one."""
    column = {"x86_64": 1, "aarch64": 2}[machine]
    entries = (_PLAIN.strip().replace("\n", "|") + "|" + _CONDITIONAL).split("|")
    table = [entry.split() for entry in entries]
    return {row[0]: int(row[column]) for row in table if row[column] != "-"}
