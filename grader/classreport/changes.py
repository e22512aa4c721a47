"""What a regrade changed: who gained or lost points, and by which check (pure, trusted side)."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import structs

from grader.core.files import to_json
from grader.core.report import Report
from grader.results.read import Results

SCHEMA = "lift-grader/comparison/1"


class CheckChange(msgspec.Struct, frozen=True):
    """A check whose outcome or points are others; a check that was not there has no outcome."""

    id: str
    before: str
    after: str
    points: int


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One submission before and after; `points` is None where a score was or is withheld.

    `counts` says what counts, before and after, where that has changed, whatever the reason;
    `addresses` are those to write to, where the platform told them.
    """

    id: str
    score_before: int | None
    score_after: int | None
    points: int | None
    status_before: str
    status_after: str
    checks: tuple[CheckChange, ...]
    faults_gone: tuple[str, ...]
    faults_new: tuple[str, ...]
    resubmitted: bool  # the file is another one
    counts: tuple[str, str] | None = None
    addresses: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Tell whether there is nothing to tell."""
        before = (self.score_before, self.status_before)
        same = before == (self.score_after, self.status_after)
        same = same and self.counts is None
        return same and not (self.checks or self.faults_gone or self.faults_new)

    @property
    def to_tell(self) -> bool:
        """Tell whether the score is another one: what counts, where rules decide that."""
        return self.counts is not None or self.score_before != self.score_after


class Comparison(msgspec.Struct, frozen=True):
    """All changes, the greatest loss first; `notes` say what the runs themselves differ in."""

    schema: str
    notes: tuple[str, ...]
    gained: int
    lost: int
    unchanged: int
    changes: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    def to_json(self) -> bytes:
        """Give its bytes: indented, in field order, with a final newline."""
        return to_json(self)


def compare(
    old: Results,
    new: Results,
    counting: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    addresses: Mapping[str, tuple[str, ...]] | None = None,
) -> Comparison:
    """Compare two runs, submission by submission, by their ids.

    `counting` says what counts in each, by ids, where rules or corrections decide that.
    """
    before, after = ({row.id for row in r.summary.submissions} for r in (old, new))
    found = []
    for id in sorted(before & after):
        made = change(id, old.load(id).report, new.load(id).report)
        was, now = (
            counts.get(id, _plain(score))
            for counts, score in zip(counting, (made.score_before, made.score_after), strict=True)
        )
        if was != now and (id in counting[0] or id in counting[1]):
            made = structs.replace(made, counts=(was, now))
        if addresses and made.to_tell:
            made = structs.replace(made, addresses=addresses.get(id, ()))
        found.append(made)
    changes = sorted((c for c in found if not c.nothing), key=lambda c: (c.points or 0, c.id))
    return Comparison(
        SCHEMA,
        tuple(_notes(old, new)),
        sum((c.points or 0) > 0 for c in changes),
        sum((c.points or 0) < 0 for c in changes),
        len(found) - len(changes),
        tuple(changes),
        tuple(sorted(before - after)),
        tuple(sorted(after - before)),
    )


def change(id: str, old: Report, new: Report) -> Change:
    """Compare two reports of one submission."""
    both = old.score is not None and new.score is not None
    was, now = ([f.id for f in report.diagnosis.faults] for report in (old, new))
    return Change(
        id,
        old.score,
        new.score,
        (new.score or 0) - (old.score or 0) if both else None,
        old.status,
        new.status,
        tuple(_checks(old, new)),
        tuple(fault for fault in was if fault not in now),
        tuple(fault for fault in now if fault not in was),
        old.submission.sha256 != new.submission.sha256,
    )


def _plain(score: int | None) -> str:
    return "no score" if score is None else str(score)


def _checks(old: Report, new: Report) -> Iterable[CheckChange]:
    before, after = ({c.id: (c.outcome, c.points) for c in r.checks} for r in (old, new))
    for id in dict.fromkeys((*before, *after)):
        (was, had), (now, has) = before.get(id, ("", 0)), after.get(id, ("", 0))
        if (was, had) != (now, has):
            yield CheckChange(id, was, now, has - had)


def _notes(old: Results, new: Results) -> Iterable[str]:
    if old.summary.exercise != new.summary.exercise:
        yield f"The exercises differ: {old.summary.exercise}, then {new.summary.exercise}."
    if old.summary.grader != new.summary.grader:
        yield f"The graders differ: {old.summary.grader}, then {new.summary.grader}."
    if old.summary.key != new.summary.key:
        yield "The answer keys differ: other cases, another secret or another version of JAX."
