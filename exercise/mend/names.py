"""A name that is not there: another one stands where it was looked for, and is put in its place."""

import ast
import difflib
import re
from collections.abc import Iterator

from exercise.facts.syntax import last_name
from exercise.mend.edit import Edit, Text, placed
from grader.core.mended import Mend
from grader.core.observation import Raised
from grader.core.source import Source

_ABSENT = re.compile(r"(?:has no attribute|name|variable) ['\"](\w{1,60})['\"]")
_MEANT = re.compile(r"\. Did you mean (\w{1,60})\?$")  # the worker has looked there
_KEYWORD = re.compile(r"unexpected keyword argument '(\w{1,60})'")
_MOVED = {"tree_map": "tree_util.tree_map", "tree_multimap": "tree_util.tree_map"}
_KEYWORDS = {
    "Dense": ("features", "use_bias", "kernel_init", "bias_init", "dtype", "param_dtype"),
    "split": ("key", "num"),
    **dict.fromkeys(("mean", "sum", "stack", "concatenate", "average"), ("axis", "dtype")),
    **dict.fromkeys(("zeros", "ones", "full", "zeros_like"), ("shape", "dtype")),
}
_OTHERWISE = {"Dense": {"units": "features", "out_features": "features", "dim": "axis"}}
_METHODS = ("apply", "init", "init_with_output")  # Flax does not say what it looked for
NAMES = ("AttributeError", "NameError", "UnboundLocalError")


def mends(source: Source, raised: Raised) -> Iterator[Mend]:
    """The repairs of a misspelt name on the line of an exception."""
    line = raised.line
    absent = _ABSENT.search(raised.message)
    if line is None:
        return
    if raised.type in NAMES and absent:
        yield from _attributes(source, raised, line, absent[1])
    keyword = _KEYWORD.search(raised.message)
    if raised.type == "TypeError" and keyword:
        yield from _keywords(source, line, keyword[1])


def _attributes(source: Source, raised: Raised, line: int, absent: str) -> Iterator[Mend]:
    meant = _MEANT.search(raised.message)
    moved = _MOVED.get(absent) if "module 'jax'" in raised.message else None
    close = difflib.get_close_matches(absent, _METHODS, n=1, cutoff=0.7)
    new = moved or (meant[1] if meant else "") or (close[0] if close else "")
    if not new or new in ("None", absent):
        return
    text = Text(source)
    for node in placed(source, ast.Attribute, ast.Name):
        if last_name(node) == absent and node.lineno <= line <= (node.end_lineno or line):
            end = text.span(node)[1]
            edit = Edit(end - len(absent.encode()), end, new)
            yield from _mend(text, edit, line, {"absent": absent, "meant": new})


def _keywords(source: Source, line: int, absent: str) -> Iterator[Mend]:
    text = Text(source)
    for call in placed(source, ast.Call):
        name = last_name(call.func)
        for keyword in call.keywords:
            if keyword.arg == absent and keyword.lineno <= line <= (call.end_lineno or line):
                known = _KEYWORDS.get(name, ())
                close = difflib.get_close_matches(absent, known, n=1)
                other = _OTHERWISE.get(name, {}).get(absent)
                if new := other or (close[0] if close else ""):
                    start = text.span(keyword)[0]
                    edit = Edit(start, start + len(absent.encode()), new)
                    words = {"absent": absent, "meant": new}
                    yield from _mend(text, edit, keyword.lineno, words)


def _mend(text: Text, edit: Edit, line: int, words: dict[str, str]) -> Iterator[Mend]:
    content = text.changed([edit])
    if content is not None:
        yield Mend(content, "", line, "name", words)
