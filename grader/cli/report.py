"""`grader report`: the pages of a bulk run, again."""

from pathlib import Path

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where pages go.")
@click.option("--since", type=click.Path(path_type=Path, exists=True), help="An earlier run.")
@click.option("--anonymous", is_flag=True, help="Without names, comments, strings and prints.")
@click.option(
    "--course",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Other rules of the course than those of the last run.",
)
def report(
    results: Path, out: Path | None, since: Path | None, anonymous: bool, course: Path | None
) -> None:
    """Write the class report of RESULTS, a folder of `grader bulk`, again.

    It goes beside the results; with --anonymous, into their folder `anonymous`. With --since each
    submission's page says what has changed. Corrections and the course's rules are applied anew.
    """
    from contextlib import nullcontext

    from grader.bulk.rules import again, has_rules
    from grader.course.conclusion import conclude
    from grader.html.write import write
    from grader.results.claim import claimed
    from grader.results.read import read

    folder = out or (results / "anonymous" if anonymous else results)
    try:
        found, earlier = read(results), read(since) if since else None
        exercise = wiring.of_results(found.summary.exercise)
        with claimed(results) if out is None or course or has_rules(results) else nullcontext():
            finals = again(exercise, results, found.summary, course)
            index = write(
                exercise, found, folder, anonymous=anonymous, since=earlier, finals=finals
            )
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except OSError as error:
        setup.fail(f"The report could not be written: {error}.", setup.EXIT_USAGE)
    conclude(finals, setup.console())
    click.echo(f"The class report is {index}.")
