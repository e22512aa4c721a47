"""Every sample submission gets the answer that its folder is named for, from every worker."""

from collections.abc import Callable, Iterator
from functools import cache as cache_results
from pathlib import Path

import pytest

from exercise import EXERCISE
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import read
from grader.grading.grade import grade
from grader.grading.suite import Suite
from grader.sandbox import cache
from grader.sandbox.sandbox import Sandbox
from tests.conftest import SAMPLES
from tests.support.eager import OneWorker, Watched, confirms

STATUSES = {
    *("not-implemented", "syntax-error", "import-error", "missing-function", "wrong-signature"),
    *("crashed", "timed-out", "out-of-memory", "killed", "not-run"),
}
CLASSICS = ("shared-key", "missing-in-axes", "sum-not-mean", "late-bound-lambda")
OTHER_WORDS = {"correct", "looped-init", "unexplained"}
NEAR_RIGHT = sorted(SAMPLES.glob("near-right/*.py"))
FILES = sorted(p for p in SAMPLES.glob("*/*.py") if p.parent.name != "hostile")
FILES = [p for p in FILES if p not in NEAR_RIGHT]
ENDING = [p for p in FILES if p.parent.name != "timed-out"]


def expected(folder: str) -> tuple[str, set[str]]:
    """A folder's words: at most one status (graded, if none), and the faults."""
    words = set(folder.split("+"))
    status = next(iter(words & STATUSES), "graded")
    return status, words - STATUSES - OTHER_WORDS


def also_accepted(path: Path) -> list[set[str]]:
    """Other lists of faults that explain a sample as well, from its `# or:` line."""
    lines = path.read_bytes().splitlines()[:3]
    return [set(x[5:].decode().strip().split("+")) for x in lines if x.startswith(b"# or:")]


@pytest.fixture(scope="session")
def impatient() -> Iterator[Sandbox]:
    """A sandbox without warm workers, that gives up on endless samples soon."""
    with Sandbox(timeout=0.8, cache=cache.location()) as opened:
        yield opened


@pytest.fixture(scope="module")
def eager() -> Iterator[OneWorker]:
    """A cold worker that runs sample after sample."""
    with OneWorker(cache.location()) as opened:
        yield opened
        opened.renew()


@pytest.fixture(scope="session")
def graded(
    key: Key, suite: Suite, sandbox: Watched, impatient: Sandbox
) -> Callable[[Path], tuple[Report, bool]]:
    """Grade a sample, once; and tell whether a warm worker alone did it."""

    @cache_results
    def grade_once(path: Path) -> tuple[Report, bool]:
        where = impatient if path.parent.name == "timed-out" else sandbox
        before = sandbox.cold_starts
        report = grade(EXERCISE, read(path), key, where, suite)
        return report, where is sandbox and sandbox.cold_starts == before

    return grade_once


@pytest.mark.corpus
@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_sample_gets_the_answer_of_its_folder(
    path: Path, graded: Callable[[Path], tuple[Report, bool]]
) -> None:
    """Status and faults are exact, and full marks are for right samples alone."""
    _check_sample(path, graded(path)[0], *expected(path.parent.name))


@pytest.mark.twice
@pytest.mark.parametrize("path", ENDING, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_warm_worker_gives_the_report_of_eager_jax(
    path: Path,
    graded: Callable[[Path], tuple[Report, bool]],
    key: Key,
    suite: Suite,
    eager: OneWorker,
) -> None:
    """What a warm worker has graded has, byte for byte, the report of a cold worker's JAX."""
    report, warm = graded(path)
    if warm:  # else a cold worker has done it
        assert confirms(eager, read(path), key, suite, report.to_json())


@pytest.mark.near
@pytest.mark.parametrize("path", NEAR_RIGHT, ids=lambda p: p.stem)
def test_near_right_sample_is_not_right(
    path: Path, key: Key, suite: Suite, sandbox: Watched
) -> None:
    """A program that is wrong on few inputs has a score, and not a full one."""
    report = grade(EXERCISE, read(path), key, sandbox, suite)
    assert not report.correct
    assert report.score is not None
    assert report.score < 100


def _check_sample(path: Path, report: Report, status: str, faults: set[str]) -> None:
    found = {f.id for f in report.diagnosis.faults}
    alternatives = [set(a) for a in report.diagnosis.alternatives]
    assert report.status == status, report.message
    assert found == faults or faults in alternatives or found in also_accepted(path)
    assert found >= faults & set(CLASSICS) or status == "crashed" or faults in alternatives
    words = path.parent.name.split("+")
    if "correct" in words:
        assert report.correct
        assert report.score == (90 if "looped-init" in words else 100)
    else:
        assert not report.correct
        assert (report.score is None) == (status == "not-run")
        assert (report.score or 0) < 100
    assert not any(c.outcome == "failed" and not c.message for c in report.checks)


def test_every_pitfall_has_a_sample() -> None:
    """A pitfall without a sample submission would be untested."""
    from solution.pitfalls import PITFALLS

    covered = {word for folder in SAMPLES.iterdir() for word in folder.name.split("+")}
    assert {p.id for p in PITFALLS} <= covered
