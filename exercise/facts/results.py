"""How the copies become one answer, and what the copies are."""

import ast

from exercise.facts.syntax import MEANS, calls, last_name, mentions
from grader.core.source import Source


def divisions(source: Source) -> list[int]:
    """Lines that divide or average, in source order."""
    averages = {*MEANS, "divide", "true_divide"}
    lines = [call.lineno for call in calls(source, *averages)]
    lines += [n.lineno for n in source.find(ast.BinOp) if isinstance(n.op, ast.Div)]
    lines += [n.lineno for n in source.find(ast.AugAssign) if isinstance(n.op, ast.Div)]
    return sorted(lines)


def odd_divisor(source: Source) -> int | None:
    """A division by something that is not a bare name or a length."""
    for node in source.find(ast.BinOp, ast.AugAssign):
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div):
            divisor = node.right if isinstance(node, ast.BinOp) else node.value
            while isinstance(divisor, ast.Call) and len(divisor.args) == 1:
                if last_name(divisor.func) == "len":
                    break
                divisor = divisor.args[0]
            named = last_name(getattr(divisor, "func", divisor)) == "len"
            if not isinstance(divisor, ast.Name) and not named:
                return node.lineno
    return None


def averaged_params(source: Source) -> int | None:
    """A mean over the leaves of a parameter tree, handed to tree_map."""
    for call in calls(source, "tree_map", "map"):
        if call.args and mentions(call.args[0], *MEANS, "sum"):
            return call.lineno
    return None


def unusual_layer(source: Source) -> int | None:
    """An activation, an initialiser, or another layer than Dense."""
    for node in source.find(ast.keyword):
        if node.arg in ("kernel_init", "bias_init"):
            return node.value.lineno
    names = {
        *("relu", "tanh", "sigmoid", "gelu", "silu", "swish", "softmax", "log_softmax", "softplus"),
        *("elu", "leaky_relu", "LayerNorm", "BatchNorm", "Dropout", "Sequential", "normalize"),
        *("he_normal", "xavier_normal", "glorot_normal", "kaiming_normal", "initializers"),
    }
    for named in (*source.find(ast.Attribute), *source.find(ast.Name)):
        if last_name(named) in names:
            return named.lineno
    dense = list(calls(source, "Dense"))
    return dense[1].lineno if len(dense) > 1 else None


def other_size(source: Source) -> int | None:
    """A Dense layer of another size than `features`, where no layer may have that one."""
    sizes = [(call, _size(call)) for call in calls(source, "Dense")]
    odd = [call for call, size in sizes if size is not None and not _may_be_features(size)]
    return odd[-1].lineno if odd and len(odd) == len(sizes) else None


def _size(dense: ast.Call) -> ast.expr | None:
    named = (k.value for k in dense.keywords if k.arg == "features")
    return dense.args[0] if dense.args else next(named, None)


def _may_be_features(size: ast.expr) -> bool:
    other = last_name(size) in ("n_copies", "seed", "x")
    return isinstance(size, (ast.Name, ast.Attribute)) and not other


def low_precision(source: Source) -> int | None:
    """A dtype that keeps three digits or fewer, by name or as a string."""
    names = {"float16", "bfloat16", "half", "f16", "bf16"}
    for node in source.find(ast.Attribute, ast.Name, ast.Constant):
        if last_name(node) in names or getattr(node, "value", None) in names:
            return node.lineno
    return None


def result_line(source: Source, function: str) -> int | None:
    """The last return of the function, or of the one in the file whose result it returns."""
    last = _last_return(source, function)
    if last is None:
        return None
    inner = _last_return(source, _own_function(source, last.value))
    return (inner or last).lineno


def _last_return(source: Source, function: str) -> ast.Return | None:
    found = None
    for node in source.find(ast.Return):
        if function and any(getattr(a, "name", "") == function for a in source.above(node)):
            found = node
    return found


def _own_function(source: Source, value: ast.AST | None) -> str:
    """The name of the function that a call runs, if the file defines one; a class's is __call__."""
    if not isinstance(value, ast.Call):
        return ""
    name = "__call__" if isinstance(value.func, ast.Call) else last_name(value.func)
    own = [f for f in source.find(ast.FunctionDef) if f.name == name]
    return name if len(own) == 1 else ""
