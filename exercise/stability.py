"""Answers that differ between calls that ought to agree."""

import numpy as np

from exercise import evidence
from exercise.plan import repeated
from exercise.view import View
from grader.diagnosis import Fault
from grader.observation import Observation, Raised


def find_instability(view: View) -> Fault | None:
    """The fault of answers that differ between calls that ought to agree."""
    changed = next((k.case for k, seen in view.returned() if seen.mutated), None)
    if changed is not None:
        return evidence.nondeterministic("numpy", changed)
    for first, again in repeated(k.case for k in view.key.cases if k.case.id in view.run.seen):
        if not _alike(view.run.seen[first.id], view.run.seen[again.id]):
            return evidence.nondeterministic("again", again)
    for case_id, seen in (view.second.seen if view.second else {}).items():
        first_seen = view.run.seen.get(case_id)
        if first_seen is not None and not _alike(first_seen, seen):
            case = next(k.case for k in view.key.cases if k.case.id == case_id)
            return evidence.nondeterministic("order", case)
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
