"""The page of one submission: it may be shown to the one who handed it in (trusted side).

Of hidden cases it says what the report says, and nothing else is in it.
"""

from typing import Literal

from grader.classreport.anonymous import Mask
from grader.classreport.changes import Change
from grader.core.place import in_words
from grader.core.report import Report
from grader.course.final import Final
from grader.course.verdict import verdict
from grader.html.page import page
from grader.html.verdict import verdict_html
from grader.results.read import Result
from grader.verdict.failure import line_of

LINES, COLUMNS = 1_000, 400  # of a source, on its page


def submission_page(
    result: Result,
    name: str,
    title: str,
    mask: Mask | None,
    since: Change | Literal["new"] | None = None,
    final: Final | None = None,
) -> bytes:
    """Give the page's bytes; with a mask, without what tells whose it is."""
    source = tuple(line[:COLUMNS] for line in result.source[:LINES])
    report, printed = result.report, result.behaviour.printed
    no_source = "There is no source here."
    if mask is not None:
        report, printed = mask.report(report, name), {}
        source = mask.source(source)
        no_source = "It is left out: comments could not be told from code."
    return page(
        "submission.html.j2",
        name=name,
        title=title,
        verdict=verdict_html(report, source, styled=False, verbose=True),
        notes=_notes(result.report) if source else {},
        place=lambda line: in_words(line, report.submission.places),
        source=source,
        more=max(0, len(result.source) - LINES) if source else 0,
        no_source=no_source,
        printed=printed,
        since=since,
        final=final,
        counts="" if final is None else verdict(final),
    )


def _notes(report: Report) -> dict[int, str]:
    """What is said of a line of the source."""
    notes: dict[int, str] = {}
    said = [(f.line, f.title) for f in report.diagnosis.faults]
    said += [(a.line, f"advice: {a.id}") for a in report.advice]
    said += [(line_of(report), report.status)] if report.status != "graded" else []
    for line, text in said:
        if line and line <= LINES:
            notes[line] = f"{notes[line]}; {text}" if line in notes else text
    return dict(sorted(notes.items()))
