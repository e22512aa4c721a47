"""`grader pitfall`: from an answer that nobody has named to the beginning of a new fault."""

from pathlib import Path

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import GraderError, UsageError


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("number", type=click.IntRange(min=1))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option("--id", "name", help="What the fault is to be called; unnamed-NUMBER if not given.")
def pitfall(results: Path, number: int, out: Path, name: str | None) -> None:
    """Write a mutant, wording and a sample for unnamed answer NUMBER of RESULTS.

    The class report numbers these answers. What is written is valid as it is, and says what you
    are to fill in.
    """
    from grader.classreport.skeleton import write_skeleton
    from grader.results.read import read

    try:
        graded = read(results)
        exercise = wiring.of_results(graded.summary.exercise)
        public = {case.case.id for case in wiring.key(exercise).public}
        id = name or f"unnamed-{number}"
        files = write_skeleton(exercise, graded, number, id, public, out)
    except (UsageError, GraderError, OSError) as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    for file in files:
        click.echo(file)
    click.echo(f"{out / 'README.md'} says how to go on.")
