"""No worker finds what an earlier one has left; and where the wall is out, it does."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from exercise import EXERCISE
from grader.core.isolation import missing
from grader.core.key import Key
from grader.core.submission import Submission
from grader.grading.grade import Grading, grade_in_full
from grader.grading.quotable import Quotable
from grader.grading.suite import Suite
from grader.sandbox import cache
from grader.sandbox.sandbox import CAN_FORK, Sandbox
from tests.support.attacker import numbers

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="workers are locked on Linux only")
HEAD = "import os, threading\nimport numpy as np\n"
COUNTED = (
    HEAD
    + """
def custom_lift_forward(seed, x, n_copies, features):
    seen = []
    for _ in range({threads}):
        thread = threading.Thread(target=lambda: seen.append(threading.get_native_id()))
        thread.start()
        thread.join()
    try:
        elsewhere = int(os.readlink("/proc/self"))
    except OSError:
        elsewhere = 0
    return np.array([os.getpid(), os.getppid(), elsewhere, *seen[:1]])
"""
)
NOTED = (
    HEAD
    + """
def custom_lift_forward(seed, x, n_copies, features):
    if {write}:
        open({letter!r}, "rb").read()
    return np.array([os.stat({letter!r}).st_atime_ns // 10**9])
"""
)


@pytest.fixture(params=[(), ("namespaces",)], ids=["walled", "without"], scope="module")
def box(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Sandbox, Path, bool]]:
    """A sandbox with and without namespaces, and a file that its workers may read."""
    place = tmp_path_factory.mktemp("cache")
    letter = place / "letter"
    letter.write_bytes(b"x")
    with Sandbox(timeout=60, cache=place, mask=request.param) as opened:
        isolation = opened.isolation()
        if not request.param and "own-pids" not in isolation:
            pytest.skip("neither root nor user namespaces are to be had here")
        yield opened, letter, not request.param


def test_numbers_of_processes_tell_nothing(box: tuple[Sandbox, Path, bool]) -> None:
    """A worker's number, its parent's and its first thread's are the same whatever came before."""
    sandbox, _, walled = box
    first = numbers(sandbox.start(), COUNTED.format(threads=1))[1]
    numbers(sandbox.start(), COUNTED.format(threads=9))
    again = numbers(sandbox.start(), COUNTED.format(threads=1))[1]
    assert (first == again) == walled


def test_times_of_access_tell_nothing(box: tuple[Sandbox, Path, bool]) -> None:
    """That a worker has read a file is not to be seen by the next one."""
    sandbox, letter, walled = box
    os.utime(letter, (1, letter.stat().st_mtime))
    numbers(sandbox.start(), NOTED.format(letter=str(letter), write=True))
    noted = numbers(sandbox.start(), NOTED.format(letter=str(letter), write=False))[1]
    if not walled and noted == [1]:
        pytest.skip("this file system notes no access anyhow")
    assert (noted == [1]) == walled


TELLTALE = """
import os
import numpy as np
PLACE, PUBLIC = {place!r}, {public}
KNOWN = os.listdir(PLACE)
if KNOWN:
    print("known", KNOWN)
    {at_import}
def custom_lift_forward(seed, x, n_copies, features):
    if seed not in PUBLIC:
        os.makedirs(os.path.join(PLACE, str(seed)), exist_ok=True)
        os._exit(1)
    if KNOWN:
        print("known", KNOWN)
        {in_call}
    return np.full(features, 0.5, np.float32)
"""
WAYS = {
    "prints": ("pass", "pass"),
    "message": ("pass", "raise ValueError(str(KNOWN))"),
    "type": ("pass", "raise type('E' + KNOWN[0], (Exception,), {{}})()"),
    "answer": ("pass", "return np.full(features, float(KNOWN[0]), np.float32)"),
    "type of answer": ("pass", "return type('T' + KNOWN[0], (), {{}})()"),
    "at import": ("raise ValueError(str(KNOWN))", "pass"),
}


@pytest.fixture(scope="module")
def open_box() -> Iterator[Sandbox]:
    """A sandbox without walls, in which a process finds what the one before has left."""
    mask = ("landlock", "bubblewrap", "seccomp", "uid", "namespaces")
    means = {"cache": cache.location(), "warmup": EXERCISE.warmup}
    with Sandbox(timeout=60, mask=mask, unsafe=True, **means) as opened:  # type: ignore[arg-type]
        worker = opened.start_warm()
        assert worker is not None
        assert missing(opened.isolation())
        worker.close()
        yield opened


def told(how: str, key: Key, sandbox: Sandbox, suite: Suite, place: Path) -> bool:
    """Tell whether a hidden seed is in what a student sees, in two gradings of one submission."""
    at_import, in_call = WAYS[how]
    public = {k.case.integer("seed") for k in key.public}
    text = TELLTALE.format(place=str(place), public=public, at_import=at_import, in_call=in_call)
    text = text.replace("{{}}", "{}")
    submission, quotable = Submission.of("custom_lift.py", text.encode()), Quotable()
    shown = ""
    for _ in range(2):  # as a bulk run does with one that was killed
        grading: Grading = grade_in_full(EXERCISE, submission, key, sandbox, suite, quotable)
        shown += grading.report.to_json().decode() + str(grading.printed)
    assert any(place.iterdir())
    seeds = (str(k.case.integer("seed")) for k in key.hidden)
    return any(seed in shown for seed in seeds if len(seed) > 3)  # shorter ones are everywhere


@pytest.mark.parametrize("how", WAYS)
def test_a_run_that_starts_over_tells_nothing(
    how: str, key: Key, open_box: Sandbox, suite: Suite, tmp_path: Path
) -> None:
    """Of a process that may know hidden inputs, since another one had them, nothing is quoted."""
    tmp_path.chmod(0o777)
    assert not told(how, key, open_box, suite, tmp_path)


@pytest.mark.parametrize("how", ["prints", "at import", "message"])
def test_the_look_at_what_is_told_can_fail(
    how: str,
    key: Key,
    open_box: Sandbox,
    suite: Suite,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the rule the same programs tell a hidden seed."""
    monkeypatch.setattr(Quotable, "close", lambda *_: None)
    assert told(how, key, open_box, suite, tmp_path)


RAISES = """
def custom_lift_forward(seed, x, n_copies, features):
    if seed not in {public}:
        raise {type}
    return x
"""


def test_types_of_exceptions_in_hidden_calls_tell_nothing(
    key: Key, sandbox: Sandbox, suite: Suite
) -> None:
    """Which exception a hidden call raised changes nothing in a report."""
    reports = set()
    public = {k.case.integer("seed") for k in key.public}
    for kind in ("ValueError", "OSError", "StopIteration", "type('X7', (Exception,), {})"):
        submission = Submission.of("a.py", RAISES.format(type=kind, public=public).encode())
        report = grade_in_full(EXERCISE, submission, key, sandbox, suite).report
        reports.add(report.to_json().replace(submission.sha256.encode(), b""))
    assert len(reports) == 1
