"""Runs a submission in a worker and notes what is seen (trusted side)."""

import signal

from grader.core.errors import GraderError, WorkerEndedError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.run import Plan, Run
from grader.core.submission import Submission
from grader.grading.dialogue import Dialogue
from grader.grading.quotable import Quotable
from grader.sandbox.handle import Ending, Worker
from grader.sandbox.sandbox import Sandbox
from grader.worker.walls.limits import ADDRESS_SPACE, DATA, MiB


def execute(
    exercise: Exercise,
    submission: Submission,
    key: Key,
    sandbox: Sandbox,
    plan: Plan,
    spent: float = 0.0,
    quotable: Quotable | None = None,
) -> Run:
    """Run a submission in a worker of its own; raises GraderError only for failures of ours.

    `spent` seconds of its time limit went on an earlier run: the limit is for both, and nothing of
    this one is quoted. `quotable` is what earlier attempts at the same run have shown.
    """
    again = spent > 0
    quotable = Quotable(closed=again) if quotable is None else quotable
    warm = sandbox.start_warm(spent)
    if warm is not None:
        dialogue = Dialogue(exercise, submission, key, plan, quotable, sandbox.unsafe)
        status, ending = _follow(dialogue, warm)
        if status is not None:
            return dialogue.finish(status, ending, spent + ending.used)
    # How a warm worker ended says nothing, and how long it took counts for nothing: only a cold one
    # has all that JAX can do.
    dialogue = Dialogue(exercise, submission, key, plan, quotable, sandbox.unsafe)
    status, ending = _follow(dialogue, sandbox.start(spent))
    if status is None and not dialogue.greeted and not (ending.timed_out and again):
        raise GraderError(f"The worker ended before it said hello: {ending.printed[-2000:]}")
    return dialogue.finish(status or _status_of(ending), ending, spent + ending.used)


def _follow(dialogue: Dialogue, worker: Worker) -> tuple[str | None, Ending]:
    """Do the plan and close the worker; no status for a worker that did not live to the end."""
    status: str | None = None
    try:
        status = dialogue.go(worker)
    except WorkerEndedError:
        pass
    except BaseException:
        worker.close()
        raise
    return status, worker.close()


def _status_of(ending: Ending) -> str:
    """Name the end of a process that did not finish its work."""
    if ending.timed_out:  # SIGXCPU is its own doing: the kernel ends it with SIGKILL
        return "timed-out"
    near_limit = ending.peak_kib * 1024 > min(DATA, ADDRESS_SPACE) - 128 * MiB
    # What is printed is a claim; C++ prints it and aborts.
    aborted = ending.signal == signal.SIGABRT and "bad_alloc" in ending.printed
    if aborted or (ending.signal and near_limit):
        return "out-of-memory"
    return "killed"
