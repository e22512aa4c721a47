"""`grader compare`: what a regrade changed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError

if TYPE_CHECKING:
    from grader.results.read import Results

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text")
def compare(old: Path, new: Path, form: str) -> None:
    """List who gained or lost points from OLD to NEW, and because of which check.

    Both are folders of `grader bulk`. Nothing is written; the greatest loss comes first.
    Rules and corrections of each are applied; at the end stand the addresses of those whose score
    is another one.
    """
    from grader.classreport import changes
    from grader.course import handed_in
    from grader.course.finals import of_results
    from grader.course.words import shown
    from grader.results.read import read

    def counting(results: "Results") -> dict[str, str]:
        finals = of_results(
            wiring.of_results(results.summary.exercise), results.folder, results.summary
        )
        said = {"excused": "excused", "none": "no score"}
        return {id: said.get(f.state) or shown(f.score) for id, f in finals.items()}

    try:
        before, after = read(old), read(new)
        told = handed_in.read(new)
        addresses = {
            row.id: tuple(
                sorted(
                    {o.email for o in row.owners if o.email}
                    | set(told[row.id].addresses if row.id in told else ())
                )
            )
            for row in after.summary.submissions
        }
        scores = (counting(before), counting(after))
        comparison = changes.compare(before, after, scores, addresses)
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    if form == "text":
        from grader.classreport.changes_text import describe as lines

        setup.console().print("\n".join(lines(comparison)), soft_wrap=True)
    elif form == "json":
        sys.stdout.buffer.write(comparison.to_json())
    else:
        from grader.html.page import page

        sys.stdout.buffer.write(page("comparison.html.j2", c=comparison) + b"\n")
