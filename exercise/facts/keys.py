"""Where keys come from, and where parameters are made of them."""

import ast

from exercise.facts.syntax import COMPREHENSIONS, INITS, LOOPS, calls, last_name, mentions
from grader.core.source import Source

CHANGES = {"abs", "max", "min", "hash", "maximum", "minimum", "absolute", "clip"}  # a number


def single_key(source: Source) -> int | None:
    """One key for all copies: keys[0], [key] * n, stack, tile, or an init that is not vmapped."""
    of_keys = _names_of_keys(source)
    for node in source.find(ast.Subscript):
        assert isinstance(node, ast.Subscript)
        constant = isinstance(node.slice, ast.Constant) or (
            isinstance(node.slice, ast.UnaryOp) and isinstance(node.slice.operand, ast.Constant)
        )
        name = last_name(node.value)
        named = "key" in name.lower() or name in of_keys
        if constant and (named or mentions(node.value, "split")):
            return node.lineno
    for call in calls(source, "tile", "repeat", "broadcast_to", "full"):
        if any("key" in last_name(n).lower() or last_name(n) == "PRNGKey" for n in ast.walk(call)):
            return call.lineno
    for product in source.find(ast.BinOp):
        lists = isinstance(product.left, ast.List) or isinstance(product.right, ast.List)
        if lists and isinstance(product.op, ast.Mult):
            return product.lineno
    if not any(True for _ in calls(source, "split", "fold_in")):
        return seed_maker(source) or plain_init(source)
    return None


def _names_of_keys(source: Source) -> set[str]:
    """Names that are given what split makes of one key."""
    made = (a for a in source.find(ast.Assign) if last_name(getattr(a.value, "func", a)) == "split")
    return {last_name(target) for assign in made for target in assign.targets} - {""}


def key_maker(source: Source) -> int | None:
    """The line that makes keys: of a seed that was reckoned, else by fold_in, else by split."""
    seeds = list(calls(source, "PRNGKey", "key"))
    reckoned = (c for c in seeds if c.args and isinstance(c.args[0], ast.BinOp))
    made = (*reckoned, *calls(source, "fold_in"), *calls(source, "split"), *seeds)
    return made[0].lineno if made else None


def inner_layer(source: Source) -> int | None:
    """A Dense layer inside a class: a Module's place in another one enters its key."""
    inside = (c for c in calls(source, "Dense") if any(map(_is_class, source.above(c))))
    return next((call.lineno for call in inside), None)


def _is_class(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef)


def seed_maker(source: Source) -> int | None:
    """The line that turns a number into a key."""
    call = next(calls(source, "PRNGKey", "key", "RandomState", "default_rng"), None)
    return None if call is None else call.lineno


def changed_seed(source: Source) -> int | None:
    """The line that makes another number of the seed."""
    for node in source.find(ast.Assign, ast.AugAssign):
        assert isinstance(node, (ast.Assign, ast.AugAssign))
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        converts = isinstance(node.value, ast.Call) and last_name(node.value.func) not in CHANGES
        if "seed" in map(last_name, targets) and not converts:
            return node.lineno
    return None


def splits_in_n(source: Source) -> bool:
    """Tell whether a key is split into a given number of keys at once."""
    return any(len(c.args) + len(c.keywords) > 1 for c in calls(source, "split"))


def plain_init(source: Source) -> int | None:
    """A call of init that is written out, so not handed to vmap."""
    call = next(calls(source, *INITS), None)
    return None if call is None else call.lineno


def looped_init(source: Source) -> int | None:
    """A call of init inside a loop or a comprehension."""
    for call in calls(source, *INITS, "lazy_init"):
        if any(isinstance(a, (*LOOPS, *COMPREHENSIONS)) for a in source.above(call)):
            return call.lineno
    return plain_init(source)
