"""`grader doctor`: the walls of this machine."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import GraderError, UsageError

if TYPE_CHECKING:
    from grader.core.report import Report
    from grader.sandbox.sandbox import Sandbox


@click.command()
def doctor() -> None:
    """Tell which walls this machine puts around a submission, and try them.

    Exit 0: all hold. 1: one is missing, or something came through.
    """
    from dataclasses import replace

    from grader.sandbox.doctor import examine

    try:
        with wiring.sandbox(wiring.exercise(), timeout=60, unsafe=True) as sandbox:
            examination = replace(examine(sandbox), graded=_grade_right_answer(sandbox))
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except GraderError as error:
        setup.fail(f"No program can be run here: {error}", setup.EXIT_GRADER_ERROR)
    click.echo("\n".join(examination.lines()))
    with suppress(UsageError, GraderError):
        exercise = wiring.exercise()
        setup.public_knowledge(exercise, wiring.key(exercise))
    sys.exit(setup.EXIT_FULL if examination.holds else setup.EXIT_NOT_FULL)


def _grade_right_answer(sandbox: "Sandbox") -> "Report | None":
    from grader.core.submission import read
    from grader.grading.grade import grade

    exercise = wiring.exercise()
    if not exercise.right_answer.exists() or not exercise.public_key.exists():
        return None
    return grade(exercise, read(exercise.right_answer), wiring.key(exercise), sandbox)
