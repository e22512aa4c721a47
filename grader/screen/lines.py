"""Text on lines of a terminal's width: hanging indents, blocks side by side, no trailing blanks."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

NARROWEST = 16  # columns for a text, however narrow the terminal
GAP = 4  # columns between blocks


def put(lines: Iterable[Text], console: Console) -> None:
    """Print lines as they are, but for blanks at their ends."""
    for line in lines:
        line.rstrip()
        console.print(line, soft_wrap=True)


def hanging(lead: Text, body: Text, console: Console) -> Iterator[Text]:
    """Wrap a text behind a lead; the lines that follow begin where the text began."""
    room = max(NARROWEST, console.width - lead.cell_len)
    for number, line in enumerate(body.wrap(console, room) or [Text()]):
        yield Text.assemble(Text(" " * lead.cell_len) if number else lead, line)


def wrapped(text: str, console: Console, style: str = "") -> Iterator[Text]:
    """Wrap a text from the margin on."""
    return hanging(Text(), Text(text, style=style), console)


def packed(label: str, texts: Iterable[str], console: Console) -> Iterator[Text]:
    """As many texts on each line as fit; none is broken, so that it can be copied."""
    line, start = label, True
    for text in texts:
        longer = f"{line}   {text}"
        if start or cell_len(longer) <= console.width:
            line, start = (f"{line} {text}" if start else longer), False
        else:
            yield Text(line)
            line = f"{' ' * len(label)} {text}"
    if not start:
        yield Text(line)


def beside(left: list[Text], right: list[Text], width: int) -> list[Text]:
    """Two blocks side by side where the width allows, otherwise one under the other."""
    start = max((line.cell_len for line in left), default=-GAP) + GAP
    if start + max((line.cell_len for line in right), default=0) > width:
        return [*left, *right]
    joined = []
    for one, other in zip_longest(left, right, fillvalue=Text()):
        joined.append(Text.assemble(one, " " * (start - one.cell_len), other))
    return joined
