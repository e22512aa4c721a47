"""`grader check --watch`: what a session needs, kept open between saves."""

from pathlib import Path
from typing import TYPE_CHECKING

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError

if TYPE_CHECKING:
    from grader.core.exercise import Exercise
    from grader.grading.grade import Grading


def watch(exercise: "Exercise", path: Path, timeout: float, verbose: bool, unsafe: bool) -> None:
    """Watch a file; key, checks and a warm worker stay ready from save to save."""
    from grader.core.submission import UnreadableError
    from grader.grading.grade import grade_in_full
    from grader.grading.suite import Suite
    from grader.screen.render import render
    from grader.sources import alone
    from grader.sources.entry import Wanted
    from grader.verdict import hints, last
    from grader.watch.session import Session

    console, wanted = setup.console(), Wanted.of(exercise)
    try:
        key = wiring.key(exercise)
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    setup.public_knowledge(exercise, key)
    with wiring.sandbox(exercise, timeout, warm=True, unsafe=unsafe) as sandbox:
        suite = Suite(exercise).__enter__()  # not left: a grading may still hang in its thread

        def check() -> "Grading | None":
            try:
                return grade_in_full(exercise, alone.submission(path, wanted), key, sandbox, suite)
            except UnreadableError:
                return None

        def show(grading: "Grading") -> None:
            source = wiring.source(exercise, path)
            last.remember(path, hints.subject(grading.report, source), exercise.folder)
            render(grading.report, console, source, grading.printed, verbose=verbose)

        Session(path, exercise.stub, console, check, show, setup.hint_for_last).run()
