"""One report as a fragment of HTML: what the first screen of a terminal shows, with pictures.

It stands in a notebook's output or in a page, light or dark: text has the colour of what is around
it, and only bars and rules have colours of their own, which read on both.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from grader.core.report import Report
from grader.html.environment import environment
from grader.html.picture import draw
from grader.verdict.view import look

if TYPE_CHECKING:
    from markupsafe import Markup

MARKS = {"passed": "✓", "failed": "✗", "skipped": "○"}


def verdict_html(
    report: Report,
    source: Sequence[str] = (),
    printed: Mapping[str, str] | None = None,
    *,
    shell: str = "",
    styled: bool = True,
    verbose: bool = False,
    more: str = "",
) -> "Markup":
    """Give the fragment; `source` are the lines of the student's file, for the one quoted.

    `printed` is what it printed in public cases, by case. `shell` is what stands before a command
    where the fragment is read: `!` in a notebook. It brings its style, unless the page has it.
    `more` is how all of it is asked for there, if it can be.
    """
    from markupsafe import Markup

    view = look(report, source, printed, verbose)
    bars = draw(view.failure.bars) if view.failure and view.failure.bars else None
    template = environment().get_template("verdict.html.j2")
    asks = [f"{shell}{command}" for command in view.commands]
    asks += [more] if view.failure is not None and more and not verbose else []
    parts = {"bars": bars, "marks": MARKS, "styled": styled, "asks": asks}
    return Markup(template.render(view=view, **parts))
