"""Carries out `grader correct`: checks a correction, notes what it is based on, adds it (trusted).

Nothing is written before all of it is known to be right.
"""

import difflib
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.core.files import write_whole
from grader.core.report import GRADABLE
from grader.course import correction as corrections
from grader.course import finals as settled
from grader.course import keep, read
from grader.course.correction import Correction
from grader.course.final import Final
from grader.course.finals import Rules
from grader.course.verdict import verdict
from grader.course.words import shown
from grader.results.summary import Summary


def correct(
    exercise: Exercise, folder: Path, summary: Summary, new: Correction
) -> tuple[str, Final]:
    """Add a correction and write the tables; gives a sentence, and the score that counts now."""
    rows = {row.id: row for row in summary.submissions}
    if new.id not in rows:
        close = difflib.get_close_matches(new.id, rows, n=1)
        also = f" Did you mean {close[0]}?" if close else ""
        raise UsageError(f"There is no submission with the id {new.id}.{also}")
    if new.problem:
        raise UsageError(_problem(new))
    rules = settled.rules(folder, read.worth_of(exercise))
    before = _settled(folder, summary, rules, new.id)
    if (
        new.by_hand is not None
        and before.attempt_score is not None
        and rows[new.id].status in (GRADABLE)
    ):
        raise UsageError(f"{new.id} was graded: --score gives another score, or --check a check.")
    if new.check and before.attempt_score is None:
        raise UsageError(f"The run of {new.id} failed, and no check has points: see --by-hand.")
    settled.check(new, rules, before.max_score)
    new = structs.replace(new, sha256=before.sha256, automatic=before.attempt_score)
    corrections.of((*rules.corrections, new), new.id)
    line = corrections.add(folder, new)
    rules = replace(rules, corrections=corrections.read(folder))
    finals = settled.settle(folder, summary, rules)
    keep.tables(folder, summary, finals, write_whole)
    after = _settled(folder, summary, rules, new.id)
    was = "excused" if before.state == "excused" else shown(before.score)
    now = verdict(after)
    said = f"{new.id}: {was} before, now {now[0].lower()}{now[1:]} {corrections.NAME}, line {line}."
    return said, after


def _problem(new: Correction) -> str:
    if not new.reason.strip():
        return "--reason says nothing, and the student reads it."
    return (
        "Say one thing: --check CHECK --points N, --score N, --excused, or --by-hand N."
        if "one of" in new.problem
        else "--check CHECK and --points N go together."
    )


def _settled(folder: Path, summary: Summary, rules: Rules, id: str) -> Final:
    """What counts of one submission, by rules or without any."""
    only = structs.replace(
        summary, submissions=tuple(row for row in summary.submissions if row.id == id)
    )
    found = settled.settle(folder, only, rules, always=True)
    assert found is not None
    return found.finals[0]
