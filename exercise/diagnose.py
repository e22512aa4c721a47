"""From a run to a diagnosis: whether anything is wrong, and then what."""

import numpy as np

from exercise.findings.advice import advice
from exercise.findings.agreement import agrees
from exercise.findings.stability import find_instability
from exercise.findings.view import View
from grader.core.diagnosis import Diagnosis
from grader.core.key import Key
from grader.core.mended import Mended
from grader.core.run import Run
from grader.core.submission import Submission


@np.errstate(all="ignore")  # a student's numbers may be as large as they come
def diagnose(
    submission: Submission, key: Key, run: Run, second: Run | None, mended: Mended | None = None
) -> Diagnosis:
    """Explain a run, and where calls raised the one of the mended program, if there is one.

    `second` is the run in the other order of what is explained, made when an answer was wrong.
    """
    if mended is None:
        return _explain(submission, key, run, second)
    raised = _explain(submission, key, run, None)
    if raised.find("nondeterministic"):
        return raised
    behind = _explain(submission, key, mended.run, second)  # the source is the student's
    from exercise.behind import combine

    return combine(raised, behind, mended, key, run, submission.source)


def _explain(submission: Submission, key: Key, run: Run, second: Run | None) -> Diagnosis:
    matches = {
        k.case.id: agrees(run.seen[k.case.id], k) for k in key.cases if k.case.id in run.seen
    }
    if run.status not in ("graded", "crashed"):
        return Diagnosis(matches=matches)
    view = View(submission.source, key, run, second, matches)
    unstable = find_instability(view)
    if not unstable and matches and all(matches.values()):
        return Diagnosis(advice=advice(view), matches=matches)
    from exercise.explain import explain  # a right answer does without

    return explain(view, unstable)
