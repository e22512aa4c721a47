"""`grader check`: one file, for the student who wrote it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import GraderError, UsageError

if TYPE_CHECKING:
    from grader.core.exercise import Exercise
    from grader.grading.grade import Grading

# What grader.formats has, and text: named here, since --help is to import little.
FORMATS = ("text", "json", "junit", "github", "gradescope", "classroom50", "pytest-json")


@click.command()
@click.argument("file", required=False, envvar="GRADER_FILE", type=click.Path(path_type=Path))
@click.option(
    "--report", "report_path", type=click.Path(path_type=Path), help="Write the JSON here."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path), help="Where the format's file goes, if it has one."
)
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Grade the one file in this folder, for CI.",
)
@click.option("--timeout", type=click.FloatRange(min=1), default=30.0, help="Seconds of wall time.")
@click.option("--verbose", is_flag=True, help="Show every check, number and remark.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever the score; for CI.")
@click.option("--watch", "watching", is_flag=True, help="Grade again on every save.")
@click.option(
    "--unsafe", is_flag=True, help="Grade with a hidden key although this machine lacks walls."
)
def check(
    file: Path | None,
    report_path: Path | None,
    form: str,
    output: Path | None,
    folder: Path | None,
    timeout: float,
    verbose: bool,
    exit_zero: bool,
    watching: bool,
    unsafe: bool,
) -> None:
    """Grade FILE (the stub, if none is named) and print what the answers show.

    Exit 0: all points. 1: not all points, or not gradable. 2: usage. 3: our failure.
    """
    if form == "text" and not watching:  # at once: what comes next imports for a moment
        name = click.format_filename(file, shorten=True) + " " if file else ""
        click.echo(f"Checking {name}...", err=True)
    exercise = wiring.of_file(file) if file else wiring.exercise()
    path = file or (folder / exercise.stub.name if folder else _default_file(exercise))
    if watching:
        from grader.cli.watch import watch

        watch(exercise, path, timeout, verbose, unsafe)
        setup.leave("", setup.EXIT_FULL)
    try:
        grading, code, path, source = _check(exercise, path, folder, timeout, unsafe)
    except KeyboardInterrupt:
        setup.fail("Stopped.", setup.EXIT_INTERRUPTED)
    report = grading.report
    if report_path is not None:
        try:
            report_path.write_bytes(report.to_json())
        except OSError as error:
            setup.fail(f"The report could not be written: {error}", setup.EXIT_USAGE)
    if form != "text":
        _deliver(exercise, grading, form, path, source, output)
    elif code == setup.EXIT_USAGE:
        click.echo(report.message, err=True)
    else:
        from grader.screen.render import render
        from grader.verdict import hints, last

        last.remember(path, hints.subject(report, source), exercise.folder)
        render(report, setup.console(), source, grading.printed, verbose=verbose)
    sys.exit(setup.EXIT_FULL if exit_zero and code == setup.EXIT_NOT_FULL else code)


def _check(
    exercise: "Exercise", path: Path, folder: Path | None, timeout: float, unsafe: bool
) -> "tuple[Grading, int, Path, list[str]]":
    """Grade a path, or the one file in a folder; gives a code, the path, and lines to quote from.

    Without a file there is a report too. A path that was named is then a mistake in the command; a
    folder is what was handed in.
    """
    from grader.core.submission import Submission, UnreadableError
    from grader.grading.grade import Grading, failed, grade_in_full, unreadable
    from grader.notebook.submitted import as_python
    from grader.sources import alone
    from grader.sources.entry import Wanted
    from grader.sources.handin import handed_in
    from grader.verdict.view import reachable

    digest = ""
    source: list[str] = []
    try:
        key = wiring.key(exercise)
        digest = key.digest
        setup.public_knowledge(exercise, key)
        wanted = Wanted.of(exercise)
        if folder is not None:
            submission, path = handed_in(folder, wanted)
        else:
            submission = alone.submission(path, wanted)
        with wiring.sandbox(exercise, timeout, unsafe=unsafe) as sandbox:
            grading = grade_in_full(exercise, submission, key, sandbox)
        source = wiring.lines(as_python(submission, exercise.function)) if grading.run else []
    except UnreadableError as error:
        grading = Grading(unreadable(exercise, path.name, digest, str(error)))
        return grading, setup.EXIT_USAGE if folder is None else setup.EXIT_NOT_FULL, path, source
    except GraderError as error:
        grading = Grading(failed(exercise, Submission.of(path.name, b""), digest, str(error)))
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    report = grading.report
    if report.status == "grader-error":
        return grading, setup.EXIT_GRADER_ERROR, path, source
    full = report.score == reachable(report)
    return grading, setup.EXIT_FULL if full else setup.EXIT_NOT_FULL, path, source


def _deliver(
    exercise: "Exercise",
    grading: "Grading",
    form: str,
    path: Path,
    source: list[str],
    target: Path | None,
) -> None:
    """Give the report in a format other than text."""
    from grader.formats import FORMATS, Context

    about = (grading.printed, os.environ, target, exercise.checks)
    context = Context(str(path), source, *about)
    try:
        FORMATS[form](grading.report, context).write()
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except GraderError as error:
        setup.fail(str(error), setup.EXIT_GRADER_ERROR)


def _default_file(exercise: "Exercise") -> Path:
    here = Path(exercise.stub.name)
    return here if here.exists() else exercise.stub
