"""Warm workers: where they come from, what they cost, a way back wherever they do not do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exercise import EXERCISE
from grader import wire
from grader.bulk.machine import usage
from grader.cli.bulk import _bulk_sandbox
from grader.core.errors import GraderError
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import Submission, read
from grader.grading.execute import execute
from grader.grading.grade import grade
from grader.grading.suite import Suite
from grader.sandbox import cache
from grader.sandbox.handle import Ending, Worker
from grader.sandbox.sandbox import Sandbox
from grader.worker.second_backend import NOT_WARM
from tests.conftest import SAMPLES
from tests.support.eager import OneWorker, confirms

EAGER, COMPILED = "correct/course-loop.py", "correct/jit-inside.py"
MANY_STEPS = "correct/tree-leaves-unflatten.py"
LOOKED_INTO = "ignored-seed/seed_overwritten.py"  # its Modules are inside of scan
CACHED = "correct/running-mean.py"  # subtracts, which exercise.warmup does not


def refuse(_sandbox: Sandbox, _spent: float = 0.0) -> None:
    """Stand in for the start of a worker which must not be needed."""
    raise GraderError("a cold worker was asked for")


def test_this_jax_can_be_kept_warm(sandbox: Sandbox) -> None:
    """The private parts of JAX that warm workers stand on are where they are looked for."""
    worker = sandbox.start_warm()
    assert worker is not None
    assert worker.ask(None, wire.Hello).versions["backend"] == "cpu"
    worker.close()


@pytest.mark.parametrize("name", [EAGER, CACHED, COMPILED, MANY_STEPS, LOOKED_INTO])
def test_no_cold_worker_is_needed(
    name: str, key: Key, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a program compiles, and is seen through, a warm worker gets to the end."""
    monkeypatch.setattr(Sandbox, "start", refuse)
    for plan in (EXERCISE.plan(key), EXERCISE.second_plan(key, "order")):
        assert execute(EXERCISE, read(SAMPLES / name), key, sandbox, plan).status == "graded"


ON_THE_FIRST = {
    "takes its argument's memory": "jax.jit(lambda x: x + 1, donate_argnums=0)(jnp.ones(3))",
    "calls Python in order": 'jax.jit(lambda x: jax.debug.print("{}", x, ordered=True))(1)',
}


@pytest.mark.parametrize("line", ON_THE_FIRST.values(), ids=ON_THE_FIRST)
def test_what_only_a_cold_worker_can_do_ends_a_warm_one(
    line: str, key: Key, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail; and such a program is graded all the same."""
    content = f"import jax, jax.numpy as jnp\n{line}\n" + (SAMPLES / EAGER).read_text("utf-8")
    submission = Submission.of("custom_lift.py", content.encode())
    endings = note_endings(monkeypatch)
    assert execute(EXERCISE, submission, key, sandbox, EXERCISE.plan(key)).status == "graded"
    assert [ending.exit_code == NOT_WARM for ending in endings] == [True, False]
    monkeypatch.setattr(Sandbox, "start", refuse)
    with pytest.raises(GraderError, match="cold worker"):
        execute(EXERCISE, submission, key, sandbox, EXERCISE.plan(key))


def test_no_warm_worker_waits_for_a_thread(
    key: Key, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that XLA would run on threads is run by a backend that has some."""
    endings = note_endings(monkeypatch)
    submission = read(SAMPLES / MANY_STEPS)
    assert execute(EXERCISE, submission, key, sandbox, EXERCISE.plan(key)).status == "graded"
    assert [ending.timed_out for ending in endings] == [False]


def note_endings(monkeypatch: pytest.MonkeyPatch) -> list[Ending]:
    """How workers end from now on."""
    endings, close = [], Worker.close

    def note(worker: Worker) -> Ending:
        endings.append(close(worker))
        return endings[-1]

    monkeypatch.setattr(Worker, "close", note)
    return endings


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


def test_another_opinion_can_differ(key: Key, suite: Suite) -> None:
    """What every sample's report is compared with in test_corpus tells a report from another."""
    submission = read(SAMPLES / EAGER)
    with OneWorker(cache.location()) as one:
        report = grade(EXERCISE, submission, key, one, suite).to_json()
        assert confirms(one, submission, key, suite, report)
        assert not confirms(one, submission, key, suite, report.replace(b"100", b"99"))
        one.renew()


BURNER = b"""
import jax, time
warm = jax._src.compiler.backend_compile_and_load.__module__ != "jax._src.compiler"
end = time.process_time() + 1
while warm and time.process_time() < end:
    pass
"""


def test_what_warm_workers_took_is_counted(key: Key) -> None:
    """When a sandbox closes, the processor time of all its workers is known."""
    before = usage()["cpu_seconds_of_workers"]
    with Sandbox(cache=cache.location(), warmup=EXERCISE.warmup) as opened:
        execute(EXERCISE, Submission.of("burner.py", BURNER), key, opened, EXERCISE.plan(key))
    assert usage()["cpu_seconds_of_workers"] - before > 1.9  # to import takes less


def test_what_a_warm_worker_took_counts_for_nothing(
    key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that does not end in a warm worker has all of its time in a cold one."""
    spent, start = [], Sandbox.start
    monkeypatch.setattr(Sandbox, "start", lambda box, s=0.0: spent.append(s) or start(box, s))
    endless = BURNER.replace(b"+ 1", b"+ 60") + (SAMPLES / EAGER).read_bytes()
    with Sandbox(timeout=4, cache=cache.location(), warmup=EXERCISE.warmup) as opened:
        submission = Submission.of("burner.py", endless)
        run = execute(EXERCISE, submission, key, opened, EXERCISE.plan(key))
    assert run.status == "graded"
    assert spent == [0.0]
    assert run.used < 4


def test_an_empty_cache_is_filled_with_what_is_neutral(
    key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A bulk run on a machine without a compile cache fills it, and a common program is warm."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    with _bulk_sandbox(EXERCISE, 60, key) as opened:
        assert "is filled first, once" in capfd.readouterr().err
        monkeypatch.setattr(Sandbox, "start", refuse)
        run = execute(EXERCISE, read(SAMPLES / EAGER), key, opened, EXERCISE.plan(key))
        assert run.status == "graded"
    _bulk_sandbox(EXERCISE, 60, key)
    assert capfd.readouterr().err == ""
