"""What a run means: the faults, with evidence, and what could not be decided (trusted side)."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec
import numpy as np

Asks = Literal["", "modules", "order"]
SMALLEST = 1e-6  # a number that is shown: what is less is the noise of float32


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of what a diagnosis says and a report carries."""


class Fault(_Said, frozen=True):
    """A named fault, what shows it, and the student's line if the source tells.

    Title and hint are the exercise's wording: they are filled in when a report is built.
    """

    id: str
    evidence: str
    line: int | None = None
    title: str = ""
    hint: str = ""


class Advice(_Said, frozen=True):
    """A remark on style: it takes no points, though a check may ask for the same.

    The message is the exercise's wording: it is filled in when a report is built.
    """

    id: str
    line: int | None = None
    message: str = ""


class Picture(_Said, frozen=True):
    """What one public answer is made of: a number for each part, found and wanted, as bars.

    `part` is the name of one, to which its place is added: `copy` gives copy 1, copy 2.
    """

    case: str
    title: str
    part: str
    found: tuple[float, ...]
    wanted: tuple[float, ...]
    note: str = ""


class Element(_Said, frozen=True, omit_defaults=True):
    """One wrong element, its numbers as text; `ratio` is empty where there is none to trust.

    `path` is where it is in a tree, as `params/kernel[2,0]`; in an array it has an index alone.
    """

    index: int
    yours: str
    expected: str
    ratio: str
    path: str = ""

    @property
    def place(self) -> str:
        """Where it is, as it is shown."""
        return self.path or str(self.index)


class Example(_Said, frozen=True):
    """A public case that was wrong: the call, what came back, the worst elements, a pattern."""

    case: str
    call: str
    came_back: str
    rows: tuple[Element, ...]
    wrong: int
    size: int
    pattern: str


@dataclass(frozen=True)
class Diagnosis:
    """The likeliest faults first; `alternatives` are other lists that explain as much.

    `matches` tells for each case whether the answer was right; `unknown` names what
    the answers do not show; `remark` is what is seen when no fault is named.
    `recovered` are the numbers of the parts of each answer that is made of known ones, by case.
    `asks` is what a second run, made once, could decide by: the Modules of some calls, or these and
    all calls in another order.
    One that is `mended` explains the answers of the program with what raised mended; `matches` are
    those of the program as it was handed in.
    """

    faults: tuple[Fault, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    advice: tuple[Advice, ...] = ()
    picture: Picture | None = None
    matches: dict[str, bool] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    remark: str = ""
    asks: Asks = ""
    example: Example | None = None
    recovered: dict[str, tuple[float, ...]] = field(default_factory=dict)
    mended: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the faults, in order."""
        return tuple(fault.id for fault in self.faults)

    def find(self, *ids: str) -> Fault | None:
        """Give the first fault with one of the ids."""
        return next((fault for fault in self.faults if fault.id in ids), None)


def number(value: float) -> str:
    """Write a number with four significant digits, the same whatever its last bits are.

    Rounded twice: to six digits, which removes the noise of float32 sums, then half up to four.
    """
    if not np.isfinite(value):
        return str(value)
    rounded = float(f"{value:.5e}")
    if abs(rounded) < SMALLEST:
        return "0"
    from decimal import ROUND_HALF_UP, Context

    short = Context(prec=4, rounding=ROUND_HALF_UP).create_decimal(repr(rounded))
    text = f"{short:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def numbers(values: np.ndarray | tuple[float, ...]) -> str:
    """Write a vector as `[0.3333 0.3333 0.3333]`."""
    return "[" + " ".join(number(float(v)) for v in np.ravel(values)) + "]"
