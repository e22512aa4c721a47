"""What the source of a submission shows about its faults: breaks ties and finds lines.

Each function looks for one pattern and gives its line, or None. None of them decides anything by
itself: the outputs do.
"""

import ast
from collections.abc import Iterator

from grader.source import Source

LOOPS = (ast.For, ast.While)
COMPREHENSIONS = (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
MEANS = {"mean", "average", "nanmean", "fmean"}


def _name(node: ast.AST) -> str:
    """The last part of a dotted name: `init` of `model.init`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _calls(source: Source, *names: str) -> Iterator[ast.Call]:
    for node in source.find(ast.Call):
        if isinstance(node, ast.Call) and _name(node.func) in names:
            yield node


def _mentions(node: ast.AST, *names: str) -> bool:
    return any(_name(part) in names for part in ast.walk(node))


def _targets(node: ast.AST) -> set[str]:
    """Names bound by the loops of a for statement or a comprehension."""
    if isinstance(node, ast.For):
        return {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}
    if isinstance(node, COMPREHENSIONS):
        return {
            n.id for g in node.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)
        }
    return set()


def unbound_closures(source: Source) -> list[tuple[ast.Lambda | ast.FunctionDef, bool]]:
    """Functions that use a loop's variable without binding it; True for those called at once."""
    found = []
    for node in source.find(ast.Lambda, ast.FunctionDef):
        assert isinstance(node, (ast.Lambda, ast.FunctionDef))
        bound = {a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
        body = node.body if isinstance(node.body, list) else [node.body]
        used = {n.id for part in body for n in ast.walk(part) if isinstance(n, ast.Name)} - bound
        loops = []
        for above in source.above(node):
            if isinstance(above, (ast.FunctionDef, ast.Lambda)):
                break
            loops.append(above)
        loop = next((a for a in loops if _targets(a) & used or _assigned(a) & used), None)
        if loop is not None:
            found.append((node, _called_at_once(source, node)))
    return found


def _assigned(node: ast.AST) -> set[str]:
    """Names assigned in the body of a loop statement."""
    if not isinstance(node, LOOPS):
        return set()
    stores = (n for part in node.body for n in ast.walk(part) if isinstance(n, ast.Name))
    return {n.id for n in stores if isinstance(n.ctx, ast.Store)}


def _called_at_once(source: Source, node: ast.Lambda | ast.FunctionDef) -> bool:
    """A lambda handed to tree_map and its like, or a def that is only called in the loop."""
    parent = source.parents.get(node)
    if isinstance(node, ast.Lambda):
        if isinstance(parent, ast.Call):
            return parent.func is node or _name(parent.func) not in {"append", "add", "insert"}
        return isinstance(parent, ast.keyword)
    loop = next((a for a in source.above(node) if isinstance(a, LOOPS)), None)
    uses = [n for n in source.find(ast.Name) if isinstance(n, ast.Name) and n.id == node.name]
    stored = [n for n in uses if isinstance(n.ctx, ast.Load) and not _is_called(source, n)]
    outside = [n for n in uses if loop not in list(source.above(n))]
    return not stored and not outside


def _is_called(source: Source, node: ast.AST) -> bool:
    parent = source.parents.get(node)
    if not isinstance(parent, ast.Call):
        return False
    return parent.func is node or _name(parent.func) not in {"append", "add", "insert", "partial"}


def late_binding(source: Source) -> int | None:
    """A closure over the loop's variable that is kept for later."""
    return next((n.lineno for n, at_once in unbound_closures(source) if not at_once), None)


def unbound_lambda(source: Source) -> int | None:
    """A closure over the loop's variable that is called at once: harmless, and a trap."""
    return next((n.lineno for n, at_once in unbound_closures(source) if at_once), None)


def overwriting(source: Source) -> int | None:
    """An assignment in a loop that forgets what the name held, where the name is used after it."""
    for loop in source.find(*LOOPS):
        assert isinstance(loop, LOOPS)
        inside = [n for part in loop.body for n in ast.walk(part)]
        accumulated = {
            name
            for n in inside
            for name in ([_name(n.target)] if isinstance(n, ast.AugAssign) else [])
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
                and _mentions(node.func, "at")
                and _name(node.func) == "set"
            ):
                return node.lineno
            if not isinstance(node, ast.Assign) or len(node.targets) != 1:
                continue
            target = node.targets[0]
            if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice):
                target = target.value
            name = _name(target)
            fresh = not _mentions(node.value, name)
            if name and fresh and name in loads_after and name not in accumulated:
                return node.lineno
    return None


def single_key(source: Source) -> int | None:
    """One key for all copies: keys[0], [key] * n, stack, tile, or an init that is not vmapped."""
    for node in source.find(ast.Subscript):
        assert isinstance(node, ast.Subscript)
        constant = isinstance(node.slice, ast.Constant) or (
            isinstance(node.slice, ast.UnaryOp) and isinstance(node.slice.operand, ast.Constant)
        )
        if constant and ("key" in _name(node.value).lower() or _mentions(node.value, "split")):
            return node.lineno
    for call in _calls(source, "tile", "repeat", "broadcast_to", "full"):
        if any("key" in _name(n).lower() or _name(n) == "PRNGKey" for n in ast.walk(call)):
            return call.lineno
    for product in source.find(ast.BinOp):
        lists = isinstance(product.left, ast.List) or isinstance(product.right, ast.List)
        if lists and isinstance(product.op, ast.Mult):
            return product.lineno
    if not any(True for _ in _calls(source, "split", "fold_in")):
        first = next(_calls(source, "PRNGKey", "key", "init"), None)
        return first.lineno if first is not None else None
    return None


def plain_init(source: Source) -> int | None:
    """A call of init that is written out, so not handed to vmap."""
    call = next(_calls(source, "init", "init_with_output"), None)
    return None if call is None else call.lineno


def early_return(source: Source) -> int | None:
    """A return inside a loop."""
    for node in source.find(ast.Return):
        if any(isinstance(above, LOOPS) for above in source.above(node)):
            return node.lineno
    return None


def skipping(source: Source) -> int | None:
    """A range or a slice that does not go from the first to the last."""
    for call in _calls(source, "range", "arange", "fori_loop"):
        shorter = any(isinstance(a, ast.BinOp) and isinstance(a.op, ast.Sub) for a in call.args)
        start = len(call.args) > 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value
        if shorter or start:
            return call.lineno
    for call in _calls(source, "split"):
        if any(isinstance(a, ast.BinOp) and isinstance(a.op, ast.Sub) for a in call.args):
            return call.lineno
    cut = next(source.find(ast.Slice), None) or next(source.find(ast.Continue, ast.Break), None)
    return None if cut is None else cut.lineno


def divisions(source: Source) -> list[int]:
    """Lines that divide or average, in source order."""
    averages = {*MEANS, "divide", "true_divide"}
    lines = [call.lineno for call in _calls(source, *averages)]
    lines += [n.lineno for n in source.find(ast.BinOp) if isinstance(n.op, ast.Div)]
    lines += [n.lineno for n in source.find(ast.AugAssign) if isinstance(n.op, ast.Div)]
    return sorted(lines)


def whole_leaf(source: Source) -> int | None:
    """A stacked kernel or bias that is used in a loop as if it were one copy's."""

    def is_leaf(node: ast.AST) -> bool:
        key = node.slice if isinstance(node, ast.Subscript) else None
        return isinstance(key, ast.Constant) and key.value in ("kernel", "bias")

    names = {
        _name(a.targets[0]) for a in source.find(ast.Assign) if is_leaf(a.value) and a.targets
    } - {""}
    for node in source.find(ast.BinOp):
        in_loop = any(isinstance(above, LOOPS) for above in source.above(node))
        if in_loop and any(is_leaf(o) or _name(o) in names for o in (node.left, node.right)):
            return node.lineno
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
        if _name(named) in names:
            return named.lineno
    dense = list(_calls(source, "Dense"))
    return dense[1].lineno if len(dense) > 1 else None


def key_maker(source: Source) -> int | None:
    """The line that makes keys."""
    call = next(_calls(source, "split", "fold_in", "PRNGKey", "key"), None)
    return None if call is None else call.lineno


def splits_in_n(source: Source) -> bool:
    """Tell whether a key is split into a given number of keys at once."""
    return any(len(c.args) + len(c.keywords) > 1 for c in _calls(source, "split"))


def seed_maker(source: Source) -> int | None:
    """The line that turns a number into a key."""
    call = next(_calls(source, "PRNGKey", "key", "RandomState", "default_rng"), None)
    return None if call is None else call.lineno


def result_line(source: Source, function: str) -> int | None:
    """The last return of the function."""
    found = None
    for node in source.find(ast.Return):
        if any(getattr(a, "name", "") == function for a in source.above(node)):
            found = node.lineno
    return found


def vmap_line(source: Source) -> int | None:
    """The first vmap that is given no in_axes."""
    for call in _calls(source, "vmap"):
        if len(call.args) < 2 and not any(k.arg == "in_axes" for k in call.keywords):
            return call.lineno
    first = next(_calls(source, "vmap"), None)
    return None if first is None else first.lineno


def looped_init(source: Source) -> int | None:
    """A call of init inside a loop or a comprehension."""
    for call in _calls(source, "init", "init_with_output", "lazy_init"):
        if any(isinstance(a, (*LOOPS, *COMPREHENSIONS)) for a in source.above(call)):
            return call.lineno
    return plain_init(source)


def averaged_params(source: Source) -> int | None:
    """A mean over the leaves of a parameter tree, handed to tree_map."""
    for call in _calls(source, "tree_map", "map"):
        if call.args and _mentions(call.args[0], *MEANS, "sum"):
            return call.lineno
    return None


def odd_divisor(source: Source) -> int | None:
    """A division by something that is not a bare name or a length."""
    for node in source.find(ast.BinOp, ast.AugAssign):
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div):
            divisor = node.right if isinstance(node, ast.BinOp) else node.value
            while isinstance(divisor, ast.Call) and len(divisor.args) == 1:
                if _name(divisor.func) == "len":
                    break
                divisor = divisor.args[0]
            if not (
                isinstance(divisor, ast.Name) or _name(getattr(divisor, "func", divisor)) == "len"
            ):
                return node.lineno
    return None
