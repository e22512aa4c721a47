"""Pictures of README.md, from a kept report: python -m tests.support.pictures [--check]."""

import io
import re
import sys

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from grader import ROOT
from grader.core import derived
from grader.screen.render import render
from tests.support.hostile_text import golden

FOLDER = ROOT / "docs" / "pictures"
SHOWN = "late-bound-lambda+sum-not-mean"  # tests/golden/ has its report
SAMPLES = ROOT / "tests" / "submissions" / SHOWN
COLUMNS = 80
FONT_FACE = re.compile(r"@font-face\s*\{.*?\}\s*", re.S)


def verdict() -> str:
    """What `grader check` prints of the report, as a picture that needs nothing from elsewhere."""
    report = golden(SHOWN)
    name = report.submission.name
    source = (SAMPLES / name).read_text("utf-8").splitlines()
    console = Console(
        record=True,
        width=COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
    )
    render(report, console, source)
    console.print()  # or the last line is cut
    svg = console.export_svg(
        title=f"grader check {name}", theme=DEFAULT_TERMINAL_THEME, unique_id="verdict"
    )
    return FONT_FACE.sub("", svg) + "\n"


def main() -> int:
    """Write the pictures, or tell whether they are current."""
    return derived.main("tests.support.pictures", {FOLDER / "verdict.svg": verdict()})


if __name__ == "__main__":
    sys.exit(main())
