"""A submission that tries everything, and returns the errno that each attempt met with.

The tests read its tables too. It runs in a worker, so it imports nothing of this project; what it
aims at is put into TARGETS by whoever sends it.
"""

# It does what nobody should, and its attempts, which are strings, use what it imports.
# ruff: noqa: ARG001, BLE001, D103, F401, PTH123, S102
import ctypes
import errno
import os
import platform
import signal
import socket
import subprocess
import threading
from typing import Any

import numpy as np

TARGETS: dict[str, Any] = {}

# Calls made by number, with arguments that do nothing where they are allowed: x86_64, aarch64.
BY_NUMBER = """
execve 59 221|execveat 322 281|ptrace 101 117|mount 165 40|umount2 166 39|pivot_root 155 41
unshare 272 97|setns 308 268|bpf 321 280|keyctl 250 219|add_key 248 217|request_key 249 218
io_uring_setup 425 425|io_uring_enter 426 426|io_uring_register 427 427|memfd_create 319 279
memfd_secret 447 447|chmod 90 -|fchmod 91 52|fchmodat 268 53|chown 92 -|lchown 94 -|fchown 93 55
fchownat 260 54|link 86 -|linkat 265 37|symlink 88 -|symlinkat 266 36|rename 82 -
renameat 264 38|renameat2 316 276|unlink 87 -|unlinkat 263 35|mkdir 83 -|mkdirat 258 34
rmdir 84 -|mknod 133 -|mknodat 259 33|truncate 76 45|ftruncate 77 46|utimensat 280 88
utimes 235 -|setxattr 188 5|lsetxattr 189 6|fsetxattr 190 7|removexattr 197 14|setrlimit 160 164
socket 41 198|socketpair 53 199|connect 42 203|bind 49 200|listen 50 201|accept 43 202
sendto 44 206|sendmsg 46 211|recvmsg 47 212|shmget 29 194|shmat 30 196|shmctl 31 195
semget 64 190|semop 65 193|msgget 68 186|msgsnd 69 189|mq_open 240 180|mq_unlink 241 181
mq_timedsend 242 182|perf_event_open 298 241|userfaultfd 323 282|process_vm_readv 310 270
process_vm_writev 311 271|process_madvise 440 440|pidfd_open 434 434|pidfd_getfd 438 438
pidfd_send_signal 424 424|kcmp 312 272|tkill 200 130|rt_sigqueueinfo 129 138
rt_tgsigqueueinfo 297 240|setuid 105 146|setresuid 117 147|setgid 106 144|setgroups 116 159
capset 126 91|setpgid 109 154|setsid 112 157|seccomp 317 277|landlock_create_ruleset 444 444
open_by_handle_at 304 265|name_to_handle_at 303 264|openat2 437 437|fanotify_init 300 262
inotify_init1 294 26|signalfd4 289 74|timerfd_create 283 85|eventfd2 290 19|epoll_create1 291 20
pipe2 293 59|splice 275 76|tee 276 77|vmsplice 278 75|copy_file_range 326 285|sendfile 40 71
fallocate 285 47|flock 73 32|chroot 161 51|chdir 80 49|personality 135 92|init_module 175 105
finit_module 313 273|delete_module 176 106|kexec_load 246 104|reboot 169 142|swapon 167 224
sethostname 170 161|settimeofday 164 170|clock_settime 227 112|adjtimex 159 171|quotactl 179 60
acct 163 89|syslog 103 116|iopl 172 -|ioperm 173 -|modify_ldt 154 -|mbind 237 235
set_mempolicy 238 237|move_pages 279 239|migrate_pages 256 238|sched_setaffinity 203 122
sched_setscheduler 144 119|setpriority 141 140|ioprio_set 251 30|timer_create 222 107
fsopen 430 430|fsmount 432 432|open_tree 428 428|move_mount 429 429|mlock 149 228
mlockall 151 230|remap_file_pages 216 234|pkey_mprotect 329 288|msync 26 227
sync_file_range 277 84|clone3 435 435|fadvise64 221 223|readahead 187 213|mincore 27 232
sysinfo 99 179|getrusage 98 165|statfs 137 43|fstatfs 138 44|futex_waitv 449 449|membarrier 324 283
getpriority 140 141|cachestat 451 451|preadv2 327 286|futex_wake 454 454
"""
NUMBERS = {
    name: numbers[platform.machine() == "aarch64"]
    for name, *numbers in (
        entry.split() for entry in BY_NUMBER.strip().replace("\n", "|").split("|")
    )
}
# Calls that are allowed for some arguments, with others: number (x86_64, aarch64), arguments.
FORMS: dict[str, tuple[tuple[int, int], tuple[int, ...]]] = {
    "a process, not a thread": ((56, 220), (0x0800,)),  # SIGHAND without VM: never made
    "a thread in a new user namespace": ((56, 220), (0x10010D00,)),
    "shared anonymous memory": ((9, 222), (0, 4096, 3, 0x21, -1, 0)),
    "validated shared anonymous memory": ((9, 222), (0, 4096, 3, 0x23, -1, 0)),
    "a stack that grows": ((9, 222), (0, 4096, 3, 0x122, -1, 0)),
    "dumpable again": ((157, 167), (4, 1)),
    "outlive the parent": ((157, 167), (1, 0)),
    "adopt orphans": ((157, 167), (36, 1)),
    "open by another path mode": ((257, 56), (-100, 0, 0o100)),
    "a lock on a file": ((72, 25), (1, 6, 0)),
    "a signal owner": ((72, 25), (1, 8, 0)),
    "input for a terminal": ((16, 29), (0, 0x5412, 0)),
    "a limit raised, at an even address": ((302, 261), (0, 7, 1 << 32, 0)),
    "a limit of another process": ((302, 261), (1, 7, 0, 0)),
    "shared pages of a file": ((9, 222), (0, 4096, 1, 0x1, 0, 0)),
    "pages to be put out": ((28, 233), (0, 0, 21)),
    "pages to be called cold": ((28, 233), (0, 0, 20)),
    "pages to be fetched": ((28, 233), (0, 0, 3)),
    "pages to be filled in": ((28, 233), (0, 0, 22)),
    "pages to be merged": ((28, 233), (0, 0, 12)),
    "a queue at a lock of all": ((202, 98), (0, 3, 0)),
    "the clock of another process": ((228, 113), (-12, 0)),
    "the processors of another process": ((204, 123), (1, 0, 0)),
    "the group of another process": ((121, 155), (1,)),
    "the session of another process": ((124, 156), (1,)),
    "an x32 number": ((0x40000000 + 39, 9999), ()),
    "a number that does not exist": ((9999, 9999), ()),
}
# Attempts in Python, where each name of TARGETS is a variable. Landlock refuses these ...
READING = {
    "read the public key": "read(root + '/exercise/key/public.key')",
    "read the hidden key": "read(root + '/solution/key/hidden.key')",
    "read the reference": "read(root + '/solution/reference.py')",
    "read the samples' tests": "read(root + '/tests/conftest.py')",
    "read the grader": "read(root + '/grader/worker/serve.py')",
    "read the checks": "read(root + '/exercise/checks.py')",
    "read where the project is": "read(finder)",
    "list the project": "os.listdir(root)",
    "list the keys": "os.listdir(root + '/solution')",
    "read a world-readable file": "read(canary)",
    "read /etc/passwd": "read('/etc/passwd')",
    "list the root": "os.listdir('/')",
    "list the home": "os.listdir(home)",
    "list /tmp": "os.listdir('/tmp')",
    "list here": "os.listdir('.')",
    "own environment": "read('/proc/self/environ')",
    "own memory map": "read('/proc/self/maps')",
    "own memory": "read('/proc/self/mem')",
    "own descriptors": "os.listdir('/proc/self/fd')",
    "the zygote's environment": "read(f'/proc/{zygote}/environ')",
    "the zygote's memory": "read(f'/proc/{zygote}/mem')",
    "the grader's environment": "read(f'/proc/{trusted}/environ')",
    "the grader's memory": "read(f'/proc/{trusted}/mem')",
    "the first process": "read('/proc/1/cmdline')",
    "list processes": "os.listdir('/proc')",
    "the kernel's settings": "read('/proc/sys/kernel/hostname')",
    "mounts": "read('/proc/self/mountinfo')",
    "devices": "os.listdir('/dev')",
    "a terminal": "read('/dev/tty')",
}
# ... and seccomp these.
DOING = {
    "write a new file": "write(writable + '/new')",
    "append to a file": "os.open(canary, os.O_WRONLY | os.O_APPEND)",
    "truncate a file at opening": "os.open(canary, os.O_RDONLY | os.O_TRUNC)",
    "an unnamed file": "os.open(writable, os.O_RDWR | os.O_TMPFILE)",
    "write in /tmp": "write('/tmp/grader-attack')",
    "write in /dev/shm": "write('/dev/shm/grader-attack')",
    "write in the home": "write(home + '/grader-attack')",
    "write here": "write('grader-attack')",
    "write to the compile cache": "write(cache + '/grader-attack')",
    "write to site-packages": "write(site + '/grader-attack.pth')",
    "write over a module": "os.open(np.__file__, os.O_RDWR)",
    "write over the key": "os.open(root + '/exercise/key/public.key', os.O_WRONLY)",
    "write /dev/null": "os.open('/dev/null', os.O_WRONLY)",
    "write own memory": "os.open('/proc/self/mem', os.O_RDWR)",
    "be spared when memory is short": "os.open('/proc/self/oom_score_adj', os.O_WRONLY)",
    "make a folder": "os.mkdir(writable + '/made')",
    "make a FIFO": "os.mkfifo(writable + '/fifo')",
    "remove a file": "os.unlink(canary)",
    "rename a file": "os.rename(canary, canary + '2')",
    "link a file": "os.link(canary, writable + '/link')",
    "make a symbolic link": "os.symlink('/', writable + '/symlink')",
    "change a mode": "os.chmod(canary, 0o777)",
    "change an owner": "os.chown(canary, -1, -1)",
    "change times": "os.utime(canary)",
    "a temporary file": "__import__('tempfile').mkstemp(dir=writable)",
    "fork": "child(os.fork())",
    "forkpty": "child(os.forkpty()[0])",
    "posix_spawn": "os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)",
    "subprocess": "subprocess.run(['/bin/true'], check=False)",
    "subprocess by vfork": "subprocess.run(['/bin/true'], close_fds=False, check=False)",
    "system": "answered(os.system('true'))",
    "popen": "os.popen('true').read()",
    "exec": "os.execv('/nonexistent', ['x'])",
    "multiprocessing": "__import__('multiprocessing').Value('i')",
    "a pipe": "os.pipe()",
    "TCP": "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "TCP to a listener": "socket.create_connection(('127.0.0.1', port), 1)",
    "UDP": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "IPv6": "socket.socket(socket.AF_INET6)",
    "a Unix socket": "socket.socket(socket.AF_UNIX).connect(listener)",
    "an abstract socket": "socket.socket(socket.AF_UNIX).connect(abstract)",
    "a socket pair": "socket.socketpair()",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "raw packets": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "an event loop": "__import__('asyncio').new_event_loop()",
    "signal the zygote": "os.kill(zygote, 0)",
    "signal the grader": "os.kill(trusted, 0)",
    "signal another worker": "os.kill(neighbour, 0)",
    "signal the first process": "os.kill(1, 0)",
    "signal the group": "os.kill(0, 0)",
    "signal everyone": "os.kill(-1, 0)",
    "signal another group": "os.killpg(zygote, 0)",
    "signal a thread elsewhere": "call(234, 131, trusted, trusted, 0)",
    "be nicer": "os.nice(0)",
    "another process's priority": "os.setpriority(os.PRIO_PROCESS, zygote, 0)",
    "other processors": "os.sched_setaffinity(0, os.sched_getaffinity(0))",
    "shared memory": "__import__('mmap').mmap(-1, 4096)",
    "named shared memory": "__import__('multiprocessing.shared_memory').shared_memory"
    ".SharedMemory('grader-attack', create=True, size=9)",
    "a lock between processes": "__import__('fcntl').flock(0, 2)",
    "become root": "os.setuid(0)",
    "another root": "os.chroot('/')",
    "another folder": "os.chdir('/')",
    "a file in memory": "os.memfd_create('x')",
    "another namespace": "libc_call('unshare', 0x10000000)",
}
# What honest programs do: must succeed.
HONEST = {
    "read the standard library": "read(os.__file__)",
    "read a package": "read(np.__file__)",
    "list a package": "os.listdir(os.path.dirname(np.__file__))",
    "random bytes": "os.urandom(8)",
    "read /dev/urandom": "read('/dev/urandom', 8)",
    "read /dev/null": "read('/dev/null')",
    "a thread": "thread()",
    "signal oneself": "os.kill(os.getpid(), 0)",
    "raise a signal": "(signal.signal(signal.SIGUSR1, print), signal.raise_signal(signal.SIGUSR1))",
    "an alarm": "signal.alarm(0)",
    "private memory": "__import__('mmap').mmap(-1, 4096, flags=0x22)",
    "read a limit": "__import__('resource').getrlimit(7)",
    "sleep": "__import__('time').sleep(0.001)",
    "count processors": "os.sched_getaffinity(0)",
    "own pid": "os.getppid() and os.getpid()",
    "print": "print('inside', flush=True)",
    "is it a terminal": "os.isatty(1)",
    "a late import": "__import__('lzma') and __import__('sqlite3') and __import__('decimal')",
    "a package's version": "__import__('importlib.metadata').metadata.version('numpy')",
    "no descriptor but three and the channel": "few(descriptors())",
    "an empty environment": "empty_environment()",
}
ENDED_OTHERWISE = 1000  # with an exception that has no errno
EXPECTED = {
    **dict.fromkeys([*NUMBERS, *FORMS, *DOING], errno.EPERM),
    **dict.fromkeys(READING, errno.EACCES),
    **dict.fromkeys(HONEST, 0),
    "clone3": errno.ENOSYS,
}


