"""What an exception of Python's, JAX's or Flax's means, in a sentence (beside the student).

An exception is read with care: it may be one of a student's own, which says of itself what it
likes. What comes out is a claim, like all that leaves this process: it never earns points.
"""

import re
import sys
from types import TracebackType

from grader.cause import Cause
from grader.worker.missing import ADDED, IMPORTS, NOTEBOOK, PACKAGES
from grader.worker.removed import REMOVED, sentence
from grader.worker.suggest import looked_for, nearest

_TRACER = re.compile(r"\bTracer\b|\w+Tracer\(|traced array|an unexpected tracer")
_ARGUMENTS = re.compile(r"depends on the values? of the arguments? ([\w, ]+)\.")
_TRANSFORM = re.compile(r"while tracing the function .{1,200} for (\w+)\.")
_JIT_LIKE = ("jit", "pmap", "pjit", "checkpoint")
_PMAP = "/jax/_src/pmap.py"
KEPT = 160  # characters of a message that a sentence follows


def find(error: BaseException) -> Cause | None:
    """Give the cause of an exception, as far as one is known."""
    try:
        return _of_name(error) or _of_value(error) or _of_ending(error)
    except BaseException:  # noqa: BLE001  # a student's object may do anything where it is asked
        return None


def tell(message: str, cause: Cause | None) -> str:
    """Give an exception's message with the sentence on its cause."""
    if cause is None or not cause.said:
        return message
    kept = message.split("\n")[0] if cause.brief else message
    kept = kept if len(kept) <= KEPT else f"{kept[:KEPT]} [...]"
    return f"{kept.rstrip('. ')}. {cause.said}" if kept.strip() else cause.said


def _of_name(error: BaseException) -> Cause | None:
    """A name that was not found: removed, not imported, misspelt, not installed."""
    name = looked_for(error)
    if name is None:
        return None
    record = REMOVED.get(name.dotted)
    if record is not None:
        package = sys.modules.get(name.dotted.split(".")[0])
        told = record.instead not in ("", name.dotted) and record.instead in str(error)
        return Cause("removed-name", "" if told else sentence(record, _version(package)))
    if name.dotted in ADDED and sys.version_info < ADDED[name.dotted]:
        since, here = (".".join(map(str, v[:2])) for v in (ADDED[name.dotted], sys.version_info))
        said = f"{name.dotted} is there from Python {since} on; the grader runs Python {here}"
        return Cause("newer-python", said)
    if isinstance(error, NameError) and name.name in IMPORTS:
        return Cause("unknown-name", f"`{IMPORTS[name.name]}` makes this name known")
    if isinstance(error, NameError) and name.name in NOTEBOOK:
        return Cause("pasted", f"{name.name} is there in a notebook alone; take out what uses it")
    near = nearest(name)
    if near:
        return Cause("unknown-name", f"Did you mean {near}?")
    if name.dotted.startswith("google.colab"):
        return Cause("pasted", "That is there in Colab alone; take out the import and what uses it")
    if isinstance(error, ModuleNotFoundError) and name.dotted.split(".")[0] in PACKAGES:
        return Cause(
            "not-installed",
            f"{name.dotted.split('.')[0]} is not in this environment: programs are graded with "
            "JAX, Flax, NumPy and what these bring along. Take out the import and what uses it",
        )
    if isinstance(error, ModuleNotFoundError) and "." not in name.name:
        return Cause(
            "not-installed",
            f"No module of that name is in this environment. If {name.name}.py is a file of yours, "
            "it was not handed in with this one",
        )
    return Cause("unknown-name")


def _version(package: object) -> str:
    return str(getattr(package, "__version__", ""))[:20]


def _of_value(error: BaseException) -> Cause | None:
    """A value that JAX does not have yet, has on one device only, or may not move."""
    text = str(error)
    if _runs_pmap(error):
        return Cause(
            "one-device",
            "jax.pmap puts each part on a device of its own, and the grader has one device; "
            "jax.vmap maps in the same way on one",
        )
    if "Unknown backend" in text and "requested" in text:
        return Cause(
            "one-device",
            "Programs are graded on a CPU, and no other device is there; where none is named, JAX "
            "takes what there is",
        )
    if "Disallowed" in text and "transfer" in text:
        return Cause(
            "setting",
            "A transfer guard (jax_transfer_guard) is on: it forbids what every call here does, to "
            "hand a number of Python's to JAX. Take that setting out",
        )
    if not isinstance(error, TypeError) or not _TRACER.search(text):
        return None
    if "unexpected tracer" in text:
        return Cause(
            "concrete-value",
            "A value from inside a function that JAX transformed (jit, vmap, scan) was kept "
            "outside of it; it has to be returned",
            brief=True,
        )
    return _of_tracer(text)


def _of_tracer(text: str) -> Cause:
    arguments, transform = _ARGUMENTS.search(text), _TRANSFORM.search(text)
    names = arguments[1] if arguments else ""
    if transform is not None and transform[1] not in _JIT_LIKE:
        who = names or "its argument"
        said = (
            f"Inside {transform[1]}, {who} stands for the values of all turns at once, so Python "
            "cannot use it as a number: it may index arrays, but not lists, and not set a size"
        )
    elif "BatchTracer" in text and not names:
        said = (
            "Inside vmap a value stands for all along the mapped axis at once, so Python cannot "
            "use it as a number: it may index arrays, but not lists, and not set a size"
        )
    else:
        quoted = ", ".join(f'"{name.strip()}"' for name in names.split(",")) if names else ""
        static = f"static_argnames=({quoted},)" if quoted else "static_argnames"
        said = (
            f"Under jit, {names or 'an argument'} stands for any value, and Python needs a "
            "concrete one here, a plain number: for a size, a loop or an if. Name it in "
            f"{static}, or leave jit out"
        )
    return Cause("concrete-value", said, brief=True)


def _of_ending(error: BaseException) -> Cause | None:
    """The program ended itself, or asked somebody."""
    if isinstance(error, SystemExit):
        said = "This ends the whole program before its function can be called: take it out"
        if _passes(error.__traceback__, "/argparse.py"):
            said = (
                "A parser of arguments ends the program where an argument is missing, and there is "
                'none here: parse them under `if __name__ == "__main__":`'
            )
        return Cause("ended-itself", said)
    if isinstance(error, EOFError) and "reading a line" in str(error):
        return Cause(
            "asks-for-input",
            "The program asks for input, and nobody is there to answer: all that it needs comes as "
            "arguments",
        )
    if isinstance(error, ImportError) and "attempted relative import" in str(error):
        return Cause(
            "not-installed",
            "With a dot in front, a module is looked for in a package, and this file is in none; "
            "without the dot, beside this file",
        )
    if isinstance(error, NameError | AttributeError):  # one that a program raises itself
        return Cause("unknown-name")
    return None


def _runs_pmap(error: BaseException) -> bool:
    return _passes(error.__traceback__, _PMAP)


def _passes(step: TracebackType | None, file: str) -> bool:
    """Tell whether an exception came through a file."""
    while step is not None:
        if step.tb_frame.f_code.co_filename.replace("\\", "/").endswith(file):
            return True
        step = step.tb_next
    return False
