"""Puts scores into a gradebook: whose row is whose is decided by ids, never by a name (trusted).

What is not certain is not written: it is listed, with the reason.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grader.core.errors import UsageError
from grader.core.text import printable
from grader.course.final import Final
from grader.course.student import INSTITUTIONS
from grader.gradebook.sheet import Gradebook, Line, is_rounded, number, plain_id
from grader.results.summary import Row, Summary
from grader.sources.entry import Owner

# A comment of ours; who adds to one adds a line.
OURS = re.compile(r"\d+(?:\.\d+)? of \d+(?:\.\d+)? points\.[^\r\n]*")

CANVAS, EXCUSED = "canvas", "EX"
Counting = tuple[Decimal | None, Decimal, bool]  # a score, the most, whether it is excused


@dataclass(frozen=True)
class Placed:
    """A result and the student's row that it belongs to."""

    row: Row
    owner: Owner
    line: Line


@dataclass(frozen=True)
class Filled:
    """A gradebook with grades in it; what was replaced, left as it was, or found no place."""

    data: bytes
    placed: tuple[Placed, ...]
    remarks: tuple[tuple[str, str], ...]
    untouched: tuple[tuple[str, str], ...]
    unplaced: tuple[tuple[str, str], ...]


def fill(
    gradebook: Gradebook,
    summary: Summary,
    comment: Callable[[Row], str],
    finals: Mapping[str, Final] | None = None,
) -> Filled:
    """Fill the grades, and comments where there is a column; raises UsageError if none fits.

    `finals` are the scores that count, where they are not the automatic ones.
    """
    counting = {row.id: counts(row, finals or {}) for row in summary.submissions}
    matched: dict[int, list[tuple[Row, Owner]]] = defaultdict(list)
    unplaced: list[tuple[str, str]] = []
    by_row = {line.row: line for line in gradebook.lines}
    reasons = {line.row: line.locked or "no submission" for line in gradebook.lines}
    reasons |= _refused(gradebook, summary)
    for row in summary.submissions:
        for owner in row.owners or (Owner("", row.id),):
            lines, doubt = _lines(gradebook, owner)
            if doubt:
                unplaced.append((row.id, doubt))
                reasons |= dict.fromkeys(lines, doubt)
            else:
                matched[lines[0]].append((row, owner))
    if not matched and not any(is_rounded(line.id) for line in gradebook.lines):
        raise UsageError(_no_match(unplaced))
    placed = []
    for place, results in sorted(matched.items()):
        line = by_row[place]
        (row, owner), *more = results
        if more:
            ids = ", ".join(sorted(r.id for r, _ in results))
            reasons[place] = f"several results: {ids}"
            unplaced += [(r.id, f"{printable(line.shown)} has several results") for r, _ in results]
        elif line.locked:
            reasons[place] = f"{line.locked}; the result is {row.id}"
            if not line.most:
                unplaced.append((row.id, line.locked))
        elif why := _without_grade(counting[row.id], gradebook.system, row):
            reasons[place] = why
        else:
            placed.append(Placed(row, owner, line))
            del reasons[place]
    data, remarks = _data(gradebook, placed, comment, counting)
    untouched = [(printable(by_row[place].shown), why) for place, why in sorted(reasons.items())]
    return Filled(data, tuple(placed), remarks, tuple(untouched), tuple(sorted(unplaced)))


def _data(
    gradebook: Gradebook,
    placed: Sequence[Placed],
    comment: Callable[[Row], str],
    counting: Mapping[str, Counting],
) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """Give the file, and a remark for each grade and comment that was another, or is kept."""
    values = {}
    remarks = [(printable(gradebook.title), note) for note in gradebook.notes]
    for each in placed:
        row, line = each.row, each.line
        score, most, excused = counting[row.id]
        if not excused and (score is None or not 0 <= score <= most or not most):
            raise UsageError(f"The summary gives {row.id} {score} of {most} points.")
        grade = EXCUSED if score is None else gradebook.written(score, most, line)
        before = gradebook.table.value(line.row, gradebook.grade).strip()
        values[line.row, gradebook.grade] = grade
        if before not in ("", "-") and number(before) != number(grade):
            remarks.append((printable(line.shown), f"{printable(before)} before, {grade} now"))
        if gradebook.comment is None:
            continue
        written = gradebook.table.value(line.row, gradebook.comment)
        if written.strip() and not OURS.fullmatch(written.strip()):
            remarks.append((printable(line.shown), "has a comment already, which is kept"))
            continue
        said = values[line.row, gradebook.comment] = comment(row)
        if written.strip() not in ("", said):
            remarks.append((printable(line.shown), "has a new comment for that of an earlier run"))
    return gradebook.table.changed(values), tuple(remarks)


def counts(row: Row, finals: Mapping[str, Final]) -> Counting:
    """The score that counts, out of how many, and whether none does because of an excuse."""
    final = finals.get(row.id)
    if final is None:
        score = None if row.score is None else Decimal(row.score)
        return score, Decimal(row.max_score), False
    score = None if final.score is None else Decimal(str(final.score))
    return score, Decimal(str(final.max_score)), final.state == "excused"


def _without_grade(counting: Counting, system: str, row: Row) -> str:
    """Why no grade is written, if none is; of platforms only Canvas takes an excuse."""
    score, _, excused = counting
    if excused:
        return "" if system == CANVAS else "excused, which is to be set there by hand"
    return f"no score: {row.reason or row.status}" if score is None else ""


def _lines(gradebook: Gradebook, owner: Owner) -> tuple[list[int], str]:
    """The rows that may be an owner's, and why that is not certain."""
    own, keys = owner.system == gradebook.system, {owner.email.lower()} - {""}
    if owner.system in INSTITUTIONS:
        keys.add(plain_id(owner.id).lower())
    same = [ln for ln in gradebook.lines if (ln.id == owner.id if own else ln.others & keys)]
    rows = [line.row for line in same]
    if len(same) != 1:
        return rows, f"several rows are {owner.id}" if same else f"no row is {owner.id}"
    there = same[0].name
    if own and not _one_name(owner.name, there):
        return rows, f"{owner.id} is {printable(there)} there, and handed in as {owner.name}"
    return rows, ""


def _refused(gradebook: Gradebook, summary: Summary) -> dict[int, str]:
    """Students whose submissions were refused, by row."""
    owners = [(owner, refused.reason) for refused in summary.refused for owner in refused.owners]
    found = [(_lines(gradebook, owner)[0], reason) for owner, reason in owners]
    return {row: f"refused: {reason}" for rows, reason in found for row in rows}


def _no_match(unplaced: Sequence[tuple[str, str]]) -> str:
    few = "".join(f"\n  {id}: {reason}" for id, reason in unplaced[:5])
    return f"No student of these results is in the gradebook: is it another assignment's?{few}"


def _one_name(one: str, other: str) -> bool:
    """Tell whether two names may be one: of the same letters, in whatever order.

    File names keep no marks and, on some sites, nothing but ASCII; Moodle puts a group's name and
    a hyphen before a member's.
    """
    if not one or not other:
        return True
    parts = one.split("-")
    names = ["-".join(parts[n:]) for n in range(len(parts))]
    folds = (_letters, _ascii) if one.isascii() else (_letters,)
    return any(fold(name) == fold(other) for name in names for fold in folds)


def _letters(name: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return sorted(c for c in decomposed if c.isalnum())


def _ascii(name: str) -> list[str]:
    return sorted(c for c in name.casefold() if c.isascii() and c.isalnum())
