"""What a worker cannot do, tried from inside one; and that without the wall it could."""

import errno
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.core.isolation import missing
from grader.sandbox import cache
from grader.sandbox.sandbox import CAN_FORK, Sandbox
from grader.worker.walls import syscalls
from tests.support.attacker import ROOT, Seen, attack, numbers, targets
from tests.support.attacks import EXPECTED

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="workers are locked on Linux only")
LAYERS = {"landlock", "seccomp"}


@pytest.fixture(scope="module")
def aims() -> Iterator[dict[str, Any]]:
    """What is aimed at."""
    with targets() as found:
        yield found


@pytest.fixture(scope="module")
def locked(aims: dict[str, Any], sandbox: Sandbox) -> Seen:
    """All attempts, behind all walls."""
    seen = attack(sandbox.start(), aims)
    if missing(seen.isolation):
        pytest.skip(f"this machine has no {' and no '.join(missing(seen.isolation))}")
    return seen


@pytest.mark.parametrize("name", EXPECTED)
def test_attempt_meets_its_errno(name: str, locked: Seen) -> None:
    """What reads elsewhere, writes, starts, connects or signals is refused; honest uses are not."""
    code, wanted = locked.errors[name], {EXPECTED[name]}
    if "own-pids" in locked.isolation and EXPECTED[name] == errno.EACCES:
        wanted.add(errno.ENOENT)  # /proc is out of sight
    assert code in wanted, errno.errorcode.get(code, locked.printed)


def test_nothing_was_touched(locked: Seen, aims: dict[str, Any]) -> None:
    """After all attempts the file that was aimed at is what it was, and alone."""
    assert locked.errors
    assert Path(aims["canary"]).read_text() == "alive"
    assert {p.name for p in Path(aims["writable"]).iterdir()} == {"canary", "listener"}
    assert not list(Path("/dev/shm").glob("*grader-attack*"))


def test_walls_hold_around_a_warm_worker(
    locked: Seen, sandbox: Sandbox, aims: dict[str, Any]
) -> None:
    """A worker whose backend was started before the fork is locked in the same way."""
    worker = sandbox.start_warm()
    assert worker is not None
    warm = attack(worker, aims)
    assert warm.isolation == locked.isolation
    assert {n: c for n, c in warm.errors.items() if c != locked.errors[n]} == {}


UNLISTED = """
import ctypes, numpy
def custom_lift_forward(seed, x, n_copies, features):
    library = ctypes.CDLL(None, use_errno=True)
    def error(number):
        done = library.syscall(ctypes.c_long(number), *[ctypes.c_long(0)] * 6)
        return ctypes.get_errno() if done == -1 else 0
    return numpy.array([error(number) for number in {numbers}])
"""


def test_every_other_call_is_refused(locked: Seen, sandbox: Sandbox) -> None:
    """No number that is not on the list reaches the kernel, x32 ones included."""
    assert locked.isolation
    listed = set(syscalls.numbers(platform.machine()).values())
    # Those for probes of user programs pass any filter, and end whoever makes them himself.
    probes = {335, 336} if platform.machine() == "x86_64" else set()
    unlisted = [n for n in range(1100) if n not in listed | probes]
    unlisted += [0x40000000 + n for n in range(600)]
    source = UNLISTED.format(numbers=unlisted)
    _, codes, printed = numbers(sandbox.start(), source)
    assert set(codes) == {errno.EPERM}, printed


def without(aims: dict[str, Any], names: list[str], *mask: str) -> Seen:
    """The named attempts in a worker that lacks some walls."""
    with Sandbox(timeout=60, cache=cache.location(), mask=mask) as sandbox:
        seen = attack(sandbox.start(), aims | {"names": names})
    assert not any(layer.startswith(mask) for layer in seen.isolation)
    return seen


REACHED_WITHOUT_LANDLOCK = [
    *("read the grader", "read the checks", "read the reference", "list the project"),
    *("read a world-readable file", "read /etc/passwd", "list the root", "own memory map"),
    "read the hidden key",
]
REACHED_WITHOUT_SECCOMP = [
    *("fork", "a socket pair", "UDP", "a pipe", "shared memory"),
    *("a file in memory", "eventfd2", "an event loop", "another folder"),
    *("shared anonymous memory", "a stack that grows", "adopt orphans"),
    *("pages to be put out", "pages to be fetched", "sysinfo", "getrusage", "getpriority"),
]
REACHED_WITHOUT_ANY = [
    *("signal the grader", "signal another worker", "a Unix socket", "an abstract socket"),
    *("TCP to a listener", "make a folder", "make a symbolic link", "append to a file"),
    *("change a mode", "write a new file", "a temporary file", "system"),
    *("posix_spawn", "subprocess"),
]


@pytest.fixture(scope="module")
def weakened(aims: dict[str, Any], locked: Seen) -> dict[str, dict[str, int]]:
    """Attempts in workers that lack a wall, by what they lack."""
    every = REACHED_WITHOUT_ANY
    plans = {
        "landlock": (REACHED_WITHOUT_LANDLOCK, ["landlock", "bubblewrap"]),
        "seccomp": (REACHED_WITHOUT_SECCOMP, ["seccomp"]),
        "any": (every, ["landlock", "bubblewrap", "seccomp", "uid"]),
    }
    assert locked.isolation
    return {lack: without(aims, names, *mask).errors for lack, (names, mask) in plans.items()}


@pytest.mark.parametrize(
    ("lack", "name"),
    [("landlock", n) for n in REACHED_WITHOUT_LANDLOCK]
    + [("seccomp", n) for n in REACHED_WITHOUT_SECCOMP]
    + [("any", n) for n in REACHED_WITHOUT_ANY],
)
def test_the_attempts_can_succeed(
    lack: str, name: str, weakened: dict[str, dict[str, int]]
) -> None:
    """Without the wall, the same attempt is no longer refused: the tests above can fail."""
    assert weakened[lack][name] not in (errno.EPERM, errno.EACCES)


AS_NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
# For a test run by root from a place that only root can reach.
AND_READ = ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
AS_OTHERS = {
    "an unprivileged user": [*AS_NOBODY, *AND_READ],
    "root of a user namespace": ["unshare", "--user", "--map-root-user"],
    "a user of a user namespace": ["unshare", "--user"],
}


@pytest.mark.parametrize("who", AS_OTHERS)
def test_walls_hold_for_others(who: str, locked: Seen) -> None:
    """Whoever runs the grader, the same attempts meet the same errno: root is not needed."""
    prefix = AS_OTHERS[who]
    if shutil.which(prefix[0]) is None:
        pytest.skip(f"this machine has no {prefix[0]}")
    if subprocess.run([*prefix, "true"], capture_output=True).returncode != 0:
        pytest.skip(f"this machine lets no {prefix[0]} make {who}")
    command = [*prefix, sys.executable, "-m", "tests.support.attacker", "{}"]
    settings = os.environ | {"GRADER_CACHE_DIR": str(cache.location().parent), "HOME": "/"}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert not missing(seen["isolation"])
    assert "uid" not in seen["isolation"]
    unseen = {errno.ENOENT, errno.EACCES}  # /proc is out of sight, or may not be read
    different = {
        n: c
        for n, c in seen["errors"].items()
        if c != locked.errors[n] and {c, locked.errors[n]} != unseen
    }
    assert not different
