"""Everything that the class report says, before it is a page (pure, trusted side)."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import astuple

from grader.classreport import clusters, excerpt
from grader.classreport.alike import Alike, find_alike
from grader.classreport.anonymous import Mask, pseudonyms
from grader.classreport.clusters import Cluster
from grader.classreport.excerpt import Excerpt
from grader.classreport.facts import Facts
from grader.classreport.misconceptions import Misconception, misconceptions
from grader.classreport.overview import Overview, overview
from grader.classreport.patterns import Pattern, patterns
from grader.classreport.sections import Section, sections
from grader.core.behaviour import Behaviour
from grader.core.exercise import Exercise, FaultPage
from grader.core.report import Report
from grader.course.final import Final
from grader.course.finals import Finals
from grader.results.read import Result, Results

EXAMPLES = 2  # sources that are shown for a fault
TRIED = 12  # sources that are read for them


@dataclass(frozen=True)
class Named:
    """A fault that the class has, its page, and the lines of some who have it."""

    found: Misconception
    page: FaultPage
    examples: tuple[Excerpt, ...]


@dataclass(frozen=True)
class Unnamed:
    """An answer that nobody has named: who gave it, and what is seen of the first of them."""

    found: Cluster
    report: Report
    example: Excerpt | None


@dataclass(frozen=True)
class ClassReport:
    """The class. `names` is what each submission is called: its id, or a pseudonym."""

    title: str
    anonymous: bool
    names: Mapping[str, str]
    facts: tuple[Facts, ...]
    checks: tuple[tuple[str, str], ...]  # id and title
    overview: Overview
    misconceptions: tuple[Named, ...]
    patterns: tuple[Pattern, ...]
    clusters: tuple[Unnamed, ...]
    mask: Mask
    finals: Mapping[str, Final]  # none where there are no rules, and none without names
    sections: tuple[Section, ...]
    alike: tuple[Alike, ...]


def build(
    exercise: Exercise,
    results: Results,
    *,
    anonymous: bool = False,
    finals: Finals | None = None,
) -> ClassReport:
    """Read every result once, and some of them again for their sources."""
    facts, unnamed, digests, files = [], dict[str, tuple[str, Behaviour]](), {}, []
    checks: dict[str, str] = {}
    for result in results:
        report = result.report
        facts.append(Facts.of(result.id, report))
        digests[result.id] = report.submission.sha256
        files.append(report.submission.name)
        checks |= {check.id: check.title for check in report.checks}
        if facts[-1].unnamed:
            unnamed[result.id] = (report.status, result.behaviour)
    owners = (owner for row in results.summary.submissions for owner in row.owners)
    named = [text for owner in owners for text in astuple(owner) if isinstance(text, str)]
    mask = Mask.of((*digests, *files, *named), _task(exercise))
    found = clusters.clusters(unnamed)
    pages = exercise.wording.faults
    counted = {} if finals is None or anonymous else finals.by_id()
    return ClassReport(
        exercise.title,
        anonymous,
        pseudonyms(digests) if anonymous else {id: id for id in digests},
        tuple(facts),
        tuple(checks.items()),
        overview(facts),
        tuple(
            Named(m, pages[m.id], _examples(m, results, mask))
            for m in misconceptions(facts)
            if m.id in pages
        ),
        patterns(facts),
        tuple(_unnamed(c, results.load(c.students[0]), exercise, mask) for c in found),
        mask,
        counted,
        sections(facts, counted),
        () if anonymous else find_alike(exercise, results),
    )


def _task(exercise: Exercise) -> str:
    """What everyone writes: the words of the stub and of the patterns on the faults' pages."""
    pages = exercise.wording.faults.values()
    stub = exercise.stub.read_text("utf-8")
    return "\n".join((stub, exercise.title, *(f"{p.wrong}{p.right}{p.what}{p.why}" for p in pages)))


def _examples(found: Misconception, results: Results, mask: Mask) -> tuple[Excerpt, ...]:
    """Different ways in which a fault was written; whole functions say too much."""
    examples: dict[tuple[str, ...], Excerpt] = {}
    for id in found.examples[:TRIED]:
        result = results.load(id)
        lines = {fault.id: fault.line for fault in result.report.diagnosis.faults}
        shown = excerpt.around(result.source, lines[found.id], mask)
        if shown is not None and len(examples) < EXAMPLES:
            examples.setdefault(shown.lines, shown)
    return tuple(examples.values())


def _unnamed(cluster: Cluster, first: Result, exercise: Exercise, mask: Mask) -> Unnamed:
    shown = excerpt.function(first.source, exercise.function, mask)
    return Unnamed(cluster, mask.report(first.report, ""), shown)
