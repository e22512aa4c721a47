"""`grader explain`: the page on a fault."""

import shutil
import textwrap

import click

from grader import wiring
from grader.cli import setup


@click.command()
@click.argument("fault", required=False)
def explain(fault: str | None) -> None:
    """Print the page on a fault: what happens, why, a wrong and a right pattern."""
    pages = setup.last_exercise().wording.faults
    if fault is not None and fault not in pages:
        pages = wiring.exercise().wording.faults
    if fault not in pages:
        listing = "\n".join(f"  {id:<26}{page.title}" for id, page in pages.items())
        if fault is None:
            click.echo(f"The faults that a report may name:\n{listing}")
            return
        import difflib

        close = difflib.get_close_matches(fault, pages, n=1)
        also = f" Did you mean {close[0]}?" if close else f" There are:\n{listing}"
        setup.fail(f"There is no fault {fault}.{also}", setup.EXIT_USAGE)
    page = pages[fault]
    click.echo(
        f"{fault}: {page.title}\n\n{_wrapped(page.what)}\n\n{_wrapped('Why. ' + page.why)}\n"
    )
    for label, code in (("Wrong", page.wrong), ("Right", page.right)):
        click.echo(f"{label}:\n" + "\n".join(f"    {line}" for line in code.strip().splitlines()))
    click.echo("\n" + _wrapped(f"Ask yourself: {page.hint}"))


def _wrapped(text: str) -> str:
    """Break lines between words, for this terminal."""
    return textwrap.fill(text, shutil.get_terminal_size().columns, break_on_hyphens=False)
