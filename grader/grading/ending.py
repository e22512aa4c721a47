"""One or two sentences on how a run ended, for the person who handed the file in (trusted side)."""

import difflib
import re
import sys

from grader.cause import KINDS, Cause
from grader.core.exercise import Exercise
from grader.core.isolation import WITHOUT, missing
from grader.core.observation import Raised
from grader.core.run import Run
from grader.core.submission import Submission
from grader.core.text import clean
from grader.grading import unreadable

_WALLED = re.compile(r"Operation not permitted|Permission denied|name resolution")
_FILES = ("PermissionError", "FileNotFoundError")
PACKAGES = ("jax", "jaxlib", "flax", "numpy", "optax", "scipy")


def describe_status(exercise: Exercise, submission: Submission, run: Run) -> str:
    """Say how the run ended, what was seen and where; empty for a run that was graded."""
    call = f"{exercise.function}({', '.join(exercise.parameters)})"
    error = run.ended_by
    raised = f"{_raised(error, submission)}{refusal(run, error)}"
    file = "notebook" if submission.is_notebook else "file"
    known = cause(submission, run)
    if known is not None and known.said:
        raised = f"{known.said}." if known.brief else f"{raised}. {known.said}."
    texts = {
        "graded": "",
        "not-implemented": f"{exercise.function} still raises NotImplementedError: the body is to "
        "be written.",
        "syntax-error": f"Python cannot read the {file}: {raised}",
        "import-error": f"Loading the {file} raised {raised}{_hiding(submission)}",
        "missing-function": _missing(exercise, run, submission),
        "wrong-signature": f"The function is to be called as {call}, by position and by keyword; "
        f"yours takes {clean(run.signature)}.",
        "crashed": f"The function raised on every case: {raised}",
        "timed-out": "The program did not end within its time limit. Is there a loop that never "
        "ends?",
        "out-of-memory": "The program asked for more memory than it may have.",
        "killed": "The program's process ended before it had answered every case.",
        "environment": "This installation of JAX draws other random numbers than the one that the "
        "key was built with, so nothing was graded. Is another version installed?",
    }
    if not submission.content.strip():
        return f"The {file} is empty: there is no {call} in it."
    return texts[run.status]


def cause(submission: Submission, run: Run) -> Cause | None:
    """The cause of a run that could not be graded, if it is a known one."""
    error = run.ended_by
    if run.status == "syntax-error":
        return unreadable.why(submission, error, run.versions.get("python", ""))
    if error is None:
        return None
    if error.cause in KINDS:
        return Cause(error.cause)  # the worker has told it
    return Cause("walls") if refusal(run, error) else None


def _hiding(submission: Submission) -> str:
    """Which file beside the program stands in the place of a package of that name."""
    tops = {helper.path.partition("/")[0]: helper.path for helper in submission.helpers}
    known = {*sys.stdlib_module_names, *PACKAGES}
    hiding = sorted(top for top in tops if top.removesuffix(".py") in known)
    if not hiding:
        return ""
    name = hiding[0].removesuffix(".py")
    return (
        f". Your own {hiding[0]} is imported in place of the package {name}: give it another name."
    )


def refusal(run: Run, error: Raised | None) -> str:
    """What to add to an exception that comes from the walls around the program, if it does."""
    walled = error is not None and (
        error.type in _FILES or _WALLED.search(error.message) is not None
    )
    return f". {WITHOUT}" if walled and not missing(run.isolation) else ""


def _raised(error: Raised | None, submission: Submission) -> str:
    if error is None:
        return "an exception."
    where = f" ({submission.source.place(error.line)})" if error.line else ""
    message = clean(error.message)
    return f"{clean(error.type)}{': ' + message if message else ''}{where}"


def _missing(exercise: Exercise, run: Run, submission: Submission) -> str:
    if run.signature:
        return f"{exercise.function} is a {clean(run.signature)}, which cannot be called."
    names = [name[:100] for name in run.names if name.isidentifier()]
    text = f"There is no function {exercise.function} at the top level of the file."
    if submission.is_notebook:
        text = f"No code cell of the notebook defines {exercise.function}."
    close = difflib.get_close_matches(exercise.function, names, n=1, cutoff=0.6)
    if close:
        return f"{text} Did you mean {close[0]}? Rename it to {exercise.function}."
    return text
