"""`grader gradebook`: the scores of a bulk run into a platform's own export."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from grader.gradebook.fill import Filled
    from grader.results.summary import Row

MAX_BYTES = 64 * 2**20
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("results", type=_FOLDER)
@click.option("--canvas", type=_FILE, help="The gradebook that Canvas exported.")
@click.option("--moodle", type=_FILE, help="The grading worksheet that Moodle exported.")
@click.option("--column", metavar="'TITLE (ID)'", help="The assignment, in a Canvas gradebook.")
@click.option("--out", type=_OUT, help="Where it goes; beside FILE, with -filled in its name.")
@click.option("--in-place", is_flag=True, help="Write over FILE itself.")
@click.option("--feedback", type=_OUT, help="Write Moodle's zip of feedback files here.")
@click.option(
    "--submissions",
    type=click.Path(path_type=Path, exists=True),
    help="The submissions' zip of Moodle, for --feedback.",
)
def gradebook(
    results: Path,
    canvas: Path | None,
    moodle: Path | None,
    column: str | None,
    out: Path | None,
    in_place: bool,
    feedback: Path | None,
    submissions: Path | None,
) -> None:
    """Fill the gradebook that a platform exported with the scores in RESULTS.

    Only cells of the grade, and of the comment in Moodle's, change. Rows are found by id; what is
    not certain stays as it was and is listed.

    Exit 0: each score has its place. 1: some have none. 2: usage; nothing was written.
    """
    from grader.core.files import write_whole

    source = canvas or moodle
    try:
        if source is None or (canvas and moodle):
            raise UsageError("Name one gradebook: --canvas FILE or --moodle FILE.")
        if (feedback is None) != (submissions is None) or (feedback and canvas):
            raise UsageError("--feedback ZIP goes with --moodle and --submissions ZIP.")
        target = _target(source, out, in_place)
        _check_apart(target, feedback, [source, *([submissions] if submissions else [])], in_place)
        filled, title, packed = _fill(results, source, canvas is not None, column, submissions)
        write_whole(target.resolve(), filled.data)  # a link stays a link
        if feedback is not None:
            write_whole(feedback.resolve(), packed)
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except OSError as error:
        setup.fail(f"A file cannot be read or written: {error}.", setup.EXIT_USAGE)
    _conclude(filled, title, setup.console())
    setup.console().print(f"\nThe gradebook is {target}.", soft_wrap=True)
    if feedback is not None:
        setup.console().print(f"The feedback files are in {feedback}.", soft_wrap=True)
    raise SystemExit(setup.EXIT_NOT_FULL if filled.unplaced else setup.EXIT_FULL)


def _target(source: Path, out: Path | None, in_place: bool) -> Path:
    if in_place:
        if out is not None:
            raise UsageError("--in-place and --out exclude each other.")
        return source
    return out or source.with_name(f"{source.stem}-filled{source.suffix}")


def _check_apart(target: Path, feedback: Path | None, read: list[Path], in_place: bool) -> None:
    """Refuse to write over what is read, or over what else is written."""
    written = [path for path in (None if in_place else target, feedback) if path is not None]
    for path in written:
        if path.exists() and path.samefile(read[0]):
            raise UsageError(f"{path} is the gradebook itself; --in-place writes over it.")
        if path.exists() and any(path.samefile(other) for other in read):
            raise UsageError(f"{path} is what is read: name another file.")
    if feedback is not None and feedback.resolve() == target.resolve():
        raise UsageError(f"--feedback and the gradebook would both be {target}.")


def _fill(
    results: Path, source: Path, is_canvas: bool, column: str | None, submissions: Path | None
) -> "tuple[Filled, str, bytes]":
    from grader.course.finals import of_results
    from grader.gradebook import canvas, feedback, moodle
    from grader.gradebook.cells import Table
    from grader.gradebook.fill import counts, fill
    from grader.results import summary as summaries

    summary = summaries.read(results)
    finals = of_results(wiring.of_results(summary.exercise), results, summary)
    with source.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UsageError(f"{source} is larger than {MAX_BYTES:,} bytes.")
    table = Table.read(data)
    most = max((int(counts(row, finals)[1]) for row in summary.submissions), default=0)
    book = (canvas if is_canvas else moodle).read(table, column, most)

    def comment(row: "Row") -> str:
        return feedback.comment(feedback.report(results, row), finals.get(row.id))

    filled = fill(book, summary, comment, finals)
    packed = b""
    if submissions is not None:
        reports = [feedback.report(results, each.row) for each in filled.placed]
        packed = feedback.archive(submissions, filled.placed, reports, finals)
    return filled, book.title, packed


def _conclude(filled: "Filled", title: str, console: "Console") -> None:
    from grader.core.text import printable

    grades = "grade" if len(filled.placed) == 1 else "grades"
    console.print(f"{len(filled.placed)} {grades} written into {printable(title)}.", soft_wrap=True)
    for heading, listed in (
        ("Remarks", filled.remarks),
        ("Left as they were", filled.untouched),
        ("Results without a place", filled.unplaced),
    ):
        if listed:
            console.print(f"\n{heading}: {len(listed)}", style="bold")
            for who, reason in listed:
                console.print(f"  {who}: {reason}", soft_wrap=True)
