"""Cells without what only IPython understands; no line moves (trusted side)."""

import ast
import re
import textwrap

KEEPS_BODY = ("time", "capture", "prun")  # cell magics whose cell is Python all the same
ERRORS = (SyntaxError, MemoryError, RecursionError, ValueError)
# `!pip install x`, `pip install x`, `%magic x`, `?help`, `help?`, `files = !ls`, `a, b = %magic`
_MAGIC = re.compile(r"[!%?]|(?:pip|conda)\s+\w+\s|[\w.]+\?{1,2}\s*$|[\w\s,.*\[\]]+=\s*[!%]")
_CELL_MAGIC = re.compile(r"\s*%%(\w*)")
_WRITES_PROGRAM = re.compile(r"\s*%%(?:write)?file\s.*\.py\s*$", re.MULTILINE)


def plain(text: str) -> str:
    """Give a cell's text as Python: lines for IPython alone become `pass`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    magic = _CELL_MAGIC.match(text)
    if magic and not _is_python(magic):
        return ""
    if magic:
        text = re.sub(r"%%.*", "", text, count=1)
    if text[:1].isspace():  # a cell may be indented as a whole
        text = textwrap.dedent(text)
    return text if parse(text) is not None else without_magics(text)


def _is_python(magic: re.Match[str]) -> bool:
    """Tell whether a cell with this magic holds Python, be it for a file."""
    return magic[1] in KEEPS_BODY or bool(_WRITES_PROGRAM.match(magic.string))


def parse(text: str) -> ast.Module | None:
    """Parse hostile text; None for what is no Python, or too deep."""
    try:
        return ast.parse(text)
    except ERRORS:
        return None


def without_cells(text: str) -> str:
    """A text of several cells without those in another language, up to the empty line after them.

    Of cells that Python reads, the magic goes.
    """
    kept: list[str] = []
    dropping = False
    for line in text.split("\n"):
        magic = _CELL_MAGIC.match(line)
        dropping = (dropping and bool(line.strip())) or bool(magic and not _is_python(magic))
        kept.append("" if dropping or magic else line)
    return "\n".join(kept)


def without_magics(text: str, *, cells: bool = True) -> str:
    """Put `pass` in place of lines for IPython alone; cell magics stay unless `cells`."""
    kept: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        code = line.lstrip()
        if not goes_on and (not _MAGIC.match(code) or (code.startswith("%%") and not cells)):
            kept.append(line)
            continue
        kept.append("" if goes_on else line[: len(line) - len(code)] + "pass")
        goes_on = code.endswith("\\")
    return "\n".join(kept)
