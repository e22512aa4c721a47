"""Keeps beside the results what the rules need later, and writes the tables (trusted side)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from grader.core.report import from_json
from grader.course import finals as settled
from grader.course import handed_in
from grader.course.final import Final, Number
from grader.course.finals import Finals
from grader.course.handed_in import Attempt, File, HandedIn
from grader.course.stamp import Stamp
from grader.course.student import Student, student_of
from grader.course.words import shown
from grader.results.store import REPORTS
from grader.results.summary import Summary, to_csv
from grader.sources.entry import Entry, Owner

Write = Callable[[Path, bytes], None]  # a file, whole


def keep(
    folder: Path,
    entries: Iterable[Entry],
    stamps: Mapping[str, Stamp],
    rosters: Sequence[Sequence[Student]],
    write: Write,
) -> None:
    """Note who handed in what and when, and keep a copy of each report under its file's digest."""
    known = handed_in.read(folder)
    for entry in entries:
        try:
            data = (folder / REPORTS / f"{entry.id}.json").read_bytes()
        except FileNotFoundError:
            continue  # left to another run
        sha256 = from_json(data).submission.sha256
        before = known.get(entry.id, HandedIn())
        stamp = stamps.get(entry.id)
        owners = entry.owners or (Owner("", entry.id),)
        known[entry.id] = _told(before, sha256, owners, stamp, rosters)
        path = handed_in.attempt_path(folder, entry.id, sha256)
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, data)
    write(folder / handed_in.NAME, File(submissions=known).to_json())


def _told(
    before: HandedIn,
    sha256: str,
    owners: Sequence[Owner],
    stamp: Stamp | None,
    rosters: Sequence[Sequence[Student]],
) -> HandedIn:
    """Add what a source and rosters tell of a submission; the time of the last roster goes first.

    The members of a group have one time, or it is not known which one counts.
    """
    students = []
    for roster in rosters:
        found = [s for owner in owners if (s := student_of(roster, owner)) is not None]
        times = {s.stamp for s in found if s.stamp is not None}
        stamp = times.pop() if len(times) == 1 else stamp
        students += found
    unread = next((s.unread for s in students if s.unread), "")
    sections = sorted({s.section for s in students if s.section})
    addresses = {s.email for s in students} | {o.email for o in owners}
    attempt = Attempt(sha256, unread=unread)
    if stamp is not None:
        attempt = Attempt(sha256, stamp.at, stamp.late, stamp.by, told=stamp.told)
    return HandedIn(
        " + ".join(sections) or before.section,
        tuple(sorted(addresses - {""})) or before.addresses,
        before.attempts,
    ).with_attempt(attempt)


def tables(folder: Path, summary: Summary, finals: Finals | None, write: Write) -> None:
    """Write grades.csv and final.json; without rules, grades.csv alone."""
    path = folder / settled.NAME
    if finals is None:
        path.unlink(missing_ok=True)
        write(folder / "grades.csv", to_csv(summary.submissions))
        return
    write(path, finals.to_json())
    write(folder / "grades.csv", to_csv(summary.submissions, columns(finals)))


def columns(finals: Finals) -> dict[str, dict[str, str]]:
    """What grades.csv says of the scores that count."""
    cells: dict[str, Callable[[Final], str]] = {
        "final": lambda f: "excused" if f.state == "excused" else _shown(f.score),
        "final_max": lambda f: _shown(f.max_score),
        "without_late": lambda f: _shown(f.without_late),
        "section": lambda f: f.section,
        "handed_in": _handed_in,
        "days_late": lambda f: _count(f.timing.days if f.timing else None),
        "free_days": lambda f: _count(f.timing.free_days if f.timing else None),
        "why": lambda f: " ".join(step.said for step in f.steps),
        "look_at": lambda f: "; ".join((*f.unknown, *f.warnings)),
    }
    return {title: {f.id: cell(f) for f in finals.finals} for title, cell in cells.items()}


def _handed_in(final: Final) -> str:
    at = final.timing.handed_in if final.timing else None
    return "" if at is None else at.isoformat()


def _shown(value: Number | None) -> str:
    return "" if value is None else shown(value)


def _count(value: int | None) -> str:
    return "" if value is None else str(value)
