"""Which calls of the kernel a worker may make: numbers, conditions and reasons, as data.

Everything that is not listed is refused. What is listed can read, compute, wait, and start threads;
it cannot write a file, start a process, reach another process or open a channel to one. Nor may it
set or see state that outlives a process: that would be a letter to the next submission.
"""

from dataclasses import dataclass

# The machine's name, AUDIT_ARCH of the kernel's headers.
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OWN_PID = -1  # stands for the worker's pid, which is not known when the filter is prepared

# Name; numbers on x86_64 and aarch64, - where a machine has no such call; why it is allowed.
_TABLE = """
read               0   63  what may be read: files that Landlock lets be opened, and the channel
readv             19   65  as read
pread64           17   67  as read; shared libraries are loaded so
lseek              8   62  a place in a file that this process opened itself
write              1   64  to its own channel and output; no file can be opened for writing
writev            20   66  as write
open               2    -  as openat
openat           257   56  imports; for reading alone, and Landlock says what
close              3   57  what it opened
close_range      436  436  as close
dup               32   23  another number for what is open
dup2              33    -  as dup
dup3             292   24  as dup
fcntl             72   25  as dup, and flags; no locks, leases, owners, notifications
ioctl             16   29  is it a terminal, how wide; flags of a descriptor
fstat              5   80  imports; access times tell nothing where they are not noted (namespaces)
newfstatat       262   79  as fstat
stat               4    -  as fstat
lstat              6    -  as fstat
statx            332  291  as fstat
access            21    -  imports: is there such a file
faccessat        269   48  as access
faccessat2       439  439  as access
readlink          89    -  imports: where a link leads
readlinkat       267   78  as readlink
getdents64       217   61  imports: what a folder holds
getcwd            79   17  imports with a relative path
poll               7    -  waits for its own descriptors
ppoll            271   73  as poll
select            23    -  as poll
pselect6         270   72  as poll
brk               12  214  memory of its own
mmap               9  222  private memory, and private views of files: nothing shared
munmap            11  215  as brk
mprotect          10  226  compiled programs: memory that is written, then run
mremap            25  216  as brk
madvise           28  233  gives private memory back; no advice that evicts, fetches or merges pages
rt_sigaction      13  134  handlers of its own
rt_sigprocmask    14  135  as rt_sigaction; every new thread
rt_sigreturn      15  139  every handler that returns
rt_sigpending    127  136  its own signals
rt_sigtimedwait  128  137  as rt_sigpending
rt_sigsuspend    130  133  as rt_sigpending
sigaltstack      131  132  a stack for its handlers
restart_syscall  219  128  the kernel's own, after a stop
kill              62  129  itself alone
tgkill           234  131  as kill; abort()
alarm             37    -  wakes itself
setitimer         38  103  as alarm
getitimer         36  102  as alarm
pause             34    -  waits for a signal
futex            202   98  locks among its threads, which leave nothing behind
set_tid_address  218   96  of its own threads
set_robust_list  273   99  every new thread
rseq             334  293  every new thread
clone             56  220  threads; neither processes nor namespaces
clone3           435  435  is said not to exist, so that glibc falls back to clone
exit              60   93  ends a thread
exit_group       231   94  ends
prctl            157  167  names of threads and of memory; questions about itself
arch_prctl       158    -  wide registers, where a processor has to be asked for them
sched_yield       24  124  lets its other threads run
sched_getaffinity 204 123  how many processors it has: sizes of thread pools
sched_getparam   143  121  XLA's locks ask it of threads; in a namespace there are no others
sched_getscheduler 145 120 as sched_getparam
getpid            39  172  its own, which tells nothing in a namespace of its own
gettid           186  178  as getpid
getppid          110  173  as getpid
getpgrp          111    -  as getpid
getpgid          121  155  its own, as getpid
getsid           124  156  as getpgid
getuid           102  174  the same for every worker
geteuid          107  175  as getuid
getgid           104  176  as getuid
getegid          108  177  as getuid
getresuid        118  148  as getuid
getresgid        120  150  as getuid
getgroups        115  158  as getuid
uname             63  160  the machine's name and kernel, which stay the same
getrlimit         97  163  its own limits
prlimit64        302  261  as getrlimit; sets none
times            100  153  processor time of its own
clock_gettime    228  113  what time it is; processor time of its own
clock_getres     229  114  as clock_gettime
clock_nanosleep  230  115  sleeps
nanosleep         35  101  sleeps
gettimeofday      96  169  what time it is
time             201    -  what time it is
getcpu           309  168  on which processor it runs just now
getrandom        318  278  random numbers
"""


