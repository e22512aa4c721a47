"""Answers that differ between calls that ought to agree."""

from dataclasses import dataclass

import numpy as np

from exercise.findings.view import View
from grader.core.case import Case, repeated
from grader.core.observation import Observation, Raised


@dataclass(frozen=True)
class Instability:
    """A case that was answered in two ways, and what was done the second time."""

    how: str  # again: the same call; order: after other calls; mutated: it changed its argument
    case: Case


def find_instability(view: View) -> Instability | None:
    """The first case whose answers differ, or whose arguments the call changed."""
    changed = next((case.case for case, seen in view.returned() if seen.mutated), None)
    if changed is not None:
        return Instability("mutated", changed)
    for first, again in repeated(case.case for case, _ in view.seen()):
        if not _alike(view.run.seen[first.id], view.run.seen[again.id]):
            return Instability("again", again)
    second = view.second.seen if view.second else {}
    for case, seen in view.seen():
        if case.case.id in second and not _alike(seen, second[case.case.id]):
            return Instability("order", case.case)
    return None


def _alike(a: Observation, b: Observation) -> bool:
    if isinstance(a, Raised) or isinstance(b, Raised):
        return isinstance(a, Raised) and isinstance(b, Raised) and a.type == b.type
    if a.array is None or b.array is None:
        return a.type == b.type
    if a.array.shape != b.array.shape:
        return False
    if a.array.size == 0:
        return True
    scale = max(1.0, float(np.nan_to_num(np.abs(a.array)).max()))
    return bool(np.allclose(a.array, b.array, rtol=0, atol=1e-4 * scale, equal_nan=True))
