"""What is in a kit, and where (trusted side). All of it is public: nothing of solution/ is read."""

import ast
import re

from grader.bundles import distribution
from grader.core.errors import UsageError
from grader.core.exercise import Exercise

LAUNCHER = "check.py"
PINS = "requirements.txt"
_HIGHEST = re.compile(rb"^highest_level = \d+", re.M)


def contents(exercise: Exercise, highest_hint: int | None = None) -> dict[str, bytes]:
    """The files of the kit by path, all in one folder named for the exercise.

    A course may cap the levels of hints.
    """
    files = distribution.files(exercise)
    if highest_hint is not None:
        name = f"{distribution.FOLDER}/{exercise.hints_file.name}"
        line = b"highest_level = %d" % highest_hint
        files[name], found = _HIGHEST.subn(line, files[name], count=1)
        files[name] = files[name] if found else line + b"\n" + files[name]
    own = "grader/bundles/kit"
    stub = files[f"{distribution.FOLDER}/{exercise.stub.name}"]
    require_unfinished(exercise, stub)
    about = files[f"{distribution.FOLDER}/README.md"] + files[f"{own}/README.md"]
    named = {
        "README.md": about.replace(b"{stub}", exercise.stub.name.encode()),
        exercise.stub.name: stub,
        LAUNCHER: files[f"{own}/{LAUNCHER}"],
        PINS: files[f"{own}/{PINS}"],
    }
    library = {f"lib/{name}": content for name, content in files.items()}
    return {f"{exercise.id}/{name}": content for name, content in (named | library).items()}


def require_unfinished(exercise: Exercise, stub: bytes) -> None:
    """Refuse a stub that somebody filled in: raises UsageError unless all it does is raise."""
    bodies = [
        node.body[-1:] if ast.get_docstring(node) is None else node.body[1:]
        for node in ast.parse(stub).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name == exercise.function
    ]
    if [ast.unparse(node) for body in bodies for node in body] != ["raise NotImplementedError"]:
        raise UsageError(
            f"{exercise.stub.name} is not the unfinished stub: {exercise.function} does more than"
            " raise NotImplementedError, and a kit would hand that out."
        )
