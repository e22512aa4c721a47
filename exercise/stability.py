"""Answers that differ between calls that ought to agree."""

import numpy as np

from exercise import evidence
from exercise.view import View
from grader.diagnosis import Fault
from grader.observation import Observation, Raised, Returned


def find_instability(view: View) -> Fault | None:
    """The fault of answers that differ between calls that ought to agree."""
    for again in view.run.again:
        if isinstance(again.seen, Returned) and again.seen.mutated:
            return evidence.nondeterministic("numpy", again.case)
        first = view.run.seen[again.case.id]
        if again.how == "keyword" and not _alike(first, again.seen):
            return evidence.nondeterministic("again", again.case)
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
