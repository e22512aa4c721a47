"""`grader alike`: submissions to look at together."""

import sys
from pathlib import Path

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def alike(results: Path, form: str) -> None:
    """List submissions in RESULTS whose programs are alike beyond names and formatting.

    For the instructor alone, as the class report has them: a reason to read, and no more. What the
    course hands out, and what many write, does not count.
    """
    from grader.classreport.alike import find_alike, listed
    from grader.results.read import read

    try:
        graded = read(results)
        found = listed(find_alike(wiring.of_results(graded.summary.exercise), graded))
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    if form == "json":
        sys.stdout.buffer.write(found.to_json())
        return
    console = setup.console()
    if not found.groups:
        console.print("No programs are alike beyond what the course hands out and many write.")
    for number, group in enumerate(found.groups, 1):
        console.print(f"{number}. Look at these together:")
        for member in group:
            lines = ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in member.lines)
            console.print(f"  {member.id}: lines {lines}", soft_wrap=True)
