"""From a run to a diagnosis, for exercises in two files (trusted side)."""

from collections.abc import Callable, Mapping

from grader.authored import wording
from grader.authored.example import example
from grader.authored.outcome import Outcome, outcome, same
from grader.authored.stories import FORMS, Story, form_faults, tell, tell_in_part
from grader.authored.view import View, name_of
from grader.core.case import repeated
from grader.core.diagnosis import Diagnosis, Fault
from grader.core.key import Key
from grader.core.mended import Mended
from grader.core.observation import Raised
from grader.core.run import Run
from grader.core.source import Source
from grader.core.submission import Submission

Lines = Callable[[Source], Mapping[str, int]]  # of faults, as far as the source tells
UNSTABLE = "nondeterministic"
FORM = "form"  # what answers show besides the steps


def diagnose(
    show_call: wording.ShowCall,
    lines: Lines | None,
    submission: Submission,
    key: Key,
    run: Run,
    second: Run | None,
    _mended: Mended | None = None,
) -> Diagnosis:
    """Explain a run; `second` is the one in the other order, made when an answer was wrong."""
    view = View(key, run, second)
    if run.status not in ("graded", "crashed"):
        return Diagnosis(matches=view.matches)
    unstable = _unstable(view)
    right = bool(view.matches) and all(view.matches.values())
    if right and not unstable:
        return Diagnosis(matches=view.matches)
    if unstable:
        fault = Fault(UNSTABLE, wording.unstable(unstable))
        return Diagnosis((fault,), matches=view.matches, asks="order")
    stories = tell(view)
    story = stories[0] if stories else tell_in_part(view)
    places = dict(lines(submission.source)) if lines else {}
    faults = _faults(view, story, places)
    return Diagnosis(
        faults,
        tuple(other.faults for other in stories[1:]),
        matches=view.matches,
        unknown=_unknown(view, stories),
        remark="" if stories else wording.remark(view, story),
        asks="order",
        example=example(view, show_call),
    )


def _faults(view: View, story: Story | None, lines: Mapping[str, int]) -> tuple[Fault, ...]:
    """The faults, with what shows each; of answers that nothing explains, those of form."""
    if story is None:
        form = _common_form(view)
        return tuple(Fault(id, wording.of_form(view, id, "")) for id in form)
    program = name_of(story.program)
    forms = [Fault(id, wording.of_form(view, id, program)) for id in story.form]
    named = [
        Fault(id, wording.of_pitfall(view, story, id), lines.get(id) or _raised_line(view))
        for id in story.program.faults
    ]
    return (*forms, *named)


def _unknown(view: View, stories: list[Story]) -> tuple[str, ...]:
    """What the answers leave open, so that the checks on it earn nothing."""
    if not stories:
        return (FORM, *view.key.steps)
    silent = (FORM,) if any(seen.raised for _, seen in view.outcomes) else ()
    return (*silent, *(step for step in view.key.steps if step in stories[0].open))


def _common_form(view: View) -> tuple[str, ...]:
    """What every answer that came back has wrong in its form."""
    found = [
        form_faults(seen, view.expected(case))
        for case, seen in view.outcomes
        if not seen.raised and not view.expected(case).raised
    ]
    shared = set.intersection(*found) if found else set()
    return tuple(id for id in FORMS if id in shared)


def _raised_line(view: View) -> int | None:
    """The student's line in which the first public call raised, if one did."""
    raised = (s for k, s in view.seen if k.case.public and isinstance(s, Raised))
    return next((error.line for error in raised), None)


def _unstable(view: View) -> str:
    """The case that was answered in two ways, if there is one."""
    for first, again in repeated(case.case for case, _ in view.seen):
        if not _agree(view, view.outcome_of[first.id], again.id, view.run):
            return again.id
    if view.second is not None:
        for case, seen in view.outcomes:
            if not _agree(view, seen, case.case.id, view.second):
                return case.case.id
    return ""


def _agree(view: View, seen: Outcome, id: str, run: Run) -> bool:
    """Tell whether a case came to the same in a run; where it was not called, it may have."""
    return id not in run.seen or same(seen, outcome(run.seen[id]), view.tolerance)
