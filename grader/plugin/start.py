"""What a pytest run needs before it can grade: the key, what is to be graded, a sandbox (trusted).

What `grader check` takes from its command line comes from pytest's options here, and what is wrong
with them is an error in usage of pytest's own.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from grader import wiring
from grader.cli import setup  # it makes sure of where modules come from, so it is the first
from grader.core.errors import GraderError, UsageError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.submission import Submission, UnreadableError
from grader.grading.grade import grade_surely
from grader.grading.suite import Suite
from grader.plugin.reporting import Reporting
from grader.plugin.submissions import Grade, Graders, Submissions
from grader.sources import ids
from grader.sources.entry import Entry, Refused, Wanted
from grader.sources.find import find
from grader.sources.names import is_archive
from grader.start import own_descriptors

LONGEST = 86_400  # seconds


def configure(config: pytest.Config) -> None:
    """Make the checks what is collected, for each submission; raises pytest.UsageError."""
    own_descriptors()
    if not 1 <= config.option.submission_timeout <= LONGEST:
        raise pytest.UsageError(f"--submission-timeout takes 1 to {LONGEST} seconds.")
    named = [Path(name).absolute() for name in config.option.submission]
    config.option.submission = [str(path) for path in named]  # for workers of pytest-xdist
    try:
        folder = config.option.submission_exercise
        exercise = wiring.choose(folder) if folder else wiring.exercise()
        entries = to_grade(named, Wanted.of(exercise))
        key = wiring.key(exercise)
    except (GraderError, UsageError) as error:
        raise pytest.UsageError(str(error)) from None
    if not hasattr(config, "workerinput"):
        setup.public_knowledge(exercise, key)
    config.addinivalue_line("markers", "points(n): what a check is worth")
    config.addinivalue_line("python_files", exercise.checks.name)
    if config.args_source is not config.ArgsSource.ARGS:
        config.args = [str(exercise.checks)]
    timeout, unsafe = config.option.submission_timeout, config.option.submission_unsafe
    graders = sandboxed(exercise, key, timeout, unsafe=unsafe, many=len(entries) > 1)
    register(config, Submissions(exercise, key, entries, graders))


def register(config: pytest.Config, submissions: Submissions) -> None:
    """Let a pytest run collect and grade submissions, and tell what came of it."""
    config.pluginmanager.register(submissions)
    config.pluginmanager.register(Reporting(submissions.ids, submissions.gradings))


def to_grade(paths: Sequence[Path], wanted: Wanted) -> list[Entry]:
    """Find the submissions as `grader bulk` does; what is refused is there too, with its reason.

    Raises UsageError where there is none, and for a file that was named alone and is no program.
    """
    for path in paths:
        if not path.exists():
            raise UnreadableError(f"There is no file {path.name}.")
    found = find(paths, wanted)
    if len(paths) == 1 and not (paths[0].is_dir() or is_archive(PurePosixPath(paths[0].name))):
        for submission in [entry.read() for entry in found.entries]:
            if submission.problem:
                raise UnreadableError(f"{submission.name} was not run: {submission.problem}.")
    entries = [*found.entries, *map(_refused, found.refused)]
    names = ids.assign([((entry.id,), entry.place) for entry in entries])
    return [replace(entry, id=name) for entry, name in zip(entries, names, strict=True)]


def _refused(refused: Refused) -> Entry:
    def read() -> Submission:
        raise UnreadableError(f"It was not graded: {refused.reason}.")

    return Entry(refused.place, PurePosixPath(refused.place).name, read, place=refused.place)


def sandboxed(exercise: Exercise, key: Key, timeout: float, *, unsafe: bool, many: bool) -> Graders:
    """Give what opens a sandbox and the checks, and grades one submission after the other."""

    @contextmanager
    def graders() -> Iterator[Grade]:
        with (
            wiring.sandbox(exercise, timeout, warm=many, unsafe=unsafe) as sandbox,
            Suite(exercise) as suite,
        ):
            yield lambda submission: grade_surely(exercise, submission, key, sandbox, suite)

    return graders
