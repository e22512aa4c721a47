"""Small questions about syntax that all facts ask."""

import ast
from collections.abc import Iterator
from itertools import takewhile

from grader.core.source import Source

FUNCTIONS = (ast.FunctionDef, ast.Lambda)
INITS = ("init", "init_with_output")
LOOPS = (ast.For, ast.While)
COMPREHENSIONS = (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
MEANS = {"mean", "average", "nanmean", "fmean"}


def last_name(node: ast.AST) -> str:
    """The last part of a dotted name: `init` of `model.init`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls(source: Source, *names: str) -> Iterator[ast.Call]:
    """Calls of a function or method of one of these names, in source order."""
    for node in source.find(ast.Call):
        if isinstance(node, ast.Call) and last_name(node.func) in names:
            yield node


def within_function(source: Source, node: ast.AST) -> Iterator[ast.AST]:
    """The nodes around a node, innermost first, as far as the function that it is in."""
    return takewhile(lambda above: not isinstance(above, FUNCTIONS), source.above(node))


def function_around(source: Source, node: ast.AST) -> ast.FunctionDef | ast.Lambda | None:
    """The innermost function that a node is in."""
    around = source.above(node)
    return next((a for a in around if isinstance(a, FUNCTIONS)), None)


def mentions(node: ast.AST, *names: str) -> bool:
    """Tell whether one of these names stands anywhere below a node."""
    return any(last_name(part) in names for part in ast.walk(node))
