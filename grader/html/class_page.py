"""The class report as one page (trusted side)."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from grader.classreport.model import ClassReport, Unnamed
from grader.classreport.overview import Bin
from grader.course.final import Final
from grader.course.words import shown
from grader.html.class_map import class_map
from grader.html.histogram import histogram, label
from grader.html.page import page
from grader.html.picture import Drawing, draw
from grader.verdict.failure import Bars

MARKS = {"passed": "✓", "failed": "✗", "skipped": "○"}
PAGES = "pages"
NOTHING = "\N{EN DASH}"


@dataclass(frozen=True)
class Listed:
    """One submission in the table; `key` is what a filter finds it by."""

    name: str
    status: str
    score: int | None
    faults: tuple[str, ...]
    answer: int | None  # the number of its cluster
    key: str
    counts: str = ""
    section: str = ""
    days_late: str = ""


def class_page(report: ClassReport) -> bytes:
    """Give the page's bytes."""
    checks = [id for id, _ in report.checks]
    most = max((len(n.found.students) for n in report.misconceptions), default=1)
    return page(
        "class.html.j2",
        script="class.js",
        report=report,
        rows=_rows(report),
        histogram=histogram(report.overview.scores),
        map=class_map(report.patterns, checks),
        sections=[(section, class_map(section.patterns, checks)) for section in report.sections],
        shared=[c for c in report.clusters if len(c.found.students) > 1],
        single=[c for c in report.clusters if len(c.found.students) == 1],
        most=most,
        points=points,
        plural=plural,
        bars=_bars,
        marks=MARKS,
        pages=PAGES,
    )


def points(value: Fraction) -> str:
    """Points of the class, rounded to whole ones."""
    return f"{round(value):,}"


def plural(count: int, noun: str) -> str:
    """A number and its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _bars(unnamed: Unnamed) -> Drawing | None:
    picture = unnamed.report.diagnosis.picture
    return None if picture is None else draw(Bars.of(picture))


def _rows(report: ClassReport) -> list[Listed]:
    keys: dict[str, list[str]] = defaultdict(list)
    answers: dict[str, int] = {}
    for pattern in report.patterns:
        for id in pattern.students:
            keys[id].append(f"pattern:{pattern.number}")
    for unnamed in report.clusters:
        for id in unnamed.found.students:
            keys[id].append(f"answer:{unnamed.found.number}")
            answers[id] = unnamed.found.number
    rows = []
    for f in report.facts:
        scored = [f"score:{label(b)}" for b in report.overview.scores if _lies(f.score, b)]
        found = [f"status:{f.status}", *scored, *(f"fault:{id}" for id in f.faults), *keys[f.id]]
        name = report.names[f.id]
        answer = answers.get(f.id)
        rules = _rules(report.finals[f.id]) if f.id in report.finals else ("", "", "")
        found += [f"section:{part}" for part in rules[1].split()]
        steps = report.finals[f.id].steps if f.id in report.finals else ()
        found += [f"rule:{rule}" for rule in sorted({step.rule for step in steps})]
        row = Listed(name, f.status, f.score, tuple(f.faults), answer, " ".join(found), *rules)
        rows.append(row)
    return sorted(rows, key=lambda row: row.name)


def _rules(final: Final) -> tuple[str, str, str]:
    """What counts, the section, and days late: `?` where that is not known."""
    counts = "excused" if final.state == "excused" else NOTHING
    if final.score is not None:
        counts = shown(final.score)
    late = ""
    if final.timing is not None and final.timing.due is not None:
        days = final.timing.days
        late = "?" if days is None else str(days or "")
    return counts, final.section, late


def _lies(score: int | None, bin: Bin) -> bool:
    return score is not None and bin.low <= score <= bin.high