@dataclass(frozen=True)
class Call:
    """A call that may be made: its number on x86_64 and on aarch64, and why."""

    name: str
    x86_64: int | None
    aarch64: int | None
    reason: str


def _call(line: str) -> Call:
    name, x86_64, aarch64, reason = line.split(maxsplit=3)
    return Call(name, _number(x86_64), _number(aarch64), reason)


def _number(text: str) -> int | None:
    return None if text == "-" else int(text)


CALLS = tuple(map(_call, _TABLE.strip().splitlines()))


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
_PRIVATE, _COMMAND, _WAIT, _WAKE, _WAIT_BITSET = 0x80, 0x7F, 0, 1, 9  # of futex
# Of madvise: NORMAL, DONTNEED, FREE, HUGEPAGE, NOHUGEPAGE, DONTDUMP, WIPEONFORK. WILLNEED, COLD,
# PAGEOUT, POPULATE_* and COLLAPSE move pages of files in and out for all; MERGEABLE shares pages.
_ADVICE = (0, 4, 8, 14, 15, 16, 18)
_OWN = ((Test(0, 0),), (Test(0, OWN_PID),))
_OWN_CLOCK = ((Test(0, 0, 0x80000000),),)  # below zero is the clock of a process that one names

# What must hold for a call to be allowed: all tests of at least one alternative.
CONDITIONS: dict[str, tuple[tuple[Test, ...], ...]] = {
    "open": ((Test(1, 0, _WRITING),),),
    "openat": ((Test(2, 0, _WRITING),),),
    # Duplicate, close-on-exec and status flags.
    "fcntl": _any_of(1, 0, 1, 2, 3, 4, 1030),
    # TCGETS, TIOCGWINSZ, FIOCLEX, FIONCLEX, FIONBIO.
    "ioctl": _any_of(1, 0x5401, 0x5413, 0x5451, 0x5450, 0x5421),
    # Shared pages are a channel; anonymous ones, and stacks that grow, escape RLIMIT_DATA too.
    "mmap": ((Test(3, 0, _SHARED | _GROWSDOWN),),),
    "madvise": _any_of(2, *_ADVICE),
    # C++ waits and wakes without saying that a lock is private. Through a page of a file that two
    # processes have mapped they can so wake each other, while both run.
    "futex": (
        (Test(1, _PRIVATE, _PRIVATE),),
        *((Test(1, command, _COMMAND),) for command in (_WAIT, _WAKE, _WAIT_BITSET)),
    ),
    "clone": ((Test(0, _THREAD, _THREAD | _NAMESPACES),),),
    # Names of threads and of memory; questions about oneself.
    "prctl": _any_of(0, 15, 16, 0x53564D41, 2, 3, 21, 23, 39),
    "prlimit64": ((Test(0, 0), Test(2, 0, _ALL_BITS)),),
    "kill": ((Test(0, OWN_PID),),),
    "tgkill": ((Test(0, OWN_PID),),),
    "getpgid": _OWN,
    "getsid": _OWN,
    "sched_getaffinity": _OWN,
    "clock_gettime": _OWN_CLOCK,
    "clock_getres": _OWN_CLOCK,
    "clock_nanosleep": _OWN_CLOCK,
    "clone3": (),
}
# glibc falls back to clone when clone3 does not exist, and gives up when it is forbidden.
NOT_THERE = ("clone3",)


def numbers(machine: str) -> dict[str, int]:
    """The number of each listed call on a machine; raises KeyError for an unknown one."""
    if machine not in ARCHITECTURES:
        raise KeyError(machine)
    found = {call.name: getattr(call, machine) for call in CALLS}
    return {name: number for name, number in found.items() if number is not None}
