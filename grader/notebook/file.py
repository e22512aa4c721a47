"""The code cells of an .ipynb file (trusted side). Its bytes are hostile until they are parsed.

Only the fields named here are built from the JSON; outputs, pictures among them, are skipped over.
"""

import re
from dataclasses import dataclass

import msgspec

from grader.core.text import clean

MAX_CELLS = 2_000
# All up to the next number that JSON has not, strings whole; or that number.
_TOKEN = re.compile(rb'((?:[^"NI-]++|"(?:[^"\\]++|\\.)*+"|-(?!I))++)|-?Infinity|NaN', re.DOTALL)
_HIGH, _LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALVES = (  # of an escape that is none itself: `\\\\ud83d` is a backslash, and text
    re.compile(rb"((?<!\\)(?:\\\\)*+)" + _HIGH + rb"(?!" + _LOW + rb")"),
    re.compile(rb"((?<!\\)(?:\\\\)*+)(?<!" + _HIGH + rb")" + _LOW),
)
MAX_REPAIRS = 200_000  # so that a file made for it cannot hold us up
Text = str | list[str]


@dataclass(frozen=True)
class Cell:
    """A code cell: its number, as a person would count it, and its text, magics and all."""

    number: int
    text: str


class NotebookError(ValueError):
    """There is no notebook of Python to take apart; the message is the rest of a sentence."""


class _Cell(msgspec.Struct, gc=False):
    cell_type: str = ""
    source: Text = ""
    input: Text = ""  # its name in format 3
    language: str = "python"


class _Sheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Language(msgspec.Struct):
    name: str = ""
    language: str = ""


class _About(msgspec.Struct):
    kernelspec: _Language | None = None
    language_info: _Language | None = None


class _Notebook(msgspec.Struct):
    cells: list[_Cell] | None = None
    worksheets: list[_Sheet] | None = None  # in format 3
    metadata: _About | None = None


def read(content: bytes) -> list[Cell]:
    """Give the code cells of a notebook, in order; code cells alone are counted, from 1."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        try:
            notebook = msgspec.json.decode(content, type=_Notebook)
        except msgspec.MsgspecError:
            notebook = msgspec.json.decode(_strict(content), type=_Notebook)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotebookError(f"it is not a notebook ({clean(str(error))})") from None
    except (RecursionError, MemoryError):
        raise NotebookError("it is not a notebook (it is nested too deeply)") from None
    cells = notebook.cells
    if cells is None and notebook.worksheets is not None:
        cells = [cell for sheet in notebook.worksheets for cell in sheet.cells]
    if cells is None:
        raise NotebookError("it is not a notebook (it has no cells)")
    _require_python(notebook.metadata or _About())
    code = [c for c in cells if c.cell_type == "code" and c.language == "python"]
    if len(code) > MAX_CELLS:
        raise NotebookError(f"it has more than {MAX_CELLS:,} code cells")
    return [Cell(n, _text(c.source or c.input)) for n, c in enumerate(code, 1)]


def _strict(content: bytes) -> bytes:
    """Make JSON of what Python writes for it: NaN outside of strings, halves of surrogate pairs."""
    content = _TOKEN.sub(lambda found: found[0] if found[1] else b"null", content, MAX_REPAIRS)
    for half in _HALVES if b"\\ud" in content or b"\\uD" in content else ():
        content = half.sub(rb"\1\\ufffd", content, MAX_REPAIRS)
    return content


def _require_python(about: _About) -> None:
    spec, info = about.kernelspec or _Language(), about.language_info or _Language()
    language = info.name or spec.language
    if language and "python" not in language.lower():
        raise NotebookError(f"it is a notebook of {clean(language)[:40]}, not of Python")


def _text(source: Text) -> str:
    return source if isinstance(source, str) else "".join(source)
