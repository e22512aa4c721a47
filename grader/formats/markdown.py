"""A report in Markdown, for summaries and release notes: a student's text is code, never markup."""

import re

from grader.core.report import CheckResult, Report
from grader.formats import text
from grader.formats.delivery import Context
from grader.verdict.view import reachable

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&@#$:!])")


def summary(report: Report, context: Context) -> str:
    """Points, a table of the checks, and one failure in full."""
    parts = [f"### {_points(report)}", _code(text.heading(report))]
    if report.checks:
        rows = ["| check | | points |", "|---|---|---:|", *map(_row, report.checks)]
        parts.append("\n".join(rows))
    if shown := text.details(report, context):
        parts.append(_fenced(shown))
    return "\n\n".join(parts) + "\n"


def _points(report: Report) -> str:
    if report.score is None:
        return f"No score. {text.no_score(report)}"
    return f"{report.score} of {reachable(report)} points"


def _row(check: CheckResult) -> str:
    if check.later:
        return f"| {_escaped(check.title)} | later | {check.max_points} |"
    points = f"{check.points} of {check.max_points}"
    return f"| {_escaped(check.title)} | {check.outcome} | {points} |"


def _escaped(words: str) -> str:
    """Our own words, none of which is to act as markup."""
    return _MARKUP.sub(r"\\\1", text.one_line(words))


def _code(line: str) -> str:
    """A span of code that what is in it cannot end."""
    ticks = "`" * (_longest_run(line) + 1)
    return f"{ticks} {line} {ticks}"


def _fenced(block: str) -> str:
    """A block of code that what is in it cannot end."""
    fence = "`" * max(3, _longest_run(block) + 1)
    return f"{fence}text\n{block}\n{fence}"


def _longest_run(words: str) -> int:
    return max((len(run) for run in re.findall("`+", words)), default=0)
