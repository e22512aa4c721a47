"""Hostile submissions to an exercise in two files: the same walls, around another folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import wiring
from grader.core.exercise import Exercise
from grader.core.isolation import missing
from grader.core.key import Key
from grader.core.report import Report
from grader.core.submission import Submission
from grader.grading.grade import grade
from grader.sandbox import cache
from grader.sandbox.sandbox import CAN_FORK, Sandbox

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="workers are locked on Linux only")
Grade = Callable[[str], Report]
LOOK = """
def spread(params, scale):
    for path in {paths!r}:
        try:
            print("read", len(open(path, "rb").read()))
        except OSError as error:
            print(type(error).__name__)
    return None
"""


@pytest.fixture(scope="module")
def graded(spread: Exercise, key: Key) -> Iterator[Grade]:
    """Grade a source behind the walls."""
    with wiring.sandbox(spread, 30.0) as sandbox:
        if missing(sandbox.isolation()):
            pytest.skip("this machine lacks walls")
        yield lambda source: grade(
            spread, Submission.of(spread.stub.name, source.encode()), key, sandbox
        )


def secret_files(spread: Exercise) -> list[str]:
    """All that a submission might want."""
    return [str(path) for path in sorted(spread.folder.rglob("*")) if path.is_file()]


def looked(sandbox: Sandbox, spread: Exercise, key: Key) -> str:
    """What a submission prints that opens every file of the exercise's folder."""
    from grader.grading.grade import grade_in_full

    source = LOOK.format(paths=secret_files(spread)).encode()
    grading = grade_in_full(spread, Submission.of("spread.py", source), key, sandbox)
    return grading.printed.get(key.public[0].case.id, "")


def test_no_file_of_the_folder_can_be_read(spread: Exercise, key: Key) -> None:
    """Neither the solution nor the hidden half, wherever the folder lies."""
    with wiring.sandbox(spread, 30.0) as sandbox:
        if missing(sandbox.isolation()):
            pytest.skip("this machine lacks walls")
        said = looked(sandbox, spread, key).splitlines()
    assert len(said) == len(secret_files(spread))
    assert "solution.py" in {Path(path).name for path in secret_files(spread)}
    assert not [line for line in said if line.startswith("read")]


def test_the_look_at_the_folder_can_fail(spread: Exercise, key: Key) -> None:
    """Without walls the same program reads them all."""
    mask = ("landlock", "bubblewrap", "uid", "seccomp", "namespaces")
    with Sandbox(timeout=30, cache=cache.location(), mask=mask, unsafe=True) as sandbox:
        said = looked(sandbox, spread, key).splitlines()
    assert [line.startswith("read") for line in said] == [True] * len(secret_files(spread))


def test_public_answers_alone_earn_public_points(graded: Grade, key: Key) -> None:
    """A table of what the kit shows, and anything else elsewhere."""
    from grader.core.observation import parse
    from grader.core.tree import Branch, Leaf

    rows = []
    for case in key.public:
        answer = parse(case.programs[""], whole=True)
        tree = answer.tree  # type: ignore[union-attr]
        assert isinstance(tree, Branch)
        leaves = {k: v for k, v in tree.items.items() if isinstance(v, Leaf)}
        told = {k: float(leaf.values) for k, leaf in leaves.items() if leaf.values is not None}
        first = float(next(iter(case.case.arguments["params"].values())).flat[0])  # type: ignore[union-attr]
        rows.append((first, told))
    for otherwise in ("None", "1 / 0", "{}", "{k: jnp.zeros(()) for k in params}"):
        report = graded(
            "import jax.numpy as jnp\n\n\ndef spread(params, scale):\n"
            f"    for first, told in {rows!r}:\n"
            "        if abs(float(next(iter(params.values())).ravel()[0]) - first) < 1e-6:\n"
            "            return {k: jnp.float32(v) for k, v in told.items()}\n"
            f"    return {otherwise}\n"
        )
        assert (otherwise, report.score <= 35) == (otherwise, True)  # type: ignore[operator]


HOSTILE_ANSWERS = [
    "{'\\x1b[31m::error::': 1}",
    "{i: [i] * 50 for i in range(50)}",
    "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
    "type('D', (dict,), {'items': lambda self: 1 / 0})()",
    "type('L', (list,), {'__iter__': lambda self: iter(lambda: 1, 2)})()",
    "__import__('numpy').zeros((200, 1000), 'float32')",
    "{'kernel': jax.random.key(0), 'bias': object()}",
    "jax.numpy.zeros(())",
    "{'kernel': float('nan'), 'bias': 10**400}",
]


@pytest.mark.parametrize("answer", HOSTILE_ANSWERS)
def test_any_answer_gives_a_report(graded: Grade, answer: str) -> None:
    """Whatever is returned is graded, is no failure of ours, and acts on no screen."""
    report = graded(f"import jax\n\n\ndef spread(params, scale):\n    return {answer}\n")
    assert report.status in ("graded", "crashed")
    assert report.score is not None
    assert report.score <= 20
    assert "\\u001b" not in report.to_json().decode()
    assert "::error::" not in report.to_json().decode()
