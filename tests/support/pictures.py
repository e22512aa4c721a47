"""Pictures of README.md, from a kept report: python -m tests.support.pictures [--check]."""

import io
import re
import sys
from typing import Any

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from grader import ROOT
from grader.classreport.patterns import Pattern
from grader.core import derived
from grader.html.class_map import class_map
from grader.html.environment import environment
from grader.screen.render import render
from tests.support.hostile_text import GOLDEN, golden

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


def map_of_samples() -> str:
    """The class report's map of the kept reports, by the report's own template and colours."""
    reports = [golden(path.stem) for path in sorted(GOLDEN.glob("*.json"))]
    ids = [check.id for check in reports[0].checks]
    scored = [(r.score, tuple(c.outcome for c in r.checks), r.submission.name) for r in reports]
    ordered = sorted(scored, key=lambda s: (-(s[0] or 0), s[1]))
    bands = [Pattern(n, o, score or 0, (who,)) for n, (score, o, who) in enumerate(ordered, 1)]
    parts: Any = environment().get_template("parts.html.j2").module
    label = f"{len(reports)} samples by the outcome of each check"
    svg = str(parts.class_map(class_map(bands, ids), label)).strip()
    css = (ROOT / "grader" / "html" / "templates" / "page.css").read_text("utf-8")
    own = "svg { background: var(--paper); color: var(--ink); font-family: sans-serif; }"
    style = f"<style>{css}{own}</style>"
    head, rest = svg.split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg">{style}{rest}\n'


def main() -> int:
    """Write the pictures, or tell whether they are current."""
    wanted = {FOLDER / "verdict.svg": verdict(), FOLDER / "map.svg": map_of_samples()}
    return derived.main("tests.support.pictures", wanted)


if __name__ == "__main__":
    sys.exit(main())
