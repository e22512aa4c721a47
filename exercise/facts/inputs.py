"""Where x is changed before a layer sees it."""

import ast

from exercise.facts.syntax import last_name
from grader.core.source import Source

# What only takes x over as it is: another container, dtype or number of axes.
SAME = {
    *("asarray", "array", "astype", "float32", "float64", "copy", "device_put", "ravel", "reshape"),
    *("squeeze", "expand_dims", "atleast_1d", "broadcast_to", "tile", "stop_gradient", "cast"),
}


def changed_input(source: Source) -> int | None:
    """Where something is reckoned from x: for x itself, or for what a layer is given."""
    given = {last_name(a) for call in source.find(ast.Call) for a in _given(call)} - {""}
    for node in source.find(ast.Assign, ast.AugAssign):
        assert isinstance(node, (ast.Assign, ast.AugAssign))
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        reckons = isinstance(node, ast.AugAssign) or _reckons(node.value)
        if reckons and {"x", *given}.intersection(map(last_name, targets)):
            return node.lineno
    for call in source.find(ast.Call):
        if any(map(_reckons, _given(call))):
            return call.lineno
    return None


def _given(call: ast.AST) -> list[ast.expr]:
    """What a layer is given besides keys or parameters, be it under vmap."""
    if not isinstance(call, ast.Call):
        return []
    function = call.func
    if isinstance(function, ast.Call) and last_name(function.func) == "vmap" and function.args:
        function = function.args[0]
    return call.args[1:] if last_name(function) in ("apply", "init") else []


def _reckons(value: ast.AST) -> bool:
    """Tell whether arithmetic or a call that is not a mere conversion is done on x."""
    for node in ast.walk(value):
        uses_x = any(isinstance(n, ast.Name) and n.id == "x" for n in ast.walk(node))
        if uses_x and isinstance(node, (ast.BinOp, ast.UnaryOp)):
            return True
        if uses_x and isinstance(node, ast.Call) and last_name(node.func) not in SAME:
            return True
    return False
