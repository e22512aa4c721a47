"""Warm workers: the same reports as cold ones, and a way back wherever they do not do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exercise import EXERCISE
from grader import cache, wire
from grader.errors import GraderError
from grader.execute import execute
from grader.grade import grade
from grader.key import Key
from grader.report import Report
from grader.sandbox import Sandbox
from grader.submission import read
from grader.warm import NOT_WARM
from tests.conftest import SAMPLES

ENDLESS = {"hostile", "killed", "out-of-memory", "timed-out"}
FILES = [
    f
    for f in sorted(SAMPLES.rglob("*.py"))
    if not ENDLESS.intersection(f.relative_to(SAMPLES).parts)
]
EAGER, COMPILED = "correct/course-loop.py", "correct/jit-inside.py"


@pytest.fixture(scope="module")
def cold() -> Iterator[Sandbox]:
    """A sandbox without warm workers."""
    with Sandbox(timeout=60, cache=cache.location()) as opened:
        yield opened


def refuse(_sandbox: Sandbox, _spent: float = 0.0) -> None:
    """Stand in for the start of a worker which must not be needed."""
    raise GraderError("a cold worker was asked for")


def test_this_jax_can_be_kept_warm(sandbox: Sandbox) -> None:
    """The private parts of JAX that warm workers stand on are where they are looked for."""
    worker = sandbox.start_warm()
    assert worker is not None
    assert worker.ask(None, wire.Hello).versions["backend"] == "cpu"
    worker.close()


def test_a_common_program_needs_no_cold_worker(
    key: Key, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that a plain right answer compiles is loaded beforehand."""
    monkeypatch.setattr(Sandbox, "start", refuse)
    run = execute(EXERCISE, read(SAMPLES / EAGER), key, sandbox, EXERCISE.plan(key))
    assert run.status == "graded"


def test_a_program_of_its_own_needs_a_cold_worker(
    key: Key, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail; and a program that is not loaded ends its worker as not warm."""
    submission = read(SAMPLES / COMPILED)
    assert execute(EXERCISE, submission, key, sandbox, EXERCISE.plan(key)).status == "graded"
    monkeypatch.setattr(Sandbox, "start", refuse)
    with pytest.raises(GraderError, match="cold worker"):
        execute(EXERCISE, submission, key, sandbox, EXERCISE.plan(key))


def test_the_way_a_warm_worker_ends_is_never_a_verdict(
    grade_text: Callable[[str | bytes], Report],
) -> None:
    """A worker that ends as if it were not warm, or dies, is tried again in a cold one."""
    report = grade_text(f"import os\nos._exit({NOT_WARM})\n")
    assert report.status == "killed"
    right = (SAMPLES / EAGER).read_text("utf-8")
    dies_if_warm = "import jax\nif jax._src.compiler.backend_compile_and_load.__module__ != "
    dies_if_warm += "'jax._src.compiler':\n    import os; os.kill(os.getpid(), 9)\n"
    assert grade_text(dies_if_warm + right).score == 100


@pytest.mark.twice
@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_warm_and_cold_workers_give_the_same_report(
    path: Path, key: Key, sandbox: Sandbox, cold: Sandbox
) -> None:
    """Byte for byte."""
    submission = read(path)
    warm_report = grade(EXERCISE, submission, key, sandbox)
    assert warm_report.to_json() == grade(EXERCISE, submission, key, cold).to_json()
