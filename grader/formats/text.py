"""What a person reads, without a terminal: the verdict, and what the report shows in full."""

import io

from rich.console import Console

from grader.core.report import NOT_RUN, CheckResult, Report
from grader.core.text import clean, inert
from grader.formats.delivery import Context
from grader.screen.render import print_details
from grader.verdict.view import look, verdict

WIDTH = 88
MAX_TEXT = 32_000  # characters; CI drops or cuts what is far longer
MAX_LINE = 2_000
WITHHELD = "The score is withheld; nothing was taken away."
NOTHING_RUN = "Nothing was run, so there is no score."


def heading(report: Report) -> str:
    """The verdict: how it ended, in a sentence."""
    said = inert(verdict(report))
    return said if report.score is not None else f"{said} {no_score(report)}"


def no_score(report: Report) -> str:
    """Why a report without a score has none."""
    return NOTHING_RUN if report.status == NOT_RUN else WITHHELD


def details(report: Report, context: Context) -> str:
    """One failure in full, what else was found, and the advice; may be empty."""
    view = look(report, context.source, context.printed, verbose=True)
    file = io.StringIO()
    print_details(view, Console(file=file, width=WIDTH, markup=False, highlight=False, emoji=False))
    lines = [inert(line.rstrip()) for line in file.getvalue().splitlines()]
    text = "\n".join(lines).strip("\n")
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT].rpartition("\n")[0] + "\n(cut here)"


def whole(report: Report, context: Context) -> str:
    """The verdict and the details."""
    return "\n\n".join(filter(None, (heading(report), details(report, context))))


def message(check: CheckResult) -> str:
    """What a check says, on one line."""
    return one_line(check.said)


def one_line(words: str) -> str:
    """Any text, bounded, on one line that nothing obeys."""
    return clean(words, MAX_LINE)
