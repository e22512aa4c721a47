"""What an exception from inside JAX or Flax says of the misconception behind it: a table.

A row looks at the type, at the message, and at the call's sizes; numbers that a sentence quotes are
those of the message, so of the call that failed. An exception that did not pass through the
student's file, or that fits no row, names nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from exercise import facts
from exercise.model import Inputs
from grader.core.diagnosis import Fault
from grader.core.key import KeyCase
from grader.core.observation import Raised
from grader.core.source import Source

Found = re.Match[str]


def _always(_: Found, __: Inputs) -> bool:
    return True


@dataclass(frozen=True)
class Cause:
    """A message that a fault leaves behind, when it holds, and the sentence that is read.

    `says` has the message's groups as {0}, {1} ..., and the words of the case.
    """

    fault: str
    type: str  # of the exception; empty for any
    message: str  # a pattern
    says: str
    holds: Callable[[Found, Inputs], bool] = _always
    line: Callable[[Source], int | None] | None = None


def _shape(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part.strip())


def _sizes_of_answer(found: Found, c: Inputs) -> bool:
    sizes = {int(found[1]), int(found[2])}
    return c.f in sizes and bool(sizes & {c.n, c.d}) and len(sizes) == 2


def _all_at_once(found: Found, c: Inputs) -> bool:
    return _shape(found[2]) == (c.n, *_shape(found[1]))


def _cut_across(found: Found, c: Inputs) -> bool:
    one, have = _shape(found[1]), _shape(found[2])
    return c.n > 1 and len(have) == len(one) and have in {(c.n, size) for size in one}


_PARAMETER = r"expected to generate shape \(([\d, ]*)\).*received has shape \(([\d, ]*)\)"

CAUSES = (
    Cause("missing-in-axes", "ValueError",
          r"vmap got inconsistent sizes(?:.*?)had size (\d+)(?:.*?)had size (\d+)",
          "vmap was to map over axes of {0} and of {1} elements side by side: without an entry of "
          "None in in_axes, what all copies share is mapped over as well.",
          line=facts.vmap_line),
    Cause("missing-in-axes", "IndexError", r"^tuple index out of range",
          "x has as many elements as there are keys, so vmap handed each copy one number of x, and "
          "a Dense layer needs a vector.",
          lambda _, c: c.d == c.n, facts.vmap_line),
    Cause("missing-in-axes", "", r"vmap in_axes must be an int, None, or a tuple",
          "in_axes does not have one entry for each argument of the mapped call."),
    Cause("wrong-shape", "",
          r"(?:broadcasting: |together with shapes )\((\d+),\),? \((\d+),\)",
          "Arrays of shapes ({0},) and ({1},) met; a copy's output has shape ({f},).",
          _sizes_of_answer),
    Cause("unsliced-params", "KeyError", r"^(\d+)$",
          "The tree of parameters was indexed with {0}; the index belongs on its leaves."),
    Cause("wrong-axis", "", r"Too many indices",
          "An index has more places than the bias has axes: the copies are on the first."),
    Cause("wrong-dtype", "UFuncTypeError", r"dtype\('int",
          "The accumulator holds whole numbers, the outputs do not."),
    Cause("unsliced-params", "", _PARAMETER,
          "apply received a parameter of shape ({1}), all copies at once; one copy has ({0}).",
          _all_at_once),
    Cause("wrong-axis", "", _PARAMETER,
          "apply received a parameter of shape ({1}) where one copy has ({0}): the stacked "
          "parameters were cut along another axis than the first.",
          _cut_across),
)  # fmt: skip


def explain_raised(seen: Raised, case: KeyCase, source: Source) -> Fault | None:
    """Name the fault behind an exception, or None when the exception does not tell."""
    inputs = Inputs.of(case)
    for cause in CAUSES:
        found = re.search(cause.message, seen.message, re.DOTALL)
        fits = found and cause.type in ("", seen.type) and cause.holds(found, inputs)
        made = cause.line(source) if cause.line and fits else None
        if cause.line and source.nodes and made is None:
            continue  # nothing in the file does what the message speaks of
        line = seen.line or made
        if found and fits and line:
            says = cause.says.format(*found.groups(), **inputs.words())
            return Fault(cause.fault, says, line)
    return None
