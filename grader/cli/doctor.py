"""`grader doctor`: the walls of this machine."""

import sys

import click

from grader.cli import setup


@click.command()
def doctor() -> None:
    """Tell which walls this machine puts around a submission, and try them.

    Exit 0: all hold. 1: one is missing, or something came through.
    """
    from grader.doctor import examine

    with setup.sandbox(timeout=60) as sandbox:
        examination = examine(sandbox)
    click.echo("\n".join(examination.lines()))
    sys.exit(setup.EXIT_FULL if examination.holds else setup.EXIT_NOT_FULL)
