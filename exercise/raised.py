"""What an exception from inside JAX or Flax says of the misconception behind it."""

import re

from exercise import facts
from grader.diagnosis import Fault
from grader.key import KeyCase
from grader.observation import Raised
from grader.source import Source

_EXISTING = re.compile(r"existing parameter it received has shape \(([\d, ]*)\)")
_EXPECTED = re.compile(r"expected to generate shape \(([\d, ]*)\)")


def explain_raised(seen: Raised, case: KeyCase, source: Source) -> Fault | None:
    """Name the fault behind an exception, or None when the exception does not tell."""
    arguments = case.case.arguments
    n, length = arguments["n_copies"], len(arguments["x"])  # type: ignore[arg-type]
    text = seen.message
    line = seen.line
    if seen.type == "ValueError" and "vmap got inconsistent sizes" in text:
        return Fault(
            "missing-in-axes",
            f"vmap was to map over keys and over x alike, but there are {n} keys and x has "
            f"{length} elements.",
            line or facts.vmap_line(source),
        )
    if seen.type == "IndexError" and "tuple index out of range" in text and length == n:
        return Fault(
            "missing-in-axes",
            "x has as many elements as there are keys, so vmap handed each copy one number of x, "
            "and a Dense layer needs a vector.",
            line or facts.vmap_line(source),
        )
    existing, expected = _EXISTING.search(text), _EXPECTED.search(text)
    if existing and expected:
        have, want = (
            tuple(int(part) for part in found[1].split(",") if part.strip())
            for found in (existing, expected)
        )
        if have == (n, *want):
            return Fault(
                "unsliced-params",
                f"apply received a parameter of shape {have}, all {n} copies at once, where one "
                f"copy has {want}.",
                line,
            )
        if len(have) == len(want) and n in have:
            return Fault(
                "wrong-axis",
                f"apply received a parameter of shape {have} where one copy has {want}: the "
                "stacked parameters were cut along another axis than the first.",
                line,
            )
    return None
