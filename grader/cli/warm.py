"""`grader warm`: programs that every check needs, compiled beforehand."""

import subprocess
import sys

import click

from grader.cli import setup


@click.command()
def warm() -> None:
    """Fill JAX's compile cache with what every check needs, from a neutral program of ours.

    Takes half a minute, once for a version of JAX; without it, each check compiles anew.
    """
    from grader import cache
    from grader.environment import environment

    try:
        with cache.filling(cache.location()) as place:
            subprocess.run(
                [sys.executable, "-P", "-m", "grader.fill", str(setup.exercise().warmup)],
                env=environment(place, fill_cache=True),
                check=True,
            )
            programs = sum(1 for _ in place.iterdir())
    except (OSError, subprocess.CalledProcessError) as error:
        setup.fail(f"The compile cache could not be filled: {error}", setup.EXIT_GRADER_ERROR)
    click.echo(f"The compile cache is warm: {programs} programs are kept.")
