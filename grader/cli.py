"""The command `grader`: reads arguments, prints, turns errors into exit codes (trusted side)."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from grader import __version__
from grader.errors import GraderError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from grader.exercise import Exercise
    from grader.key import Key
    from grader.report import Report
    from grader.sandbox import Sandbox

EXIT_FULL, EXIT_NOT_FULL, EXIT_USAGE, EXIT_GRADER_ERROR = 0, 1, 2, 3
EXIT_INTERRUPTED = 130  # as shells have it


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
def main() -> None:
    """Grade the exercise, and say why an answer is wrong."""


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--report", "report_path", type=click.Path(path_type=Path), help="Write the JSON here."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--timeout", type=click.FloatRange(min=1), default=30.0, help="Seconds of wall time.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever the score; for CI.")
def check(
    file: Path | None, report_path: Path | None, form: str, timeout: float, exit_zero: bool
) -> None:
    """Grade FILE (the stub, if none is named) and print what the answers show.

    Exit 0: all points. 1: not all points, or not gradable. 2: usage. 3: our failure.
    """
    exercise = _exercise()
    path = file or _default_file(exercise)
    if form == "text":
        click.echo(f"Checking {click.format_filename(path, shorten=True)} ...", err=True)
    report, code = _check(exercise, path, timeout)
    if report_path is not None:
        try:
            report_path.write_bytes(report.to_json())
        except OSError as error:
            _fail(f"The report could not be written: {error}", EXIT_USAGE)
    if form == "json":
        sys.stdout.buffer.write(report.to_json())
    elif code == EXIT_USAGE:
        click.echo(report.message, err=True)
    else:
        from grader.render import render

        render(report, _console())
    sys.exit(EXIT_FULL if exit_zero and code == EXIT_NOT_FULL else code)


@main.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where reports go.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many at once; one a processor.")
@click.option("--timeout", type=click.FloatRange(min=1), default=30.0, help="Seconds, each.")
@click.option("--only", multiple=True, metavar="ID", help="Grade this one; may be repeated.")
@click.option("--fresh", is_flag=True, help="Grade again what is done already.")
@click.option("--scheduler", metavar="ADDRESS", help="Grade on a Dask cluster.")
@click.option("--unsafe", is_flag=True, help="Grade although this machine lacks walls; see doctor.")
def bulk(
    sources: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    timeout: float,
    only: tuple[str, ...],
    fresh: bool,
    scheduler: str | None,
    unsafe: bool,
) -> None:
    """Grade many: files, folders of files, folders of folders, zips.

    What is done is skipped, so the same command goes on where a run was stopped.

    Exit 0: all have a score. 1: some have none. 2: usage. 3: our failure.
    """
    from grader.bulk.machine import processors
    from grader.bulk.order import Means, Order, carry_out

    order = Order(sources, out, jobs or processors(), timeout, only, fresh, scheduler, unsafe)
    again = "Nothing that is done is lost: the same command goes on from here."
    try:
        means = Means(_exercise, _bulk_sandbox)
        key = _key(_exercise())
        complete = carry_out(order, means, key, _console(), _console(stderr=True))
    except UsageError as error:
        _fail(str(error), EXIT_USAGE)
    except KeyboardInterrupt:
        _leave(f"Stopped. {again}", EXIT_INTERRUPTED)
    except (GraderError, OSError) as error:
        _leave(f"The run cannot go on: {error}. {again}", EXIT_GRADER_ERROR)
    sys.exit(EXIT_FULL if complete else EXIT_NOT_FULL)


@main.command()
def doctor() -> None:
    """Tell which walls this machine puts around a submission, and try them.

    Exit 0: all hold. 1: one is missing, or something came through.
    """
    from grader.doctor import examine

    with _sandbox(timeout=60) as sandbox:
        examination = examine(sandbox)
    click.echo("\n".join(examination.lines()))
    sys.exit(EXIT_FULL if examination.holds else EXIT_NOT_FULL)


@main.command()
@click.argument("fault", required=False)
def explain(fault: str | None) -> None:
    """Print the page on a fault: what happens, why, a wrong and a right pattern."""
    pages = _exercise().wording.faults
    if fault not in pages:
        listing = "\n".join(f"  {id:<26}{page.title}" for id, page in pages.items())
        if fault is None:
            click.echo(f"The faults that a report may name:\n{listing}")
            return
        import difflib

        close = difflib.get_close_matches(fault, pages, n=1)
        also = f" Did you mean {close[0]}?" if close else f" There are:\n{listing}"
        _fail(f"There is no fault {fault}.{also}", EXIT_USAGE)
    page = pages[fault]
    click.echo(f"{fault}: {page.title}\n\n{page.what}\n\nWhy. {page.why}\n")
    for label, code in (("Wrong", page.wrong), ("Right", page.right)):
        click.echo(f"{label}:\n" + "\n".join(f"    {line}" for line in code.strip().splitlines()))
    click.echo(f"\nAsk yourself: {page.hint}")


def _check(exercise: "Exercise", path: Path, timeout: float) -> "tuple[Report, int]":
    """Grade a path; a path without a file gives a report too, and the code for usage."""
    from grader.grade import failed, grade, unreadable
    from grader.render import reachable
    from grader.submission import Submission, UnreadableError, read

    digest = ""
    try:
        submission = read(path)
        key = _key(exercise)
        digest = key.digest
        with _sandbox(timeout) as sandbox:
            report = grade(exercise, submission, key, sandbox)
    except UnreadableError as error:
        return unreadable(exercise, path.name, digest, str(error)), EXIT_USAGE
    except GraderError as error:
        report = failed(exercise, Submission.of(path.name, b""), digest, str(error))
    except UsageError as error:
        _fail(str(error), EXIT_USAGE)
    if report.score is None:
        return report, EXIT_GRADER_ERROR if report.status == "grader-error" else EXIT_NOT_FULL
    return report, EXIT_FULL if report.score == reachable(report) else EXIT_NOT_FULL


def _exercise() -> "Exercise":
    from exercise import EXERCISE

    return EXERCISE


def _default_file(exercise: "Exercise") -> Path:
    here = Path(exercise.stub.name)
    return here if here.exists() else exercise.stub


def _key(exercise: "Exercise") -> "Key":
    from grader import key

    hidden = exercise.hidden_key
    return key.read(exercise.public_key, hidden if hidden.exists() else None)


def _sandbox(timeout: float, warmup: Path | None = None) -> "Sandbox":
    from grader import cache
    from grader.sandbox import Sandbox

    return Sandbox(timeout=timeout, cache=cache.location(), warmup=warmup)


def _bulk_sandbox(timeout: float, warm: bool) -> "Sandbox":
    return _sandbox(timeout, warmup=_exercise().warmup if warm else None)


def _console(stderr: bool = False) -> "Console":
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


def _leave(message: str, code: int) -> NoReturn:
    """End at once, without waiting for threads whose workers may have long to go."""
    click.echo(message, err=True)
    sys.stdout.flush()
    os._exit(code)
