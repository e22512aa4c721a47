"""Honest programs do not feel the walls; where walls are missing, it is said and refused."""

import json
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from exercise import EXERCISE
from grader import ROOT, SCRATCH, cli, wiring
from grader.core.isolation import WITHOUT, missing
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import Submission, read
from grader.formats import github, gradescope, junit, markdown, text
from grader.formats.delivery import Context
from grader.grading.grade import grade
from grader.html.verdict import verdict_html
from grader.sandbox import cache, doctor
from grader.sandbox.sandbox import CAN_FORK, Sandbox
from grader.worker.walls import limits, lock, readable
from tests.conftest import SAMPLES
from tests.support import honest
from tests.support.attacker import numbers

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="workers are locked on Linux only")
GradeText = Callable[[str | bytes], Report]


@pytest.fixture(scope="module")
def uses(sandbox: Sandbox) -> tuple[dict[str, int], str]:
    """All honest uses, in one locked worker."""
    isolation, codes, printed = numbers(sandbox.start(), Path(honest.__file__).read_text("utf-8"))
    if missing(isolation):
        pytest.skip("this machine lacks walls")
    return dict(zip(honest.USES, codes, strict=True)), printed


@pytest.mark.parametrize("name", honest.USES)
def test_honest_use_works_inside(name: str, uses: tuple[dict[str, int], str]) -> None:
    """What programs do that are not after anything works behind all walls."""
    seen, printed = uses
    assert seen[name], printed


def masked(*mask: str, timeout: float = 60) -> Sandbox:
    """A sandbox that lacks layers."""
    return Sandbox(timeout=timeout, cache=cache.location(), mask=mask, unsafe=True)


INSTEAD = {"landlock": ("bubblewrap", "uid"), "seccomp": ()}  # what may stand in for it


