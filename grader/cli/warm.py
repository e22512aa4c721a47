"""`grader warm`: programs that every check needs, compiled beforehand."""

import subprocess

import click

from grader.cli import setup


@click.command()
def warm() -> None:
    """Fill JAX's compile cache with what every check needs, from a neutral program of ours.

    Takes half a minute, once for a version of JAX; without it, each check compiles anew.
    """
    from grader import cache
    from grader.warm import SUFFIX

    place = cache.location()
    try:
        cache.fill(place, setup.exercise().warmup)
    except (OSError, subprocess.CalledProcessError) as error:
        setup.fail(f"The compile cache could not be filled: {error}", setup.EXIT_GRADER_ERROR)
    programs = len(list(place.glob(f"*{SUFFIX}")))
    click.echo(f"The compile cache is warm: {programs} programs are kept.")
