"""A tree of all copies' parameters where one copy's belong: used whole, or indexed wrongly."""

import ast
import re
from collections.abc import Iterator

from exercise.facts.syntax import COMPREHENSIONS, last_name
from exercise.mend.edit import Edit, Text
from exercise.mend.wording import SHAPES
from grader.mended import Mend
from grader.observation import Raised
from grader.source import Source

_INDEXED = re.compile(r"Too many indices|contracting dimensions|ncompatible shapes")
_COUNTS = ("range", "arange", "enumerate")


def mends(source: Source, raised: Raised) -> Iterator[Mend]:
    """The repairs of what an exception says of a tree of parameters, the likeliest first."""
    text = Text(source)
    lines = [line for line, _ in reversed(raised.frames)]
    shapes = SHAPES.search(raised.message)
    if raised.type == "KeyError" and raised.message.isdigit():
        yield from _indexed_trees(source, text, lines)
    elif shapes or _INDEXED.search(raised.message):
        yield from _wrong_index(source, text, lines)
        if shapes and shapes[3].rstrip(",").endswith(f", {shapes[2].rstrip(',')}"):
            yield from _left_whole(source, text, shapes[1])
            yield from _applied_whole(source, text, lines)


def _on(node: ast.expr, lines: list[int]) -> bool:
    return any(node.lineno <= line <= (node.end_lineno or line) for line in lines)


def _indexed_trees(source: Source, text: Text, lines: list[int]) -> Iterator[Mend]:
    """stacked[i]: the index belongs on the leaves."""
    for node in source.find(ast.Subscript):
        if isinstance(node.slice, ast.Name) and _on(node, lines):
            taken = _picked(text.of(node.value), text.of(node.slice))
            words = {"code": text.quoted(node), "tree": text.quoted(node.value)}
            yield from _mend(text, node, text.replaced(node, taken), "slice-tree", words)


def _wrong_index(source: Source, text: Text, lines: list[int]) -> Iterator[Mend]:
    """p[:, i], p[..., i], p[i, :, :], p[i, None], p[i:i+1]: the index of a copy is in them."""
    for node in source.find(ast.Subscript):
        found = _index(node)
        if found is None or not (_is_leaf(source, node) or _on(node, lines)):
            continue
        index, kind = found
        if _reads(index):
            edit = text.replaced(node.slice, text.of(index))
            fault = "wrong-axis" if kind == "slice-axis" else "unsliced-params"
            yield from _mend(text, node, edit, kind, {"code": text.quoted(node)}, fault)


def _index(node: ast.Subscript) -> tuple[ast.expr, str] | None:
    """What picks a copy in an index that does more, and what more it does."""
    where = node.slice
    if isinstance(where, ast.Slice):
        kept = where.lower is not None and _is_one_more(where.lower, where.upper)
        return (where.lower, "slice-kept") if kept and where.lower is not None else None
    if not isinstance(where, ast.Tuple) or len(where.elts) < 2:
        return None
    first, *more = where.elts
    if all(map(_is_filler, more)) and not _is_filler(first):
        added = any(_is_none(e) for e in more)
        return first, "slice-added" if added else "slice-places"
    rest = [e for e in where.elts if not _is_filler(e)]
    return (rest[0], "slice-axis") if len(rest) == 1 else None


def _is_one_more(lower: ast.expr, upper: ast.expr | None) -> bool:
    """Tell whether a slice is of length one: i:i+1."""
    if not (isinstance(upper, ast.BinOp) and isinstance(upper.op, ast.Add)):
        return False
    one = isinstance(upper.right, ast.Constant) and upper.right.value == 1
    return one and isinstance(lower, ast.Name) and last_name(upper.left) == lower.id


def _is_filler(node: ast.expr) -> bool:
    everything = isinstance(node, ast.Slice) and node.lower is None and node.upper is None
    ellipsis = isinstance(node, ast.Constant) and node.value is ...
    return everything or ellipsis or _is_none(node)


def _is_none(node: ast.expr) -> bool:
    none = isinstance(node, ast.Constant) and node.value is None
    return none or last_name(node) == "newaxis"


def _reads(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Name) for part in ast.walk(node))


def _is_leaf(source: Source, node: ast.Subscript) -> bool:
    """Tell whether it indexes what a function was given that is handed on, as to tree_map."""
    for above in source.above(node):
        if isinstance(above, (ast.Lambda, ast.FunctionDef)):
            return last_name(node.value) in {a.arg for a in above.args.args}
    return False


def _left_whole(source: Source, text: Text, leaf: str) -> Iterator[Mend]:
    """{"kernel": kernel[i], "bias": bias}: one of the two is that of all copies."""
    for node in source.find(ast.Dict):
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
            yield from _mend(text, whole, edit, "slice-leaf", {"code": text.quoted(whole)})


def _applied_whole(source: Source, text: Text, lines: list[int]) -> Iterator[Mend]:
    """apply(stacked, x) in a loop over the copies."""
    for call in source.find(ast.Call):
        if last_name(call.func) != "apply" or not call.args or not _on(call, lines):
            continue
        index = _counter(source, call)
        if index:
            tree = call.args[0]
            edit = text.replaced(tree, _picked(text.of(tree), index))
            words = {"code": text.quoted(tree), "function": text.quoted(call.func)}
            yield from _mend(text, call, edit, "slice-whole", words)


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


def _picked(tree: str, index: str) -> str:
    return f'__import__("jax").tree_util.tree_map(lambda leaf: leaf[{index}], {tree})'


def _mend(
    text: Text,
    node: ast.expr,
    edit: Edit,
    kind: str,
    words: dict[str, str],
    fault: str = "unsliced-params",
) -> Iterator[Mend]:
    content = text.changed([edit])
    if content is not None:
        yield Mend(content, fault, node.lineno, kind, words)
