"""What a student reads in the gradebook: a comment, and a report as a file (trusted side).

A comment is one line that a spreadsheet takes for text and a browser for words.
"""

import html
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from grader.core.errors import UsageError
from grader.core.report import Report, from_json
from grader.core.text import clean
from grader.course.final import Final
from grader.course.verdict import verdict
from grader.course.words import shown
from grader.gradebook.fill import Placed
from grader.results.summary import Row
from grader.screen.render import render
from grader.sources import moodle
from grader.sources.find import tree, views
from grader.sources.tree import Tree

WIDTH = 80
MAX_COMMENT = 2000
NAME = "feedback.txt"
_DATE = (1980, 1, 1, 0, 0, 0)


def report(results: Path, row: Row) -> Report:
    """Read the report of a row; raises UsageError where it is not at hand."""
    import msgspec

    try:
        return from_json((results / "reports" / f"{row.id}.json").read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(f"The report of {row.id} cannot be read: {error}.") from None


def comment(report: Report, final: Final | None = None) -> str:
    """The score, and for each fault its title and its question, as one line of HTML.

    With the score that counts, what led from the automatic one to it.
    """
    parts = [f"{report.score} of {report.max_score} points."]
    if final is not None and final.score is not None:
        parts = [f"{shown(final.score)} of {shown(final.max_score)} points."]
        parts += [step.said for step in final.steps]
    if report.status != "graded":
        parts.append(f"{report.status}: {clean(report.message)}")
    parts += [f"{fault.title}: {fault.hint}" for fault in report.diagnosis.faults]
    text = clean(" ".join(part.strip() for part in parts))
    return html.escape(text[:MAX_COMMENT], quote=False)


def text(report: Report, final: Final | None = None) -> bytes:
    """The report as a person reads it; above it the score that counts, where it is another."""
    out = io.StringIO()
    console = Console(file=out, width=WIDTH, color_system=None, markup=False, emoji=False)
    if final is not None:
        console.print(f"{verdict(final)}\n")
        for number, step in enumerate(final.steps, 1):
            console.print(f"{number}. {step.said}")
        console.print("\nWhat follows is the automatic report.\n" if final.steps else "")
    render(report, console, verbose=True)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).encode() + b"\n"


def archive(
    original: Path,
    placed: Sequence[Placed],
    reports: Sequence[Report],
    finals: Mapping[str, Final] | None = None,
) -> bytes:
    """A zip of reports in the folders of the submissions' zip, the same bytes each time.

    Moodle knows a participant by the number in a folder's name, so the names stay.
    """
    folders = _folders(original)
    files = {}
    for each, said in zip(placed, reports, strict=True):
        folder = folders.get(each.owner.id)
        if folder is None:
            raise UsageError(f"There is no submission of {each.row.id} in {original.name}.")
        files[f"{folder}{NAME}"] = text(said, (finals or {}).get(each.row.id))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as opened:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system, info.external_attr = 3, 0o644 << 16
            opened.writestr(info, files[name])
    return data.getvalue()


def _folders(original: Path) -> dict[str, str]:
    """What comes before a file's name in Moodle's zip, by participant: a folder, or a prefix."""
    whole = tree(original)
    found: dict[str, str] = {}
    for view in views(whole) if whole is not None else ():
        found = _known(view)
        if found:
            break
    if not found:
        raise UsageError(f"{original.name} holds no submissions that Moodle packed.")
    return found


def _known(view: Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for top, below in view.by_top().items():
        known = moodle.PATTERN.fullmatch(top)
        if known is None:
            continue
        flat = len(below[0].path.parts) == 1 and not below[0].is_folder
        start = "_".join((known["name"], known["id"], "assignsubmission", known["plugin"], ""))
        if known["plugin"] == "file" or known["id"] not in found:
            found[known["id"]] = start if flat else f"{top}/"
    return found
