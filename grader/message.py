"""One or two sentences on how a run ended, for the person who handed the file in (trusted side)."""

import difflib
import re
import sys
from pathlib import Path

from grader import settings, unreadable
from grader.cause import KINDS, Cause
from grader.exercise import Exercise
from grader.isolation import missing
from grader.observation import Raised
from grader.run import Run
from grader.scratch import PREFIX
from grader.submission import Submission

MAX_MESSAGE = 500
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_SCRATCH = re.compile(rf"/[^\s'\"]{{0,200}}/{PREFIX}\w+")  # another folder in each run
_COMMAND = re.compile(r":(?=:)|#(?=#)")  # `::error::`, `##[error]`, `##vso[`: CI logs obey these
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_WALLED = re.compile(r"Operation not permitted|Permission denied|name resolution")
_FILES = ("PermissionError", "FileNotFoundError")
PACKAGES = ("jax", "jaxlib", "flax", "numpy", "optax", "scipy")
_FOLDERS = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[1]))  # prefix: within ours
WITHOUT = (
    "The grader runs programs without files (temporary ones too), other programs, the network and "
    "sockets (asyncio's event loop has one); this exercise needs none of them."
)


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


def changed_settings(submission: Submission, run: Run) -> tuple[str, ...]:
    """The settings of JAX that a program changes, as it says, or as its source does."""
    return settings.changed_by(submission.source, run.settings)


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


def clean(text: str, limit: int = MAX_MESSAGE) -> str:
    """Text from a submission's process: bounded, on one line, without control characters.

    Addresses, which differ from run to run, are left out; commands to a CI log are broken up.
    """
    line = _SCRATCH.sub("...", " ".join(text[: 4 * limit].split()))
    return inert(_ADDRESS.sub("0x...", line))[:limit]


def inert(line: str) -> str:
    """A line that neither a terminal nor a CI log obeys; its spaces stay as they are."""
    return "".join(c if c.isprintable() else "?" for c in _COMMAND.sub(r"\g<0> ", line))


def clean_lines(text: str, most: int) -> tuple[str, ...]:
    """The last lines of what a submission printed: cleaned as by `clean`, columns kept."""
    lines = _COLOUR.sub("", _ADDRESS.sub("0x...", text.rstrip())).splitlines()
    last = [line.expandtabs()[: 4 * MAX_MESSAGE] for line in lines[-most:]]
    if len(lines) > most:
        last.insert(0, f"({len(lines) - most} more before)")
    return tuple(inert(line)[:MAX_MESSAGE] for line in last)


def anywhere(text: str) -> str:
    """Text without what differs from machine to machine and run to run: our folders, addresses."""
    for folder in _FOLDERS:
        text = text.replace(folder, "...")
    return _ADDRESS.sub("0x...", text)


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
