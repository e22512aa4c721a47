"""The table of a bulk run: a row for each submission, and totals (trusted side).

Like a report it holds no clock, path of ours or host: the same submissions give the same bytes.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from grader import __version__
from grader.core.errors import UsageError
from grader.core.files import to_json
from grader.core.report import Report
from grader.core.text import clean
from grader.sources.entry import Owner, Refused

SCHEMA = "lift-grader/summary/1"
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # the last four are wide forms of = + - @


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One submission: whose it is, where its report is, what that says; a score may be withheld.

    `place` is where it lay in its source: of a class without owners, that says whose it is.
    `reason` says why there is no score.
    """

    id: str
    submission: str
    report: str
    status: str
    score: int | None
    max_score: int
    faults: tuple[str, ...]
    owners: tuple[Owner, ...] = ()
    place: str = ""
    reason: str = ""

    @classmethod
    def of(cls, id: str, report: Report) -> "Row":
        """Take a row from a report."""
        return cls(
            id,
            report.submission.name,
            f"reports/{id}.json",
            report.status,
            report.score,
            report.max_score,
            tuple(fault.id for fault in report.diagnosis.faults),
            reason="" if report.score is not None else clean(report.message),
        )


class Totals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the rows add up to; mean and median are null when there is no score."""

    submissions: int
    scored: int
    mean: float | None
    median: float | None
    statuses: dict[str, int]
    faults: dict[str, int]
    scores: dict[str, int]


class Summary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is said of many submissions at once."""

    schema: str
    grader: str
    exercise: str
    key: str
    submissions: tuple[Row, ...]
    totals: Totals
    refused: tuple[Refused, ...] = ()

    def to_json(self) -> bytes:
        """Give the summary's bytes: indented, in field order, with a final newline."""
        return to_json(self)


def build(
    rows: Sequence[Row], exercise: str, key: str, refused: tuple[Refused, ...] = ()
) -> Summary:
    """Put the rows in the order of their ids and add them up."""
    ordered = tuple(sorted(rows, key=lambda row: row.id))
    return Summary(SCHEMA, __version__, exercise, key, ordered, add_up(ordered), refused)


def read(folder: Path) -> Summary:
    """Read the summary of a bulk run; raises UsageError for a folder without one."""
    file = folder / "summary.json"
    try:
        summary = msgspec.json.decode(file.read_bytes(), type=Summary)
    except OSError:
        raise UsageError(f"{folder} holds no summary.json: it is no bulk run's --out.") from None
    except msgspec.MsgspecError as error:
        raise UsageError(f"{file} is no summary of this grader: {error}.") from None
    return summary


def add_up(rows: Sequence[Row]) -> Totals:
    """Count statuses, faults (commonest first) and scores."""
    scores = sorted(row.score for row in rows if row.score is not None)
    count = len(scores)
    middle = (scores[(count - 1) // 2] + scores[count // 2]) / 2 if scores else None
    mean = round(sum(scores) / count, 2) if scores else None
    return Totals(
        len(rows),
        count,
        mean,
        middle,
        _counted(row.status for row in rows),
        _counted(fault for row in rows for fault in row.faults),
        {str(score): scores.count(score) for score in sorted(set(scores))},
    )


def to_csv(rows: Sequence[Row], more: Mapping[str, Mapping[str, str]] | None = None) -> bytes:
    """Give the table as RFC 4180 has it, with no cell that a spreadsheet takes for a formula.

    `more` are further columns by their titles, and in each the cells by submissions' ids.
    """
    further = more or {}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    titles = ("id", "submission", "status", "score", "max_score", "faults", "report")
    writer.writerow((*titles, *further))
    for row in sorted(rows, key=lambda row: row.id):
        score = "" if row.score is None else row.score
        faults = " ".join(row.faults)
        cells = (row.id, row.submission, row.status, score, row.max_score, faults, row.report)
        added = (column.get(row.id, "") for column in further.values())
        writer.writerow([_inert(cell) for cell in (*cells, *added)])
    return text.getvalue().encode()


def _inert(cell: str | int) -> str | int:
    """An apostrophe in front makes a spreadsheet take a cell for text."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return f"'{cell}"
    return cell


def _counted(items: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(items).items(), key=lambda item: (-item[1], item[0])))
