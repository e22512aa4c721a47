"""What `check` was asked to grade: the cells of a function, a file, or nothing (trusted side)."""

import ast
import hashlib
from pathlib import Path

import msgspec

from grader.core.errors import UsageError
from grader.core.submission import Submission, read
from grader.notebook.extract import extract
from grader.notebook.file import Cell, NotebookError
from grader.notebook.statements import Notebook

NAME = "notebook"  # a kernel does not know its file
ELSEWHERE = (ast.Import, ast.ImportFrom, ast.Delete)  # what binds a name and defines nothing


class Thing(msgspec.Struct, frozen=True):
    """What was handed to `check`, as `grader.kernel.live.describe` says it."""

    type: str
    name: str
    names: tuple[str, ...]
    callable: bool
    file: str


class Request(msgspec.Struct, frozen=True):
    """What a kernel sends: cells that ran, the thing given, if one was, and names with files.

    `shell` is what stands before a command there.
    """

    cells: tuple[tuple[int, str], ...]
    given: Thing | None
    files: dict[str, str]
    timeout: float
    shell: str
    verbose: bool = False


def find(request: Request, function: str) -> tuple[Submission, Path]:
    """Give the submission and a path to remember it by; raises UsageError with what to do."""
    given = request.given
    if given is not None and function not in given.names:
        if given.name == function and given.file:
            return _file(given.file)
        raise UsageError(_not_the_function(given, function))
    try:
        notebook = Notebook.of([Cell(*cell) for cell in request.cells], ran=True)
        found = notebook.definition(function)
        if found is not None and not isinstance(found.node, ELSEWHERE):
            return _cells(notebook, function), Path(NAME)
    except NotebookError as error:
        raise UsageError(f"The cells cannot be graded: {error}.") from None
    if function in request.files:
        return _file(request.files[function])
    if given is not None:
        raise UsageError(
            f"There is no source of {function} in the cells that ran. Write it as a function in a "
            "cell, run that cell, and check again."
        )
    like = notebook.like(function)
    also = f" Did you mean {like}? Rename it to {function}." if like else ""
    raise UsageError(
        f"There is no function {function} yet.{also} Run the cell that defines it, and check again."
    )


def _cells(notebook: Notebook, function: str) -> Submission:
    found = extract(notebook, function)
    content = found.source.encode()
    digest = hashlib.sha256(content).hexdigest()
    return Submission(NAME, content, digest, cells=found.cells)


def _file(path: str) -> tuple[Submission, Path]:
    return read(Path(path)), Path(path)


def _not_the_function(given: Thing, function: str) -> str:
    """Say what was given, and what to give instead."""
    again = f"run the cell, and check({function})."
    if not given.callable:
        return (
            f"check takes the function itself, not what it returns: check({function}). It was "
            f"given an object of type {given.type}."
        )
    if given.name == "<lambda>":
        return f"A lambda has no name to grade it by. Write {function} = lambda ..., {again}"
    if given.type == "function" and given.name == function:
        return (
            f"This is an earlier {function}. check({function}) grades the one that the name stands "
            "for now."
        )
    if given.type == "function":
        return (
            f"The function is called {given.name}, and the exercise asks for {function}. Rename "
            f"it, {again}"
        )
    return (
        f"This is an object of type {given.type}, whose source cannot be seen. Give it the name "
        f"that the exercise asks for in a cell, {function} = ..., {again}"
    )
