"""`grader compare`: what a regrade changed."""

import sys
from pathlib import Path

import click

from grader.cli import setup
from grader.errors import UsageError

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text")
def compare(old: Path, new: Path, form: str) -> None:
    """List who gained or lost points from OLD to NEW, and because of which check.

    Both are folders of `grader bulk`. Nothing is written; the greatest loss comes first.
    """
    from grader.bulk.results import read
    from grader.classreport import changes

    try:
        comparison = changes.compare(read(old), read(new))
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    if form == "text":
        from grader.classreport.told import told

        setup.console().print("\n".join(told(comparison)), soft_wrap=True)
    elif form == "json":
        sys.stdout.buffer.write(comparison.to_json())
    else:
        from grader.html.page import page

        sys.stdout.buffer.write(page("comparison.html.j2", c=comparison) + b"\n")
