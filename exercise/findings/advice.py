"""Remarks on style: what a right program might do otherwise, with the line."""

from exercise import facts
from exercise.faults import FUNCTION
from exercise.findings.view import View
from grader.core.diagnosis import Advice, Fault


def advice(view: View, faults: tuple[Fault, ...] = ()) -> tuple[Advice, ...]:
    """What a run gets besides its faults: less where there are any."""
    given = []
    source = view.source
    if view.loops_over_init():
        given.append(Advice("looped-init", facts.looped_init(source)))
    if not faults and all(view.matches.values()):
        if line := facts.averaged_params(source):
            given.append(Advice("averaged-params", line))
        if kind := _wider(view):
            given.append(Advice(kind, facts.result_line(source, FUNCTION)))
    line = facts.unbound_lambda(source)
    if line and not any(fault.id == "late-bound-lambda" for fault in faults):
        given.append(Advice("unbound-lambda", line))
    return tuple(given)


def _wider(view: View) -> str:
    """Which advice a right answer gets that is not a float32 array of JAX's."""
    answers = [answer for _, answer in view.returned()]
    if any(answer.dtype == "float64" for answer in answers):
        return "wider-dtype"
    return "numpy-answer" if any(answer.type == "ndarray" for answer in answers) else ""
