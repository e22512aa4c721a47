"""Cells without what only IPython understands; no line moves (trusted side)."""

import ast
import re
import textwrap

KEEPS_BODY = ("time", "capture", "prun")  # cell magics whose cell is Python all the same
ERRORS = (SyntaxError, MemoryError, RecursionError, ValueError)
# `!pip install x`, `%matplotlib inline`, `?help`, `help?`, `files = !ls`, `a, b = %magic`
_MAGIC = re.compile(r"[!%?]|[\w.]+\?{1,2}\s*$|[\w\s,.*\[\]]+=\s*[!%]")
_CELL_MAGIC = re.compile(r"\s*%%(\w*)")


def plain(text: str) -> str:
    """Give a cell's text as Python: lines for IPython alone become `pass`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    magic = _CELL_MAGIC.match(text)
    if magic and magic[1] not in KEEPS_BODY:
        return ""
    if magic:
        text = re.sub(r"%%.*", "", text, count=1)
    if text[:1].isspace():  # a cell may be indented as a whole
        text = textwrap.dedent(text)
    return text if parse(text) is not None else _without_magics(text)


def parse(text: str) -> ast.Module | None:
    """Parse hostile text; None for what is no Python, or too deep."""
    try:
        return ast.parse(text)
    except ERRORS:
        return None


def _without_magics(text: str) -> str:
    kept: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        code = line.lstrip()
        if not goes_on and not _MAGIC.match(code):
            kept.append(line)
            continue
        kept.append("" if goes_on else line[: len(line) - len(code)] + "pass")
        goes_on = code.endswith("\\")
    return "\n".join(kept)
