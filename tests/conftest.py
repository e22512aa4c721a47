"""What the tests share: the key, one sandbox, and a way to grade a sample."""

import gc
import os
from collections.abc import Callable, Iterator

import pytest

from exercise import EXERCISE
from grader import ROOT
from grader.core import key_file as keys
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import Submission, read
from grader.grading.grade import grade
from grader.grading.suite import Suite
from grader.sandbox import cache
from grader.sandbox.environment import environment
from grader.sandbox.sandbox import Sandbox
from grader.verdict import last
from tests.support.eager import Watched

# Where a test runs JAX itself, it does as the key's builder does, and shares its compile cache.
os.environ.update(environment(cache.location("builder"), fill_cache=False))
SAMPLES = ROOT / "tests" / "submissions"
ANYBODYS = "tests/test_corpus.py"  # its tests share the session's sandbox, and those of a sample
# One of so many runs in `make test`, all of them in `make test-all`.
SPREAD = {"looks": 4, "twice": 5, "near": 8, "lowered": 60}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all but a spread of the slow corpora as exhaustive; give each module to one worker.

    What a module sets up is then made once. pytest-xdist begins with the modules of most tests, and
    ends with the samples, each of which is a group of its own.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_group(item)))
    for marker, every in SPREAD.items():
        slow = [i for i in items if i.get_closest_marker(marker) and hasattr(i, "callspec")]
        for number, item in enumerate(slow):
            if number % every:
                item.add_marker("exhaustive")


def _group(item: pytest.Item) -> str:
    module = item.nodeid.partition("::")[0]
    of_a_sample = module.endswith(ANYBODYS) and hasattr(item, "callspec")
    return str(item.callspec.params["path"]) if of_a_sample else module


def pytest_collection_finish() -> None:
    """Leave the tests themselves out of each look for garbage: they are many, and stay."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is checked here is not what the user checked last, nor the other way round."""
    os.environ[last.VARIABLE] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def key() -> Key:
    """Both halves of the key."""
    return keys.read(EXERCISE.public_key, EXERCISE.hidden_key)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Watched]:
    """One sandbox for all tests."""
    with Watched(timeout=60, cache=cache.location(), warmup=EXERCISE.warmup) as opened:
        yield opened


@pytest.fixture(scope="session")
def suite() -> Iterator[Suite]:
    """The checks, collected once."""
    with Suite(EXERCISE) as opened:
        yield opened


@pytest.fixture(scope="session")
def grade_sample(key: Key, sandbox: Sandbox) -> Callable[[str], Report]:
    """Grade a file of tests/submissions by its path there."""
    return lambda path: grade(EXERCISE, read(SAMPLES / path), key, sandbox)


@pytest.fixture(scope="session")
def grade_text(key: Key, sandbox: Sandbox) -> Callable[[str | bytes], Report]:
    """Grade a source written in the test."""

    def run(source: str | bytes) -> Report:
        content = source if isinstance(source, bytes) else source.encode()
        return grade(EXERCISE, Submission.of("custom_lift.py", content), key, sandbox)

    return run
