"""`grader check`: one file, for the student who wrote it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import setup
from grader.errors import GraderError, UsageError

if TYPE_CHECKING:
    from grader.exercise import Exercise
    from grader.grade import Grading


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--report", "report_path", type=click.Path(path_type=Path), help="Write the JSON here."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--timeout", type=click.FloatRange(min=1), default=30.0, help="Seconds of wall time.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever the score; for CI.")
@click.option("--watch", "watching", is_flag=True, help="Grade again on every save.")
def check(
    file: Path | None,
    report_path: Path | None,
    form: str,
    timeout: float,
    exit_zero: bool,
    watching: bool,
) -> None:
    """Grade FILE (the stub, if none is named) and print what the answers show.

    Exit 0: all points. 1: not all points, or not gradable. 2: usage. 3: our failure.
    """
    if form == "text" and not watching:  # at once: what comes next imports for a moment
        name = click.format_filename(file, shorten=True) + " " if file else ""
        click.echo(f"Checking {name}...", err=True)
    exercise = setup.exercise()
    path = file or _default_file(exercise)
    if watching:
        from grader.cli.watch import watch

        watch(exercise, path, timeout)
        setup.leave("", setup.EXIT_FULL)
    grading, code = _check(exercise, path, timeout)
    report = grading.report
    if report_path is not None:
        try:
            report_path.write_bytes(report.to_json())
        except OSError as error:
            setup.fail(f"The report could not be written: {error}", setup.EXIT_USAGE)
    if form == "json":
        sys.stdout.buffer.write(report.to_json())
    elif code == setup.EXIT_USAGE:
        click.echo(report.message, err=True)
    else:
        from grader import hints, last
        from grader.render import render

        source = setup.source(path)
        last.remember(path, hints.subject(report, source))
        render(report, setup.console(), source, grading.printed)
    sys.exit(setup.EXIT_FULL if exit_zero and code == setup.EXIT_NOT_FULL else code)


def _check(exercise: "Exercise", path: Path, timeout: float) -> "tuple[Grading, int]":
    """Grade a path; a path without a file gives a report too, and the code for usage."""
    from grader.grade import Grading, failed, grade_in_full, unreadable
    from grader.screen.view import reachable
    from grader.submission import Submission, UnreadableError, read

    digest = ""
    try:
        key = setup.key(exercise)
        digest = key.digest
        submission = read(path)
        with setup.sandbox(timeout) as sandbox:
            grading = grade_in_full(exercise, submission, key, sandbox)
    except UnreadableError as error:
        return Grading(unreadable(exercise, path.name, digest, str(error))), setup.EXIT_USAGE
    except GraderError as error:
        grading = Grading(failed(exercise, Submission.of(path.name, b""), digest, str(error)))
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    report = grading.report
    if report.status == "grader-error":
        return grading, setup.EXIT_GRADER_ERROR
    return grading, setup.EXIT_FULL if report.score == reachable(report) else setup.EXIT_NOT_FULL


def _default_file(exercise: "Exercise") -> Path:
    here = Path(exercise.stub.name)
    return here if here.exists() else exercise.stub
