"""Where copies get lost or mixed up: loops, slices, vmap."""

import ast

from exercise.facts.syntax import COMPREHENSIONS, LOOPS, calls, last_name, mentions, within_function
from grader.core.source import Source

STEPS = ("scan", "fori_loop", "reduce")  # they hand each step what the one before gave
EMPTY = ("zeros", "zeros_like", "empty", "full")


def overwriting(source: Source) -> int | None:
    """An assignment in a loop, or a step of a scan, that forgets what the name held."""
    return _overwriting_loop(source) or _forgetful_step(source)


def _forgetful_step(source: Source) -> int | None:
    """In a function handed to scan and its like: where it goes on without what it was given."""
    for call in calls(source, *STEPS):
        handed = set(map(last_name, call.args)) - {""}
        steps: list[ast.Lambda | ast.FunctionDef] = [
            f for f in source.find(ast.FunctionDef) if f.name in handed
        ]
        steps += [a for a in call.args if isinstance(a, ast.Lambda)]
        place = 1 if last_name(call.func) == "fori_loop" else 0
        for step in steps:
            given = [a.arg for a in step.args.args][place : place + 1]
            line = _forgotten(step, given[0]) if given else None
            if line is not None:
                return line
    return None


def _forgotten(step: ast.Lambda | ast.FunctionDef, given: str) -> int | None:
    """Where an argument is given another value, or none is read of it; None where it is read."""
    uses = [n for n in ast.walk(step) if isinstance(n, ast.Name) and n.id == given]
    stored = min((n.lineno for n in uses if isinstance(n.ctx, ast.Store)), default=None)
    read = [n.lineno for n in uses if isinstance(n.ctx, ast.Load)]
    if read and (stored is None or min(read) <= stored):
        return None
    returns = [n.lineno for n in ast.walk(step) if isinstance(n, ast.Return)]
    return stored or max(returns, default=step.lineno)


def _overwriting_loop(source: Source) -> int | None:
    """An assignment in a loop that forgets what the name held, where the name is used after it."""
    for loop in source.find(*LOOPS):
        assert isinstance(loop, LOOPS)
        inside = [n for part in loop.body for n in ast.walk(part)]
        accumulated = {
            name
            for n in inside
            for name in ([last_name(n.target)] if isinstance(n, ast.AugAssign) else [])
        }
        loads_after = {
            n.id
            for n in source.find(ast.Name)
            if isinstance(n, ast.Name)
            and isinstance(n.ctx, ast.Load)
            and n.lineno > (loop.end_lineno or 0)
        }
        for node in inside:
            if (
                isinstance(node, ast.Call)
                and mentions(node.func, "at")
                and last_name(node.func) == "set"
            ):
                return node.lineno
            if not isinstance(node, ast.Assign) or len(node.targets) != 1:
                continue
            target = node.targets[0]
            if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice):
                target = target.value
            name = last_name(target)
            fresh = not mentions(node.value, name)
            if name and fresh and name in loads_after and name not in accumulated:
                return node.lineno
    return None


def accumulator_start(source: Source) -> int | None:
    """Where what a loop or a reduce adds to gets its first value, if that is more than zeros."""
    for loop in source.find(*LOOPS):
        added = {last_name(n.target) for n in ast.walk(loop) if isinstance(n, ast.AugAssign)}
        for node in ast.walk(loop):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
                added |= {t for t in map(last_name, node.targets) if mentions(node.value, t)}
        before = [a for a in source.find(ast.Assign) if a.lineno < loop.lineno]
        for start in reversed(before):
            empty = isinstance(start.value, ast.Constant) or mentions(start.value, *EMPTY)
            if not empty and (added - {""}).intersection(map(last_name, start.targets)):
                return start.lineno
    for call in calls(source, "reduce", "sum"):  # whose last argument is where it starts
        if len(call.args) > 1 and isinstance(call.args[-1], ast.Subscript):
            return call.lineno
    return None


