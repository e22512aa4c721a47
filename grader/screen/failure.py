"""The most useful failure, decided: which one, its evidence, its line. Pure (trusted side).

What a student wrote is one clean line each, and not yet escaped for any medium.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader import place
from grader.message import WITHOUT, clean, clean_lines
from grader.report import ExamplePart, Report, RowPart, WeightsPart

MANY = 8  # copies: so many bars are drawn
PRINTED = 10  # lines: the last ones of what was printed


@dataclass(frozen=True)
class Bars:
    """A weight found and a weight wanted for each copy, the largest weight, and what to add."""

    pairs: tuple[tuple[float, float], ...]
    largest: float
    notes: tuple[str, ...]
    wanted: str

    @classmethod
    def of(cls, weights: WeightsPart) -> "Bars":
        """Choose the bars; `wanted` is written as a fraction where it is one."""
        pairs = tuple(zip(weights.found, weights.wanted, strict=True))
        copies = round(1 / weights.wanted[0]) if weights.wanted[0] else 0
        notes = [f"and {len(pairs) - MANY} more copies"] if len(pairs) > MANY else []
        if len(pairs) < copies:
            notes.append(f"one copy only, where {copies} different ones were wanted")
        largest = max(*map(abs, weights.found), *weights.wanted, 1e-9)
        wanted = ", ".join(sorted({_fraction(w) for w in weights.wanted}))
        return cls(pairs[:MANY], largest, tuple(notes), wanted)


@dataclass(frozen=True)
class Failure:
    """One failure in full; what is empty or None is not known and not shown."""

    heading: str
    place: str
    called: str
    came_back: str
    shows: str
    rows: tuple[RowPart, ...]
    notes: tuple[str, ...]
    bars: Bars | None
    line: int | None
    code: str
    printed: tuple[str, ...]
    hint: str


def find(
    report: Report, source: Sequence[str] = (), printed: Mapping[str, str] | None = None
) -> Failure | None:
    """Give the first fault with its evidence; without a fault, how the run ended or what is seen.

    `source` are the lines of the student's file, for the one that is quoted; `printed` is what
    was printed in public cases, by case.
    """
    diagnosis = report.diagnosis
    fault = diagnosis.faults[0] if diagnosis.faults else None
    if fault is not None:
        heading, shows = f"{fault.id}: {fault.title}", fault.evidence
    elif report.status != "graded":
        heading, shows = report.status, report.message
    elif diagnosis.remark:
        heading, shows = "What the answers show", diagnosis.remark
    else:
        return None
    line, example, cells = line_of(report), diagnosis.example, report.submission.places
    called = example is not None and report.status in ("graded", "crashed")
    if called and shows == report.message:  # which repeats what came back
        without = f" {WITHOUT}" if report.cause == "walls" else ""
        shows = f"The function raised on every case; this is the first.{without}"
    return Failure(
        heading,
        place.in_file(clean(report.submission.name), line, cells) if line else "",
        example.call if example and called else "",
        clean(example.came_back) if example and called else "",
        _printable(shows),
        example.rows if example else (),
        _notes(example) if example else (),
        None if diagnosis.weights is None else Bars.of(diagnosis.weights),
        place.within(line, cells) if line else None,
        "".join(clean_lines(source[line - 1], 1)) if line and 0 < line <= len(source) else "",
        clean_lines(_printed(example, printed or {}), PRINTED),
        "" if fault is None else fault.hint,
    )


def line_of(report: Report) -> int | None:
    """The line of the student's source that the first fault, or the ending, points to."""
    if report.diagnosis.faults:
        return report.diagnosis.faults[0].line
    example, cells = report.diagnosis.example, report.submission.places
    shown = place.last_in(report.message, cells)
    return shown or (place.last_in(example.came_back, cells) if example else None)


def _printed(example: ExamplePart | None, printed: Mapping[str, str]) -> str:
    """What the shown case printed; if that is nothing, or no case is shown, whatever was."""
    return (printed.get(example.case) if example else "") or "".join(printed.values())


def _notes(example: ExamplePart) -> tuple[str, ...]:
    """What to say under a table of wrong elements; nothing where there are no rows."""
    if not example.rows:
        return ()
    more, right = example.wrong - len(example.rows), example.size - example.wrong
    notes = [f"{more} more of the {example.size} elements are wrong"] if more > 0 else []
    notes += [f"the other {right} of {example.size} are right"] if right else []
    notes += [f"pattern: {example.pattern}"] if example.pattern else []
    return tuple(notes)


def _printable(text: str) -> str:
    """Evidence is ours with cleaned parts: only control characters could still be in it."""
    return "".join(c if c.isprintable() else " " for c in text)


def _fraction(value: float) -> str:
    near = Fraction(value).limit_denominator(64)
    return str(near) if abs(float(near) - value) < 1e-3 * value else f"{value:.4g}"
