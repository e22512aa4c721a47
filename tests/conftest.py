"""What the tests share: the key, one sandbox, and a way to grade a sample."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exercise import EXERCISE
from grader import cache
from grader import key as keys
from grader.grade import grade
from grader.key import Key
from grader.report import Report
from grader.sandbox import Sandbox, environment
from grader.submission import Submission, read

# Where a test runs JAX itself, it does as workers do, and shares their compile cache.
os.environ.update(environment(cache.location(), fill_cache=False))
SAMPLES = Path(__file__).parent / "submissions"


@pytest.fixture(scope="session")
def key() -> Key:
    """Both halves of the key."""
    return keys.read(EXERCISE.public_key, EXERCISE.hidden_key)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests."""
    with Sandbox(timeout=60, cache=cache.location()) as opened:
        yield opened


@pytest.fixture
def grade_sample(key: Key, sandbox: Sandbox) -> Callable[[str], Report]:
    """Grade a file of tests/submissions by its path there."""
    return lambda path: grade(EXERCISE, read(SAMPLES / path), key, sandbox)


@pytest.fixture
def grade_text(key: Key, sandbox: Sandbox) -> Callable[[str | bytes], Report]:
    """Grade a source written in the test."""

    def run(source: str | bytes) -> Report:
        content = source if isinstance(source, bytes) else source.encode()
        return grade(EXERCISE, Submission.of("custom_lift.py", content), key, sandbox)

    return run
