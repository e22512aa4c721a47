"""Where Landlock is missing, something else hides the files, or nothing is graded."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exercise import EXERCISE
from grader.core.isolation import SHARED_FILES, missing, warnings
from grader.core.key import Key
from grader.core.submission import Submission, read
from grader.grading.grade import grade
from grader.sandbox import cache
from grader.sandbox.clock import PATIENCE
from grader.sandbox.sandbox import CAN_FORK, Sandbox
from grader.worker.walls import bubblewrap
from tests.conftest import SAMPLES
from tests.support import honest
from tests.support.attacker import ROOT, Seen, attack, numbers, targets
from tests.support.attacks import EXPECTED

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="workers are locked on Linux only")
# Inside, these show the few things that are there, none of which is anybody's.
THERE = {
    *("read the grader", "read where the project is", "list the project", "list the keys"),
    *("list the root", "list the home", "list /tmp", "list here", "own environment"),
    *("own memory map", "own descriptors", "the zygote's environment", "the first process"),
    *("list processes", "the kernel's settings", "mounts", "devices", "an empty environment"),
}


@pytest.fixture(scope="module")
def wrapped() -> Iterator[Sandbox]:
    """A sandbox for a machine whose kernel has no Landlock."""
    if not bubblewrap.prefix(("landlock",), (), ()):
        pytest.skip("bubblewrap is not installed, or may not make namespaces here")
    means: dict[str, Any] = {"cache": cache.location(), "warmup": EXERCISE.warmup}
    with Sandbox(timeout=60, mask=("landlock",), **means) as opened:
        yield opened


@pytest.fixture(scope="module")
def attempts(wrapped: Sandbox) -> Seen:
    """All attempts, from inside."""
    with targets() as aims:
        return attack(wrapped.start(), aims)


def test_bubblewrap_stands_in_for_landlock(attempts: Seen) -> None:
    """It is named, nothing is missing, and whatever is refused elsewhere is refused here."""
    assert "bubblewrap" in attempts.isolation
    assert not missing(attempts.isolation)
    reached = {name for name, code in attempts.errors.items() if not code and EXPECTED[name]}
    assert reached <= THERE


def test_nothing_secret_is_there(wrapped: Sandbox) -> None:
    """Of this project only the engine is inside; the folder of the key is empty."""
    source = (
        "import os\ndef custom_lift_forward(seed, x, n_copies, features):\n"
        f"    found = [os.listdir(os.path.join({str(ROOT)!r}, n)) for n in ('', 'solution')]\n"
        "    raise ValueError(str(found))\n"
    )
    worker = wrapped.start()
    with pytest.raises(AssertionError, match="ValueError") as raised:
        numbers(worker, source)
    listed = str(raised.value)
    assert "grader" in listed
    assert "hidden.key" not in listed
    assert "reference" not in listed


def test_honest_uses_work_in_bubblewrap(wrapped: Sandbox) -> None:
    """What honest programs do works there as well."""
    _, codes, printed = numbers(wrapped.start(), Path(honest.__file__).read_text("utf-8"))
    assert [n for n, code in zip(honest.USES, codes, strict=True) if not code] == [], printed


def test_grading_in_bubblewrap(wrapped: Sandbox, sandbox: Sandbox, key: Key) -> None:
    """A report differs in the layers that it names, and in nothing else; a warm worker is had."""
    submission = read(SAMPLES / "correct/course-loop.py")
    inside, outside = (
        json.loads(grade(EXERCISE, submission, key, box).to_json()) for box in (wrapped, sandbox)
    )
    assert inside["environment"].pop("isolation") != outside["environment"].pop("isolation")
    assert inside == outside
    worker = wrapped.start_warm()
    assert worker is not None
    worker.close()


@pytest.mark.usefixtures("wrapped")
def test_bubblewrap_ends_its_processes(key: Key, tmp_path: Path) -> None:
    """A spinner is ended at its limit, although its pid is another inside; then all are."""
    mark = bytes(tmp_path)  # in all their environments
    with Sandbox(timeout=1, cache=tmp_path, mask=("landlock",)) as opened:
        assert "bubblewrap" in opened.isolation()
        assert inhabitants(mark)
        began = time.monotonic()
        report = grade(EXERCISE, Submission.of("a.py", b"while True: pass"), key, opened)
        assert time.monotonic() - began < PATIENCE * opened.timeout + 2
        assert report.status == "timed-out"
    deadline = time.monotonic() + 5
    while inhabitants(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not inhabitants(mark)


def inhabitants(mark: bytes) -> list[str]:
    """The processes that have a word in their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes():
                found.append(entry.name)
        except OSError:
            continue
    return found


def test_bubblewrap_needs_no_root() -> None:
    """An unprivileged user has it too, where user namespaces are his to make."""
    prefix = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    prefix += ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
    code = (
        "from grader.worker.walls.bubblewrap import prefix; print(len(prefix(('landlock',), ())))"
    )
    if not shutil.which("setpriv") or not shutil.which("bwrap"):
        pytest.skip("this machine has no setpriv or no bubblewrap")
    done = subprocess.run(
        [*prefix, sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode or not int(done.stdout):
        pytest.skip("an unprivileged user may not make namespaces, or cannot reach Python, here")
    command = [*prefix, sys.executable, "-m", "tests.support.attacker", '{"mask": ["landlock"]}']
    settings = os.environ | {"GRADER_CACHE_DIR": str(cache.location().parent), "HOME": "/"}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert not missing(seen["isolation"])
    assert {n for n, code in seen["errors"].items() if not code and EXPECTED[n]} <= THERE


AS_ROOT = """
import os, sys
from pathlib import Path
from grader.worker.walls import lock, readable
readable.by_anyone = lambda paths: True
readable.secrets = lambda others=None: [Path(sys.argv[1])]
walls = lock.prepare()
print(*walls.apply(os.getppid()))
"""


@pytest.mark.parametrize(("mode", "named"), [(0o700, True), (0o711, False), (0o755, False)])
def test_unreachable_key_stands_in_for_landlock(mode: int, named: bool, tmp_path: Path) -> None:
    """Where root drops to a user who cannot enter the key's folder, that is named; else not."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    for folder in (*tmp_path.parents, tmp_path):
        if str(folder).startswith("/tmp/pytest"):
            folder.chmod(0o755)
    secret = tmp_path / "secret"
    secret.mkdir()
    secret.chmod(mode)
    settings = os.environ | {"GRADER_MASK": "landlock", "GRADER_FILL_CACHE": ""}
    command = [sys.executable, "-c", AS_ROOT, str(secret)]
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
    assert ("private-key" in done.stdout.split()) == named, done.stderr
    assert "uid" in done.stdout.split()


@pytest.mark.parametrize(
    ("layers", "lacking", "warns"),
    [
        ("landlock-7 seccomp", (), False),
        ("bubblewrap seccomp", (), False),
        ("uid private-key seccomp", (), True),
        ("uid seccomp", ("landlock",), True),
        ("landlock-1", ("seccomp",), True),
        ("process rlimits", ("landlock", "seccomp"), True),
    ],
)
def test_what_is_missing(layers: str, lacking: tuple[str, ...], warns: bool) -> None:
    """Of the layers that hide files one is enough, the weakest with a warning in each report."""
    assert missing(layers.split()) == lacking
    assert bool(warnings(layers.split())) == warns
    assert (SHARED_FILES in warnings(layers.split())) == ("private-key" in layers)
