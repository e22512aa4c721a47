"""A source without comments and strings, line by line as it was (pure, trusted side)."""

import io
import tokenize
from collections import defaultdict

LEFT_OUT = "…"
_FSTRING = getattr(tokenize, "FSTRING_MIDDLE", -1)  # Python 3.12 has tokens of its own for these


def strip(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Empty comments and strings; no lines at all for what cannot be read as Python."""
    cuts: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
            if token.type == tokenize.ERRORTOKEN:
                return ()  # behind it, what is a comment is not known
            if token.type in (tokenize.COMMENT, tokenize.STRING, _FSTRING):
                text = {tokenize.COMMENT: "", tokenize.STRING: f'"{LEFT_OUT}"'}
                (first, start), (last, end) = token.start, token.end
                for number in range(first, last + 1):
                    begin = start if number == first else 0
                    stop = end if number == last else len(lines[number - 1])
                    new = text.get(token.type, LEFT_OUT) if number == first else ""
                    cuts[number].append((begin, stop, new))
    except (SyntaxError, tokenize.TokenError, IndexError):
        return ()
    return tuple(_cut(line, cuts[number]) for number, line in enumerate(lines, 1))


def _cut(line: str, cuts: list[tuple[int, int, str]]) -> str:
    for begin, stop, new in reversed(cuts):
        line = line[:begin] + new + line[stop:]
    return line.rstrip()
