"""`grader hint`: the next hint on what the last check found."""

import click

from grader.cli import setup
from grader.verdict.command import command


@click.command()
def hint() -> None:
    """Print the next hint on what the last `grader check` found.

    From level to level it tells more: the symptom, the concept, where to look in your file, the
    pattern on another example.
    """
    shown = setup.next_hint()
    if shown is None:
        setup.fail(
            "There is nothing to hint at: nothing was checked, or nothing was found. "
            f"`{command('check')}` checks.",
            setup.EXIT_USAGE,
        )
    setup.console().print(shown)