def early_return(source: Source) -> int | None:
    """A return inside a loop, of the function that the loop is in."""
    for node in source.find(ast.Return):
        if any(isinstance(above, LOOPS) for above in within_function(source, node)):
            return node.lineno
    return None


def skipping(source: Source) -> int | None:
    """A range or a slice that does not go from the first to the last."""
    for call in calls(source, "range", "arange", "fori_loop"):
        step = call.args[2] if len(call.args) == 3 and last_name(call.func) != "fori_loop" else None
        if isinstance(step, ast.UnaryOp):  # from the last to the first
            continue
        if step is not None and getattr(step, "value", None) != 1:
            return call.lineno
        shorter = any(isinstance(a, ast.BinOp) and isinstance(a.op, ast.Sub) for a in call.args)
        shorter |= any(last_name(a.func) == "min" for a in call.args if isinstance(a, ast.Call))
        shorter |= all(isinstance(a, ast.Constant) for a in call.args)
        start = len(call.args) > 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value
        if shorter or start:
            return call.lineno
    for call in calls(source, "split"):
        if any(isinstance(a, ast.BinOp) and isinstance(a.op, ast.Sub) for a in call.args):
            return call.lineno
    for loop in source.find(ast.While):
        if any(isinstance(n, ast.BinOp) and isinstance(n.op, ast.Sub) for n in ast.walk(loop.test)):
            return loop.lineno
    slices = (s for s in source.find(ast.Slice) if _leaves_out(s))
    cut = next(slices, None) or next(source.find(ast.Continue, ast.Break), None)
    return None if cut is None else cut.lineno


def _leaves_out(part: ast.Slice) -> bool:
    """Tell whether a slice may be short: not if it only turns the order, or ends at a count."""
    turned = part.step is None or ast.unparse(part.step) == "-1"
    from_first = part.lower is None or ast.unparse(part.lower) == "0"
    whole = part.upper is None or isinstance(part.upper, ast.Name)
    return not (turned and from_first and whole)


def fixed_index(source: Source) -> int | None:
    """An index that is a number, in what is done for each copy."""
    around = (*LOOPS, *COMPREHENSIONS, ast.Lambda)
    for node in source.find(ast.Subscript):
        number = node.slice.operand if isinstance(node.slice, ast.UnaryOp) else node.slice
        constant = isinstance(number, ast.Constant) and isinstance(number.value, int)
        if constant and any(isinstance(above, around) for above in source.above(node)):
            return node.lineno
    return None


def fixed_counts(source: Source) -> set[int]:
    """How many copies are written out one by one, or counted by a number: those that may be."""
    indices = {
        node.slice.value
        for node in source.find(ast.Subscript)
        if isinstance(node.slice, ast.Constant) and type(node.slice.value) is int
    }
    written_out = {top + 1 for top in indices if top > 0 and indices.issuperset(range(top))}
    counted = {
        number.value
        for call in source.find(ast.Call)
        if last_name(call.func) == "range"
        for number in call.args
        if isinstance(number, ast.Constant) and type(number.value) is int
    }
    return written_out | counted


def whole_leaf(source: Source) -> int | None:
    """A stacked kernel or bias that is used in a loop as if it were one copy's."""

    def is_leaf(node: ast.AST) -> bool:
        key = node.slice if isinstance(node, ast.Subscript) else None
        return isinstance(key, ast.Constant) and key.value in ("kernel", "bias")

    names = {
        last_name(a.targets[0]) for a in source.find(ast.Assign) if is_leaf(a.value) and a.targets
    } - {""}
    for node in source.find(ast.BinOp):
        in_loop = any(isinstance(above, LOOPS) for above in source.above(node))
        if in_loop and any(is_leaf(o) or last_name(o) in names for o in (node.left, node.right)):
            return node.lineno
    return None


def vmap_line(source: Source) -> int | None:
    """The first vmap that is given no in_axes."""
    for call in calls(source, "vmap"):
        if len(call.args) < 2 and not any(k.arg == "in_axes" for k in call.keywords):
            return call.lineno
    first = next(calls(source, "vmap"), None)
    return None if first is None else first.lineno
