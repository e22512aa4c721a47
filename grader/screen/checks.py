"""The checks, a line each: mark, points, name, and what there is to say of it."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from grader.screen.lines import hanging
from grader.screen.marks import OUTCOMES
from grader.verdict.check_lines import CheckLine


def checks(lines: Sequence[CheckLine], console: Console) -> Iterator[Text]:
    """Give the lines of the checks, as wide as the console."""
    points = [f"{line.points}/{line.max_points}" for line in lines]
    wide = max(map(len, points), default=0)
    for line, earned in zip(lines, points, strict=True):
        mark, colour = OUTCOMES[line.outcome]
        lead = Text.assemble("  ", (mark, colour), f"  {earned:>{wide}}  ")
        body = f"{line.names}: {line.said}" if line.said else line.names
        yield from hanging(lead, Text(body), console)
