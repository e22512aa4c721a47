"""Why Python cannot read a file, where Python itself does not say it well (trusted side).

Nothing is run: the bytes are looked at, and the line that Python stopped at.
"""

import ast
import io
import re
import tokenize

from grader.cause import Cause
from grader.core.observation import Raised
from grader.core.submission import Submission
from grader.grading import newer

_MARKS = (  # the first bytes of a text in another encoding, longest first
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAVE = (
    "Save it as UTF-8 (in Notepad: Save As, Encoding UTF-8; in PowerShell: Out-File -Encoding "
    "utf8), and hand it in again"
)
_FENCE = re.compile(r"\s*(```|~~~)")
_PASTED = (  # what a line begins with that was copied along with a program
    (r"(<{7}|={7}|>{7})(\s|$)", "a mark of git's, of a merge with a conflict that is still open"),
    (r">>> |\.\.\. ", "the prompt of an interactive Python"),
    (r"In \[\d*\]:|Out\[\d*\]:", "the prompt of a notebook"),
    (r"%%\w+", "a notebook's command for a whole cell"),
    (r"[!%]\w+", "a notebook's command"),
    (r"(pip3?|conda|apt-get|git|python3?) \w", "a command for a terminal"),
    (r"(\$|PS [^>]*>) ", "the prompt of a terminal"),
    (r"\d+[:.|]?\s+(import|from|def|class|return|@)\b", "a line number"),
)
_CHARACTER = re.compile(r"invalid (non-printable )?character")


def why(submission: Submission, error: Raised | None, python: str) -> Cause | None:
    """Give the cause of a syntax error, if it is one of those known here.

    `python` is the version of Python that could not read it.
    """
    return (
        _encoding(submission)
        or (_pasted(submission, error) if error else None)
        or (newer.find(_line(submission, error), error.message, python) if error else None)
    )


def _encoding(submission: Submission) -> Cause | None:
    content = submission.content
    found = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    if not found and content[:400].count(0) * 3 > len(content[:400]):
        found = "UTF-16"  # every other byte of plain text is 0
    if found:
        said = f"it is encoded as {found}, which Notepad and PowerShell call Unicode. {_SAVE}"
        return Cause("encoding", said, brief=True)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return _undecodable(submission, error.start)
    except (SyntaxError, LookupError, ValueError):
        if not content.isascii():
            return _undecodable(submission, None)
    return None


def _undecodable(submission: Submission, start: int | None) -> Cause | None:
    content = submission.content
    if start is None:  # the cookie is looked for in lines that cannot be decoded themselves
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            start = error.start
        else:
            return None  # an encoding that Python does not know: it says so
    line = content.count(b"\n", 0, start) + 1
    letter = content[start : start + 1].decode("cp1252", "replace")
    shown = f", which would be “{letter}” in Windows-1252 (ANSI)" if letter.isprintable() else ""
    said = (
        f"it is not UTF-8: it holds the byte 0x{content[start]:02x}{shown} "
        f"({submission.source.place(line)}). {_SAVE}"
    )
    return Cause("encoding", said, brief=True)


def _pasted(submission: Submission, error: Raised) -> Cause | None:
    lines = _lines(submission)
    place = submission.source.place
    fences = [n for n, line in enumerate(lines, 1) if _FENCE.match(line)]
    if fences and (error.line in fences or _parses(_between(lines, fences))):
        where = " and ".join(place(n) for n in fences[:2]).capitalize()
        return Cause(
            "pasted",
            f"{where}: ``` is a fence of Markdown, which frames a program in a chat or on a page. "
            "It is not Python: take it out, with all text around the program",
        )
    line = _line(submission, error)
    for start, what in _PASTED:
        if re.match(rf"\s*({start})", line):
            said = f"That line begins with {what}, which is not part of a program: take it out"
            return Cause("pasted", said)
    if _CHARACTER.match(error.message):
        said = (
            "It came along when text was copied from a page or a word processor: type it anew, as "
            "a plain quotation mark, hyphen or space"
        )
        return Cause("pasted", said)
    return None


def _line(submission: Submission, error: Raised) -> str:
    """The line that Python stopped at."""
    lines = _lines(submission)
    return lines[error.line - 1] if error.line and error.line <= len(lines) else ""


def _lines(submission: Submission) -> list[str]:
    return submission.content.decode("utf-8", "replace").splitlines()


def _between(lines: list[str], fences: list[int]) -> str:
    """What stands between the first fence and the next, or the end."""
    last = fences[1] - 1 if len(fences) > 1 else len(lines)
    return "\n".join(lines[fences[0] : last])


def _parses(text: str) -> bool:
    try:
        return bool(ast.parse(text).body)
    except (SyntaxError, MemoryError, RecursionError, ValueError):
        return False
