"""Looks for the repairs with which a program that raises runs to its end (trusted side).

Each attempt is a run of its own behind the same walls, within the time limit that the submission
has for all of its runs. What a repair is worth is decided by what its run returns.
"""

from collections.abc import Iterator
from dataclasses import replace

from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.mended import Mend, Mended
from grader.core.observation import Raised
from grader.core.run import Run
from grader.core.submission import Submission
from grader.grading.execute import execute
from grader.grading.quotable import Quotable
from grader.sandbox.sandbox import Sandbox

MOST_RUNS = 5
RAN = ("graded", "crashed")


def mend(
    exercise: Exercise, submission: Submission, key: Key, sandbox: Sandbox, run: Run
) -> tuple[Mended | None, float]:
    """Give the mended program of which the fewest calls raise, if fewer do than before.

    And the seconds of the time limit that are used up then.
    """
    best = Mended((), submission, run)
    used, tried = run.used, {submission.content}
    open_ends = [_repairs(exercise, key, best)]  # the deepest first: behind one repair is another
    while open_ends and _raised(best.run) and len(tried) <= MOST_RUNS and used < sandbox.timeout:
        before, repair = next(open_ends[-1], (best, None))
        if repair is None:
            open_ends.pop()
        elif repair.content not in tried:
            tried.add(repair.content)
            program = replace(submission, content=repair.content)
            words = Quotable()  # they find what else is to be mended, and are quoted nowhere
            after = execute(exercise, program, key, sandbox, exercise.plan(key), used, words)
            used = after.used
            found = Mended((*before.mends, repair), program, after)
            if after.status in RAN and _raised(after) < _raised(best.run):
                best, open_ends = found, [_repairs(exercise, key, found)]
            elif after.status in RAN and _first(after) != _first(before.run):
                open_ends.append(_repairs(exercise, key, found))  # what is behind it, perhaps
    return (best if best.mends else None), used


def _repairs(exercise: Exercise, key: Key, before: Mended) -> Iterator[tuple[Mended, Mend | None]]:
    public = any(isinstance(before.run.seen.get(k.case.id), Raised) for k in key.public)
    for repair in exercise.mend(before.program, before.run):
        yield before, replace(repair, public=public)


def _raised(run: Run) -> int:
    return sum(isinstance(seen, Raised) for seen in run.seen.values())


def _first(run: Run) -> Raised | None:
    return next((s for s in run.seen.values() if isinstance(s, Raised)), None)
