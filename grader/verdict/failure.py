"""The most useful failure, decided: which one, its evidence, its line. Pure (trusted side).

What a student wrote is one clean line each, and not yet escaped for any medium.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from textwrap import shorten

from grader.core import place
from grader.core.diagnosis import Element, Example, Picture
from grader.core.isolation import WITHOUT
from grader.core.report import Report
from grader.core.text import clean, clean_lines

MANY = 8  # bars: so many are drawn
SEEN = 1e-3  # of the longest bar: what is less is no difference to the eye
SMALLEST = 1e-9  # the longest bar of nothing but zeros
PRINTED = 10  # lines: the last ones of what was printed
ROWS = 3  # wrong elements on the first screen
SHORT = 120  # characters of an exception on the first screen, where a fault explains it


@dataclass(frozen=True)
class Bars:
    """A picture as it is drawn: pairs of found and wanted, the largest number, what to add."""

    title: str
    part: str
    pairs: tuple[tuple[float, float], ...]
    largest: float
    notes: tuple[str, ...]
    wanted: str

    @classmethod
    def of(cls, picture: Picture) -> "Bars":
        """Choose the bars; `wanted` is written as a fraction where it is one."""
        pairs = tuple(zip(picture.found, picture.wanted, strict=True))
        notes = [f"and {len(pairs) - MANY} more"] if len(pairs) > MANY else []
        notes += [clean(picture.note)] if picture.note else []
        largest = max(*map(abs, picture.found), *picture.wanted, SMALLEST)
        wanted = ", ".join(sorted({_fraction(number) for number in picture.wanted}))
        return cls(picture.title, picture.part, pairs[:MANY], largest, tuple(notes), wanted)

    @property
    def tell(self) -> bool:
        """Whether there is anything to see: a bar that does not end where it should."""
        return bool(self.notes) or any(abs(f - w) > SEEN * self.largest for f, w in self.pairs)


@dataclass(frozen=True)
class Failure:
    """One failure in full; what is empty or None is not known and not shown."""

    heading: str
    place: str
    called: str
    came_back: str
    shows: str
    rows: tuple[Element, ...]
    notes: tuple[str, ...]
    bars: Bars | None
    code: str
    printed: tuple[str, ...]
    hint: str


def find(
    report: Report,
    source: Sequence[str] = (),
    printed: Mapping[str, str] | None = None,
    verbose: bool = False,
) -> Failure | None:
    """Give the first fault with its evidence; without a fault, how the run ended or what is seen.

    `source` are the lines of the student's file, for the one that is quoted; `printed` is what
    was printed in public cases, by case. Unless it is to be verbose, nothing is in there twice.
    """
    diagnosis = report.diagnosis
    fault = diagnosis.faults[0] if diagnosis.faults else None
    line, example, cells = line_of(report), diagnosis.example, report.submission.places
    called = example is not None and report.status in ("graded", "crashed")
    if fault is not None:
        heading, shows = f"{fault.id}: {fault.title}", fault.evidence
    elif report.status == "crashed" and called:  # the message repeats what came back
        behind = "" if diagnosis.remark in report.message else f" {diagnosis.remark}"
        behind += f" {WITHOUT}" if report.cause == "walls" else ""
        heading = report.status
        shows = f"The function raised on every case; this is the first.{behind}"
    elif report.status != "graded":
        heading, shows = report.status, report.message
    elif diagnosis.remark:
        heading, shows = "What the answers show", diagnosis.remark
    else:
        return None
    bars = None if diagnosis.picture is None else Bars.of(diagnosis.picture)
    came_back = clean(example.came_back) if example and called else ""
    if fault is not None and not verbose:
        came_back = shorten(came_back, SHORT, placeholder=" ...")
    rows = example.rows[: None if verbose else ROWS] if example else ()
    return Failure(
        heading=heading,
        place=place.in_file(clean(report.submission.name), line, cells) if line else "",
        called=example.call if example and called else "",
        came_back=came_back,
        shows=_printable(shows),
        rows=rows,
        notes=_notes(example, len(rows), verbose or fault is None) if example else (),
        bars=bars if bars and (verbose or bars.tell) else None,
        code="".join(clean_lines(source[line - 1].strip(), 1))
        if line and 0 < line <= len(source)
        else "",
        printed=clean_lines(_printed(example, printed or {}), PRINTED),
        hint="" if fault is None else fault.hint,
    )


def line_of(report: Report) -> int | None:
    """The line of the student's source that the first fault, or the ending, points to."""
    if report.diagnosis.faults:
        return report.diagnosis.faults[0].line
    return report.line


def _printed(example: Example | None, printed: Mapping[str, str]) -> str:
    """What the shown case printed; if that is nothing, or no case is shown, whatever was."""
    return (printed.get(example.case) if example else "") or "".join(printed.values())


def _notes(example: Example, shown: int, pattern: bool) -> tuple[str, ...]:
    """What to say under a table of wrong elements; nothing where there are no rows."""
    if not shown:
        return ()
    more, right = example.wrong - shown, example.size - example.wrong
    notes = [f"{more} more {'is' if more == 1 else 'are'} wrong"] if more > 0 else []
    be = "is" if right == 1 else "are"
    notes += [f"the other {right} of {example.size} {be} right"] if right else []
    notes += [f"pattern: {example.pattern}"] if example.pattern and pattern else []
    return tuple(notes)


def _printable(text: str) -> str:
    """Evidence is ours with cleaned parts: only control characters could still be in it."""
    return "".join(c if c.isprintable() else " " for c in text)


def _fraction(value: float) -> str:
    near = Fraction(value).limit_denominator(64)
    return str(near) if abs(float(near) - value) < SEEN * value else f"{value:.4g}"
