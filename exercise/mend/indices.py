"""An index that does not pick a copy: on the tree, along another axis, or with an axis left."""

import ast
from collections.abc import Iterator

from exercise.facts.syntax import last_name
from exercise.mend.edit import Edit, Text, placed
from grader.core.mended import Mend
from grader.core.source import Source


def indexed_trees(source: Source, text: Text, lines: list[int]) -> Iterator[Mend]:
    """stacked[i]: the index belongs on the leaves."""
    for node in placed(source, ast.Subscript):
        if isinstance(node.slice, ast.Name) and on(node, lines):
            taken = picked(text.of(node.value), text.of(node.slice))
            words = {"code": text.quoted(node), "tree": text.quoted(node.value)}
            yield from mended(text, node, text.replaced(node, taken), "slice-tree", words)


def wrong_indices(source: Source, text: Text, lines: list[int]) -> Iterator[Mend]:
    """p[:, i], p[..., i], p[i, :, :], p[i, None], p[i:i+1]: the index of a copy is in them."""
    for node in placed(source, ast.Subscript):
        found = _index(node)
        if found is None or not (_is_leaf(source, node) or on(node, lines)):
            continue
        index, kind = found
        if _reads(index):
            edit = text.replaced(node.slice, text.of(index))
            fault = "wrong-axis" if kind == "slice-axis" else "unsliced-params"
            yield from mended(text, node, edit, kind, {"code": text.quoted(node)}, fault)


def _index(node: ast.Subscript) -> tuple[ast.expr, str] | None:
    """What picks a copy in an index that does more, and what more it does."""
    where = node.slice
    if isinstance(where, ast.Slice):
        kept = where.lower is not None and _is_one_more(where.lower, where.upper)
        return (where.lower, "slice-kept") if kept and where.lower is not None else None
    if not isinstance(where, ast.Tuple) or len(where.elts) < 2:
        return None
    rest = [e for e in where.elts if not _is_filler(e)]
    if len(rest) != 1:
        return None
    if any(map(_is_none, where.elts)):
        return rest[0], "slice-added"
    return rest[0], "slice-places" if rest[0] is where.elts[0] else "slice-axis"


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


def on(node: ast.expr, lines: list[int]) -> bool:
    """Tell whether a node stands on one of some lines."""
    return any(node.lineno <= line <= (node.end_lineno or line) for line in lines)


def picked(tree: str, index: str) -> str:
    """One copy of a tree, as a program that may have imported nothing writes it."""
    return f'__import__("jax").tree_util.tree_map(lambda leaf: leaf[{index}], {tree})'


def mended(
    text: Text,
    node: ast.expr,
    edit: Edit,
    kind: str,
    words: dict[str, str],
    fault: str = "unsliced-params",
) -> Iterator[Mend]:
    """The mend with one edit, if a program comes out."""
    content = text.changed([edit])
    if content is not None:
        yield Mend(content, fault, node.lineno, kind, words)
