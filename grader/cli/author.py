"""`grader author`: exercises in two files, begun, built and tried."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import GraderError, UsageError

if TYPE_CHECKING:
    from grader.core.exercise import Exercise

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.group()
def author() -> None:
    """Write an exercise of your own: a public file, a secret one, and samples.

    docs/authoring.md goes through it, step by step.
    """


@author.command()
@FOLDER
def new(folder: Path) -> None:
    """Begin an exercise in FOLDER: one that is whole, to be changed into yours."""
    from grader.author.new import begin

    try:
        files = begin(folder)
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    for file in files:
        click.echo(file)
    click.echo(f"Next: grader author build {click.format_filename(folder)}")


@author.command()
@FOLDER
def build(folder: Path) -> None:
    """Prove FOLDER's exercise, and write its key, stub, task, checks and fault pages."""
    from grader.author.build import build as build_exercise

    try:
        built = build_exercise(folder.resolve())
        exercise = wiring.at(str(folder))
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    for line in built.lines():
        click.echo(line)
    _keep_warm(exercise)
    if built.is_development:
        click.echo(setup.development(exercise))
    click.echo(f"Next: grader author try {click.format_filename(folder)}")


def _keep_warm(exercise: "Exercise") -> None:
    """Fill the compile cache with what the samples that return compile."""
    from grader.author import warm
    from grader.author.trial import samples

    cases = [k.case for k in wiring.key(exercise).cases]
    files = warm.stepwise(p for p in samples(exercise) if p.suffix == ".py")
    place = wiring.cache(exercise)
    _, programs = warm.fill(place, exercise.warmup, exercise.function, files, cases)
    click.echo(f"The compile cache is warm: {programs} programs are kept.")


@author.command(name="try")
@FOLDER
@click.option("--show", is_flag=True, help="Print what a student would read of each sample.")
def try_(folder: Path, show: bool) -> None:
    """Grade the samples of FOLDER, each in a folder named for what is expected of it.

    Exit 0: all came out as expected. 1: some did not. 2: usage. 3: our failure.
    """
    from grader.author.trial import tried

    right = True
    try:
        exercise = wiring.choose(str(folder))
        for sample in tried(
            exercise, wiring.key(exercise), wiring.sandbox(exercise, 30.0, warm=True)
        ):
            right = right and sample.is_expected
            click.echo(sample.line)
            if show:
                from grader.screen.render import render

                lines = wiring.source(exercise, sample.file)
                render(sample.report, setup.console(), lines, {}, verbose=False)
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except GraderError as error:
        setup.fail(str(error), setup.EXIT_GRADER_ERROR)
    sys.exit(setup.EXIT_FULL if right else setup.EXIT_NOT_FULL)
