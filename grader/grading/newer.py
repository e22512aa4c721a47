"""Forms of Python's grammar that a later Python reads, and how each shows (trusted side).

A form is named where the line that Python stopped at has it, and the message fits.
"""

import re
from typing import NamedTuple

from grader.cause import Cause


class Newer(NamedTuple):
    """A form that a later Python reads: the release, what it is, and how it shows."""

    since: tuple[int, int]
    what: str
    instead: str
    line: str
    message: str = ""


NEWER = (
    Newer(
        (3, 14),
        "`except` with several types and no brackets",
        "write except (A, B):",
        r"\s*except\s+[\w.]+\s*,",
        "multiple exception types must be parenthesized",
    ),
    Newer((3, 14), "a template string, t'...'", "use an f-string", r".*(?<![\w'\"])[tT][rR]?['\"]"),
    Newer(
        (3, 12),
        "a function's or class's type parameters in square brackets",
        "leave the brackets out, or use typing.TypeVar",
        r"\s*(async\s+)?(def|class)\s+\w+\s*\[",
    ),
    Newer((3, 12), "a `type` statement", "write Name = ...", r"\s*type\s+\w+\s*(\[.*\]\s*)?=(?!=)"),
    Newer(
        (3, 12),
        "an f-string whose own quotes stand again inside its braces",
        "use the other kind of quotes inside",
        r""".*\b[fF][rR]?(['"])(?!\1)[^'"\n]*\{[^}\n]*?\1[^\n]*?\1[^\n]*?\}""",
        "f-string",
    ),
    Newer(
        (3, 12),
        "a backslash inside the braces of an f-string",
        "give that text a name before the f-string",
        r".*\b[fF][rR]?['\"]",
        "f-string expression part cannot include a backslash",
    ),
    Newer(
        (3, 12),
        "an f-string whose braces go on over the end of the line",
        "put the value in a variable before the f-string",
        r""".*\b[fF][rR]?(['"])(?!\1\1)[^'"{\n]*\{[^}'"\n]*$""",
        "unterminated string literal",
    ),
    Newer((3, 15), "a lazy import", "leave lazy out", r"\s*lazy\s+(import|from)\s"),
    Newer(
        (3, 15),
        "unpacking inside a comprehension",
        "write the inner loop out",
        r".*\*",
        "unpacking cannot be used in",
    ),
)


def find(line: str, message: str, python: str) -> Cause | None:
    """Give the cause where a later Python than this one, `python`, reads the line."""
    version = tuple(int(part) for part in re.findall(r"\d{1,3}", python)[:2])
    for form in NEWER:
        fits = form.message in message and re.match(form.line, line[:500])
        if version < form.since and fits:
            since = ".".join(map(str, form.since))
            return Cause(
                "newer-python",
                f"Python {since} and later read {form.what}; the grader runs Python "
                f"{python}: {form.instead}",
            )
    return None
