"""The few drawn characters, or their ASCII likeness where the encoding lacks them."""

from dataclasses import dataclass

from rich.console import Console

# The words carry the meaning. Colours are the terminal's own, so they fit light and dark.
OUTCOMES = {"passed": ("ok", "green"), "failed": ("NO", "bold red"), "skipped": ("--", "")}


@dataclass(frozen=True)
class Marks:
    """What bars are made of; a minus bar is a number below zero."""

    bar: str
    minus: str
    wanted: str


DRAWN = Marks("█", "░", "│")
ASCII = Marks("#", "-", "|")


def marks(console: Console) -> Marks:
    """Give the marks that this console's encoding can carry: cp437 has them, cp1252 has not."""
    try:
        "".join((DRAWN.bar, DRAWN.minus, DRAWN.wanted)).encode(console.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return DRAWN
