"""What an exception from inside JAX or Flax says of the misconception behind it."""

import re

from exercise import facts
from grader.diagnosis import Fault
from grader.key import KeyCase
from grader.observation import Raised
from grader.source import Source

_BROADCAST = re.compile(r"(?:broadcasting: |together with shapes )\((\d+),\),? \((\d+),\)")
_EXISTING = re.compile(r"existing parameter it received has shape \(([\d, ]*)\)")
_EXPECTED = re.compile(r"expected to generate shape \(([\d, ]*)\)")


def explain_raised(seen: Raised, case: KeyCase, source: Source) -> Fault | None:
    """Name the fault behind an exception, or None when the exception does not tell."""
    n, length, features = (
        case.case.integer("n_copies"),
        len(case.case.array("x")),
        case.expected.size,
    )
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
    lengths = _BROADCAST.search(text)
    if lengths:
        sizes = {int(lengths[1]), int(lengths[2])}
        if features in sizes and sizes & {n, length}:
            other = (sizes - {features}).pop()
            evidence = (
                f"An array of shape ({other},) met a copy's output of shape "
                f"({features},); the answer has the output's shape."
            )
            return Fault("wrong-shape", evidence, line)
    if "vmap in_axes must be an int, None, or a tuple" in text:
        return Fault("missing-in-axes", "in_axes does not have one entry for each argument.", line)
    if seen.type == "KeyError" and text.isdigit():
        return Fault(
            "unsliced-params",
            f"The tree of parameters was indexed with {text}; the index belongs on its leaves.",
            line,
        )
    if "Too many indices" in text and line is not None:
        evidence = "An index has more places than the bias has axes: the copies are on the first."
        return Fault("wrong-axis", evidence, line)
    if seen.type == "UFuncTypeError" and "dtype('int" in text:
        return Fault(
            "wrong-dtype", "The accumulator holds whole numbers, the outputs do not.", line
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
        if n > 1 and len(have) == len(want) and have in {(n, size) for size in want}:
            return Fault(
                "wrong-axis",
                f"apply received a parameter of shape {have} where one copy has {want}: the "
                "stacked parameters were cut along another axis than the first.",
                line,
            )
    return None
