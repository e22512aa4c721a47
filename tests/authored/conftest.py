"""What the tests of exercises in two files share: one that is built, and its key."""

from pathlib import Path

import pytest

from grader import wiring
from grader.core.exercise import Exercise
from grader.core.key import Key
from tests.support.authored import built


@pytest.fixture(scope="session")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """The exercise that `grader author new` begins, built."""
    return wiring.at(str(built(Path(tmp_path_factory.mktemp("authored")))))


@pytest.fixture(scope="session")
def key(spread: Exercise) -> Key:
    """Both halves of its key."""
    return wiring.key(spread)
