"""Repairs of a program that raised: one step of it at a time, in a copy of its text (trusted side).

What raised decides which step; each repair changes that and nothing else, and leaves all lines
where they are. Whether one was right is seen by running it (`grader.grading.mending`).
"""

from collections.abc import Sequence
from itertools import islice

from exercise.mend import axes, names, slices
from grader.core.mended import Mend
from grader.core.observation import Raised
from grader.core.run import Run
from grader.core.source import Source
from grader.core.submission import Submission

MOST = 4  # repairs of one program
MOST_RAISED = 2  # exceptions that are looked at: calls of one program mostly raise the same


def mend(source: Source, raised: Sequence[Raised]) -> tuple[Mend, ...]:
    """The repairs of a program that raised, the likeliest first."""
    found: dict[bytes, Mend] = {}
    for seen in list(raised)[:MOST_RAISED] if source.nodes else ():
        for kind in (names, axes, slices):
            for repair in islice(kind.mends(source, seen), MOST):
                found.setdefault(repair.content, repair)
    return tuple(found.values())[:MOST]


def mend_submission(submission: Submission, run: Run) -> tuple[Mend, ...]:
    """The repairs of a submission by what its calls raised, the first ones first."""
    raised: dict[object, Raised] = {}
    for seen in run.seen.values():
        if isinstance(seen, Raised):
            raised.setdefault((seen.type, seen.frames), seen)
    return mend(submission.source, tuple(raised.values()))
