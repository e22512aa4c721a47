"""Writes the class report: index.html, and pages/ with one page a submission (trusted side).

What is written can be written again from the results, so it is not synced to the disk file by file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from grader.classreport import changes
from grader.classreport.changes import Change
from grader.classreport.model import ClassReport, build
from grader.core.exercise import Exercise
from grader.core.files import write_whole
from grader.course.finals import Finals
from grader.html.class_page import PAGES, class_page
from grader.html.submission_page import submission_page
from grader.results.read import Results

INDEX = "index.html"
OURS = b'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv='


def write(
    exercise: Exercise,
    results: Results,
    out: Path,
    *,
    anonymous: bool = False,
    since: Results | None = None,
    finals: Finals | None = None,
) -> Path:
    """Write all pages into a folder, remove pages of submissions that are gone; gives the index."""
    report = build(exercise, results, anonymous=anonymous, finals=finals)
    pages = out / PAGES
    pages.mkdir(parents=True, exist_ok=True)
    written = set()
    for name, data in _pages(report, results, since):
        _put(pages / f"{name}.html", data)
        written.add(f"{name}.html")
    for path in pages.glob("*.html"):
        if path.name not in written and path.read_bytes().startswith(OURS):
            path.unlink()
    _put(out / INDEX, class_page(report))
    return out / INDEX


def _pages(
    report: ClassReport, results: Results, since: Results | None
) -> Iterator[tuple[str, bytes]]:
    earlier = {row.id for row in since.summary.submissions} if since else set()
    mask = report.mask if report.anonymous else None
    for result in results:
        change: Change | Literal["new"] | None = None
        if since is not None:
            change = "new"
            if result.id in earlier:
                before = since.load(result.id).report
                change = changes.change(result.id, before, result.report)
        name = report.names[result.id]
        final = report.finals.get(result.id)
        yield name, submission_page(result, name, report.title, mask, change, final)


def _put(path: Path, data: bytes) -> None:
    """Replace a file whole; one that is as it should be stays."""
    if path.is_file() and path.read_bytes() == data:
        return
    write_whole(path, data, durable=False)
