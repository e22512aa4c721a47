"""Looks for the repairs with which a program that raises runs to its end (trusted side).

Each attempt is a run of its own behind the same walls, within the time limit that the submission
has for all of its runs. What a repair is worth is decided by what its run returns.
"""

from collections import deque
from dataclasses import replace

from grader.execute import execute
from grader.exercise import Exercise
from grader.key import Key
from grader.mended import Mended
from grader.observation import Raised
from grader.run import Run
from grader.sandbox import Sandbox
from grader.submission import Submission

MOST_RUNS = 5
RAN = ("graded", "crashed")


def mend(
    exercise: Exercise, submission: Submission, key: Key, sandbox: Sandbox, run: Run
) -> tuple[Mended | None, float]:
    """Give the mended program of which the fewest calls raise, if fewer do than before.

    And the seconds of the time limit that are used up then.
    """
    waiting = deque([Mended((), submission, run)])
    tried = {submission.content}
    best = waiting[0]
    used = run.used
    while waiting and _raised(best.run):
        before = waiting.popleft()
        for repair in exercise.mend(before.program, before.run):
            if len(tried) > MOST_RUNS or used >= sandbox.timeout:
                return (best if best.mends else None), used
            if repair.content in tried:
                continue
            tried.add(repair.content)
            program = replace(before.program, content=repair.content)
            after = execute(exercise, program, key, sandbox, exercise.plan(key), used)
            used = after.used
            found = Mended((*before.mends, repair), program, after)
            if after.status in RAN and _raised(after) < _raised(best.run):
                best = found
                waiting = deque([found])
                break
            if after.status in RAN and _first(after) != _first(before.run):
                waiting.append(found)  # it raises something else: behind what was mended, perhaps
    return (best if best.mends else None), used


def _raised(run: Run) -> int:
    return sum(isinstance(seen, Raised) for seen in run.seen.values())


def _first(run: Run) -> Raised | None:
    return next((s for s in run.seen.values() if isinstance(s, Raised)), None)
