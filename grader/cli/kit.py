"""`grader kit`: the zip that students get."""

from pathlib import Path

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--course",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The course's rules, of which highest_hint is applied.",
)
def kit(out: Path, course: Path | None) -> None:
    """Write the kit for students to the zip OUT: stub, task, grader, public half of the key.

    The same grader and key give the same bytes.
    """
    from grader.bundles import distribution
    from grader.bundles.kit.contents import LAUNCHER, contents
    from grader.course import read
    from grader.course.rules import Course

    exercise = wiring.exercise()
    try:
        rules = read.read(course, read.worth_of(exercise))[0] if course else Course()
        files = contents(exercise, rules.highest_hint)
        distribution.write_zip(out, files, [f"{exercise.id}/{LAUNCHER}"])
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    size = sum(map(len, files.values())) // 1000
    click.echo(f"{click.format_filename(out)}: {len(files)} files, {size} kB.")
    click.echo(f"Students unpack it and call: python {LAUNCHER}")
