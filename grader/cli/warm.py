"""`grader warm`: programs that every check needs, compiled beforehand."""

import subprocess

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import UsageError


@click.command()
def warm() -> None:
    """Fill JAX's compile cache with what every check needs, from a neutral program of ours.

    Takes half a minute, once for a version of JAX; without it, each check compiles anew.
    """
    from grader.sandbox import cache
    from grader.worker.programs import SUFFIX

    exercise = wiring.exercise()
    place = wiring.cache(exercise)
    try:
        cache.fill(place, exercise.warmup, exercise.sizes(wiring.key(exercise)))
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except (OSError, subprocess.CalledProcessError) as error:
        setup.fail(f"The compile cache could not be filled: {error}", setup.EXIT_GRADER_ERROR)
    programs = len(list(place.glob(f"*{SUFFIX}")))
    click.echo(f"The compile cache is warm: {programs} programs are kept.")
