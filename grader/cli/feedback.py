"""`grader feedback`: one page a student, in the form that the platform takes back."""

from pathlib import Path

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError

_UPLOAD = {
    "moodle": "upload it with: Upload multiple feedback files in a zip",
    "canvas": "upload it with: Re-Upload Submissions; each page becomes a comment's file",
    "plain": "each page is named for its submission",
}


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--form",
    type=click.Choice(["plain", "moodle", "canvas"]),
    help="How pages are named; as the platform that the submissions came from, if not given.",
)
def feedback(results: Path, out: Path, form: str | None) -> None:
    """Write one page a student of RESULTS to OUT: a zip, if it ends in .zip, or a new folder.

    A page is whole in one file, and holds nothing of anybody else: what counts and why, the
    verdict, the student's own source.

    Exit 0: everybody has a page. 1: the platform would not know whose some are; they are listed.
    """
    from grader.gradebook import handback
    from grader.results.read import read

    try:
        found = read(results)
        form = form or handback.form_of(found)
        count, without = handback.write(wiring.of_results(found.summary.exercise), found, form, out)
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except OSError as error:
        setup.fail(f"The pages could not be written: {error}.", setup.EXIT_USAGE)
    console = setup.console()
    noun = "page" if count == 1 else "pages"
    console.print(f"{count} {noun} in {out}; {_UPLOAD[form]}.", soft_wrap=True)
    for id in without:
        console.print(f"  {id}: no page; {form} would not know whose it is", soft_wrap=True)
    raise SystemExit(setup.EXIT_NOT_FULL if without else setup.EXIT_FULL)
