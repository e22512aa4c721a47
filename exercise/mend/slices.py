"""A tree of all copies' parameters where one copy's belong: used whole, or indexed wrongly."""

import ast
import re
from collections.abc import Iterator

from exercise.facts.syntax import COMPREHENSIONS, last_name
from exercise.mend.edit import Edit, Text, placed
from exercise.mend.indices import indexed_trees, mended, on, picked, wrong_indices
from exercise.wording.mends import SHAPES
from grader.core.mended import Mend
from grader.core.observation import Raised
from grader.core.source import Source

_INDEXED = re.compile(r"Too many indices|contracting dimensions|ncompatible shapes")
_COUNTS = ("range", "arange", "enumerate")


def mends(source: Source, raised: Raised) -> Iterator[Mend]:
    """The repairs of what an exception says of a tree of parameters, the likeliest first."""
    text = Text(source)
    lines = [line for line, _ in reversed(raised.frames)]
    shapes = SHAPES.search(raised.message)
    if raised.type == "KeyError" and raised.message.isdigit():
        yield from indexed_trees(source, text, lines)
    elif shapes or _INDEXED.search(raised.message):
        yield from wrong_indices(source, text, lines)
        if shapes and shapes[3].rstrip(",").endswith(f", {shapes[2].rstrip(',')}"):
            yield from _left_whole(source, text, shapes[1])
            yield from _applied_whole(source, text, lines)


def _left_whole(source: Source, text: Text, leaf: str) -> Iterator[Mend]:
    """{"kernel": kernel[i], "bias": bias}: one of the two is that of all copies."""
    for node in placed(source, ast.Dict):
        parts = {
            k.value: v
            for k, v in zip(node.keys, node.values, strict=True)
            if isinstance(k, ast.Constant)
        }
        whole = parts.get(leaf)
        picked = [v for v in parts.values() if v is not whole and isinstance(v, ast.Subscript)]
        if whole is not None and picked and not isinstance(picked[0].slice, ast.Constant):
            end = text.span(whole)[1]
            edit = Edit(end, end, f"[{text.of(picked[0].slice)}]")
            yield from mended(text, whole, edit, "slice-leaf", {"code": text.quoted(whole)})


def _applied_whole(source: Source, text: Text, lines: list[int]) -> Iterator[Mend]:
    """apply(stacked, x) in a loop over the copies."""
    for call in placed(source, ast.Call):
        if last_name(call.func) != "apply" or not call.args or not on(call, lines):
            continue
        index = _counter(source, call)
        if index:
            tree = call.args[0]
            edit = text.replaced(tree, picked(text.of(tree), index))
            words = {"code": text.quoted(tree), "function": text.quoted(call.func)}
            yield from mended(text, call, edit, "slice-whole", words)


def _counter(source: Source, node: ast.AST) -> str:
    """The name that counts the copies where a node stands: of a loop, or given to a function."""
    for above in source.above(node):
        if isinstance(above, ast.For) and (name := _counts(above.target, above.iter)):
            return name
        if isinstance(above, COMPREHENSIONS):
            for part in above.generators:
                if name := _counts(part.target, part.iter):
                    return name
        if isinstance(above, (ast.Lambda, ast.FunctionDef)):
            return _given(source, above)
    return ""


def _counts(target: ast.expr, over: ast.expr) -> str:
    name = last_name(over.func) if isinstance(over, ast.Call) else ""
    if name == "enumerate" and isinstance(target, ast.Tuple):
        target = target.elts[0]
    return target.id if name in _COUNTS and isinstance(target, ast.Name) else ""


def _given(source: Source, function: ast.Lambda | ast.FunctionDef) -> str:
    """What a function that a scan, a fori_loop or a vmap calls is told of the copy it is for."""
    given = [a.arg for a in function.args.args]
    if not given:
        return ""
    name = getattr(function, "name", "")
    for call in source.find(ast.Call):
        if any(a is function or (name and last_name(a) == name) for a in call.args):
            return given[-1] if last_name(call.func) == "scan" else given[0]
    return ""