def read(path: str, count: int = 64) -> None:
    with open(path, "rb", buffering=0) as file:
        file.read(count)


def write(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def child(pid: int) -> None:
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def answered(status: int) -> None:
    if status:
        raise PermissionError(errno.EPERM, "no process")


def thread() -> None:
    started = threading.Thread(target=int)
    started.start()
    started.join()


def descriptors() -> list[int]:
    """The open descriptors, asked for one at a time: /proc is out of reach."""
    found = []
    for number in range(64):
        try:
            os.fstat(number)
            found.append(number)
        except OSError:
            continue
    return found


def few(found: list[int]) -> None:
    if len(found) != 4 or found[:3] != [0, 1, 2]:
        raise ValueError(found)


def empty_environment() -> None:
    ours = ("JAX_", "XLA_", "PYTHON", "TF_", "GRADER_FILL", "GRADER_CPU", "LC_CTYPE", "TPU_")
    ours += ("HOME", "LANG", "LOGNAME", "PATH", "USER")  # grader.worker.script
    foreign = [name for name in os.environ if not name.startswith(ours)]
    if foreign:
        raise ValueError(foreign)


def call(x86_64: int, aarch64: int, *arguments: int) -> None:
    number = aarch64 if platform.machine() == "aarch64" else x86_64
    wide = [ctypes.c_long(a) for a in (*arguments, 0, 0, 0, 0, 0, 0)[:6]]
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(ctypes.c_long(number), *wide) == -1:
        raise OSError(ctypes.get_errno(), "refused")


def libc_call(name: str, argument: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library[name](argument) == -1:
        raise OSError(ctypes.get_errno(), "refused")


def attempt(name: str) -> int:
    try:
        if name in NUMBERS:
            if NUMBERS[name] == "-":
                return errno.EPERM
            call(int(NUMBERS[name]), int(NUMBERS[name]))
        elif name in FORMS:
            numbers, arguments = FORMS[name]
            call(*numbers, *arguments)
        else:
            exec((READING | DOING | HONEST)[name], globals() | TARGETS)
    except OSError as error:
        return error.errno or ENDED_OTHERWISE
    except BaseException as error:
        print(name, repr(error), flush=True)
        return ENDED_OTHERWISE
    return 0


def custom_lift_forward(seed: int, x: Any, n_copies: int, features: int) -> Any:
    return np.array([attempt(name) for name in TARGETS.get("names") or EXPECTED])
