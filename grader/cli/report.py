"""`grader report`: the pages of a bulk run, again."""

from pathlib import Path

import click

from grader.cli import setup
from grader.errors import UsageError


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where pages go.")
@click.option("--since", type=click.Path(path_type=Path, exists=True), help="An earlier run.")
@click.option("--anonymous", is_flag=True, help="Without names, comments, strings and prints.")
def report(results: Path, out: Path | None, since: Path | None, anonymous: bool) -> None:
    """Write the class report of RESULTS, a folder of `grader bulk`, again.

    It goes beside the results; with --anonymous, into their folder `anonymous`. With --since each
    submission's page says what has changed.
    """
    from contextlib import nullcontext

    from grader.bulk.claim import claimed
    from grader.bulk.results import read
    from grader.html.write import write

    folder = out or (results / "anonymous" if anonymous else results)
    try:
        found, earlier = read(results), read(since) if since else None
        with nullcontext() if out else claimed(results):
            index = write(setup.exercise(), found, folder, anonymous=anonymous, since=earlier)
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except OSError as error:
        setup.fail(f"The report could not be written: {error}.", setup.EXIT_USAGE)
    click.echo(f"The class report is {index}.")
