"""`grader correct`: a person's correction of a score, which survives every regrade."""

from pathlib import Path

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("id")
@click.option("--check", metavar="CHECK", help="The check that is corrected.")
@click.option("--points", type=float, help="What the check earns.")
@click.option("--score", type=float, help="The whole score, to which no further rule is applied.")
@click.option("--excused", is_flag=True, help="No score counts.")
@click.option("--by-hand", type=float, help="The score of a run that failed, graded by a person.")
@click.option("--reason", required=True, help="Why; the student reads it.")
@click.option(
    "--by", default="", metavar="NAME", help="Who corrects; the student does not read it."
)
def correct(
    results: Path,
    id: str,
    check: str | None,
    points: float | None,
    score: float | None,
    excused: bool,
    by_hand: float | None,
    reason: str,
    by: str,
) -> None:
    """Correct the score of submission ID in RESULTS, a folder of `grader bulk`.

    Writes a line to RESULTS/corrections.toml. Every later bulk, report, gradebook and feedback
    applies it, shows it, and warns when the file or the score under it has changed. Take the line
    out to take it back.
    """
    from grader.core.text import clean
    from grader.course.correct import correct as carry_out
    from grader.course.correction import Correction
    from grader.results import summary as summaries
    from grader.results.claim import claimed

    new = Correction(
        id,
        clean(reason, 2000),
        check or "",
        points,
        score,
        excused,
        by_hand,
        clean(by, 200),
    )
    try:
        summary = summaries.read(results)
        with claimed(results):
            exercise = wiring.of_results(summary.exercise)
            said, finals = carry_out(exercise, results, summary, new)
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except OSError as error:
        setup.fail(f"The correction could not be written: {error}.", setup.EXIT_USAGE)
    console = setup.console()
    console.print(said, soft_wrap=True)
    for warning in finals.warnings:
        console.print(f"Look again: {warning}.", soft_wrap=True)
    console.print("`grader report` writes the pages anew.", soft_wrap=True)