@pytest.mark.parametrize("layer", INSTEAD)
def test_bulk_refuses_without_a_layer(
    layer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a layer is missing nothing is graded, unless told; then each report says so."""
    mask = (layer, *INSTEAD[layer])
    monkeypatch.setattr(wiring, "sandbox", lambda _, timeout, **__: masked(*mask, timeout=timeout))
    command = ["bulk", str(SAMPLES / "correct/course-loop.py"), "--out", str(tmp_path)]
    refused = CliRunner().invoke(cli.main, command)
    assert refused.exit_code == 2
    assert layer in refused.output
    assert "--unsafe" in refused.output
    assert list(tmp_path.rglob("*.json")) == []
    CliRunner().invoke(cli.main, [*command, "--unsafe"])
    report = json.loads((tmp_path / "reports/course-loop.json").read_text())
    assert report["score"] == 100
    assert [layer in w for w in report["warnings"]] == [True]
    assert layer not in report["environment"]["isolation"]


def test_hidden_key_needs_walls(key: Key) -> None:
    """Without walls nothing is run where the hidden half is, unless told; then each output says so.

    Without the hidden half there is nothing to take, and the program runs.
    """
    submission = read(SAMPLES / "correct/course-loop.py")
    box = masked("landlock", "bubblewrap", "uid")
    with box as sandbox:
        box.unsafe = False
        refused = grade(EXERCISE, submission, key, sandbox)
        public = grade(EXERCISE, submission, replace(key, hidden=()), sandbox)
        box.unsafe = True
        warned = grade(EXERCISE, submission, key, sandbox)
    assert (refused.status, refused.score) == ("grader-error", None)
    assert "landlock" in refused.message
    assert "instructor" in gradescope.results(refused, Context("a.py"), None)["output"]
    assert (public.score, public.warnings) == (85, ())
    assert warned.score == 100
    (warning,) = warned.warnings
    context = Context("a.py")
    outputs = {
        "json": warned.to_json().decode(),
        "text": text.whole(warned, context),
        "markdown": markdown.summary(warned, context),
        "html": str(verdict_html(warned)),
        "junit": junit.delivery(warned, context).stdout.decode(),
        "gradescope": gradescope.results(warned, context, None)["output"],
        "github": github.delivery(warned, context).stdout.decode(),
    }
    short = "Graded without landlock"
    assert warning.startswith(short)
    assert [name for name, output in outputs.items() if short not in output] == []


def test_reports_name_the_layers(grade_text: GradeText, sandbox: Sandbox) -> None:
    """A report says which layers were in force, and warns of nothing when all were."""
    report = grade_text((SAMPLES / "correct/course-loop.py").read_bytes())
    assert report.environment["isolation"].split() == list(sandbox.isolation())
    assert report.warnings == ()


def test_doctor_finds_all_walls(sandbox: Sandbox) -> None:
    """On this machine every attempt is refused, or the doctor says what is missing."""
    seen = doctor.examine(sandbox)
    assert seen.holds != bool(missing(seen.isolation))
    assert ("All walls hold." in seen.lines()) == seen.holds


def test_doctor_sees_what_comes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without walls the attempts succeed; the doctor names them, gives advice, and exits 1."""
    mask = ("landlock", "bubblewrap", "seccomp", "uid")
    monkeypatch.setattr(wiring, "sandbox", lambda _, timeout, **__: masked(*mask, timeout=timeout))
    result = CliRunner().invoke(cli.main, ["doctor"])
    assert result.exit_code == 1
    # Who is not root has namespaces in which nothing can be written, whatever else is missing.
    kept = int(os.geteuid() != 0 and "own-pids" in result.output)
    assert result.output.count("allowed, and should be refused") == len(doctor.REFUSED) - kept
    assert all(advice in result.output for advice in doctor.ADVICE.values())


def test_spawned_workers_claim_no_walls() -> None:
    """Where workers are not forked they are processes with limits, and say no more than that."""
    with Sandbox(timeout=60, cache=cache.location(), fork=False) as sandbox:
        isolation = sandbox.isolation()
    assert isolation == ("process", "rlimits")
    assert missing(isolation) == ("landlock", "seccomp")


REFUSALS = {
    "opens a file": "open('/etc/passwd')",
    "writes a file": "open('out.txt', 'w')",
    "makes a temporary file": "__import__('tempfile').TemporaryFile()",
    "runs an event loop": "__import__('asyncio').new_event_loop()",
    "starts a program": "__import__('subprocess').run(['ls'])",
    "opens a socket": "__import__('socket').socket()",
    "asks the network": "__import__('urllib.request').request.urlopen('http://example.org')",
}


@pytest.mark.parametrize("what", REFUSALS)
@pytest.mark.parametrize("where", ["import", "call"])
def test_refusals_are_explained(what: str, where: str, grade_text: GradeText) -> None:
    """A program that needs what the walls refuse is told so, without blame."""
    body = f"    {REFUSALS[what]}\n"
    header = "def custom_lift_forward(seed, x, n_copies, features):\n"
    source = f"{REFUSALS[what]}\n{header}    pass\n" if where == "import" else header + body
    report = grade_text(source)
    assert report.status == {"import": "import-error", "call": "crashed"}[where]
    assert WITHOUT in report.message
    assert SCRATCH not in report.message  # the folder of this run has another name in the next
    if where == "call":
        assert WITHOUT in report.checks[0].message


def test_refusals_are_not_explained_without_walls(key: Key) -> None:
    """An exception that no wall of ours raised is left as it is."""
    source = b"raise PermissionError('mine')"
    with masked("landlock", "bubblewrap", "seccomp", "uid") as sandbox:
        report = grade(EXERCISE, Submission.of("custom_lift.py", source), key, sandbox)
    assert report.status == "import-error"
    assert WITHOUT not in report.message


def test_a_thread_before_the_lock_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that is older than the lock would keep its rights: the worker does not start."""
    walls = lock.Lock(lock.Libc(), None, 0, None, None)
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    monkeypatch.setattr(limits, "apply", lambda: pytest.fail("went on"))
    with pytest.raises(lock.LockError, match="thread"):
        walls.apply(os.getppid())
    done.set()
    thread.join()


def test_only_a_filler_of_the_cache_is_unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that fills the compile cache has to write; no worker is such a process."""
    monkeypatch.setenv(limits.FILL_CACHE, "1")
    assert isinstance(lock.prepare(), lock.Unlocked)
    monkeypatch.setenv(limits.FILL_CACHE, "")
    assert isinstance(lock.prepare(), lock.Lock)


def test_project_is_not_among_what_may_be_read(tmp_path: Path) -> None:
    """However this project is installed, no permission leads to it, or says where it is."""
    site = tmp_path / "site-packages"
    (site / "__pycache__").mkdir(parents=True)
    hidden = ["grader", "exercise", "solution", "lift_grader-0.1.0.dist-info", "lift-grader.pth"]
    hidden += ["__editable___lift_grader_finder.py", "link", "key_link"]
    (site / "link").symlink_to(ROOT / "grader")
    (site / "key_link").symlink_to(ROOT / "solution" / "key")
    shown = ["numpy", "six.py", "numpy-2.0.dist-info", "other_link"]
    (site / "other_link").symlink_to(tmp_path)
    for name in {*hidden, *shown} - {"link", "key_link", "other_link"}:
        (site / name).touch()
    cached = site / "__pycache__"
    for name in ("__editable___lift_grader_finder.cpython-311.pyc", "six.cpython-311.pyc"):
        (cached / name).touch()
    found = [p for p in readable.entries([str(site)], None) if site in p.parents]
    assert sorted(p.name for p in found) == sorted([*shown, "six.cpython-311.pyc"])
