"""Functions that are made in a loop and use its variable."""

import ast

from exercise.facts.syntax import COMPREHENSIONS, INITS, LOOPS, last_name, mentions, within_function
from grader.core.source import Source

Closure = ast.Lambda | ast.FunctionDef | ast.GeneratorExp
# They call what they are handed before the next turn of the loop.
CALL_AT_ONCE = {
    *("tree_map", "tree_map_with_path", "map", "filter", "sorted", "max", "min", "sum", "list"),
    *("tuple", "stack", "concatenate", "reduce", "scan", "fori_loop", "while_loop", "cond", "any"),
    *("all", "eval_shape", "make_jaxpr", "asarray", "array", "mean"),
}
KEEPERS = {"append", "add", "insert", "extend", "setdefault", "appendleft", "put"}


def closures_in_loops(source: Source) -> list[tuple[Closure, bool]]:
    """Functions and generators that use a loop's variable without binding it; True for those that
    are called at once."""
    found = []
    for node in source.find(ast.Lambda, ast.FunctionDef, ast.GeneratorExp):
        assert isinstance(node, (ast.Lambda, ast.FunctionDef, ast.GeneratorExp))
        around = within_function(source, node)
        changing = {name for above in around for name in _targets(above) | _assigned(above)}
        if changing and changing & _free(node):
            found.append((node, _called_at_once(source, node)))
    return found


def _free(node: Closure) -> set[str]:
    """Names that are read when a function is called, or when a generator goes on."""
    if isinstance(node, ast.GeneratorExp):
        # The first iterable is evaluated at once.
        body: list[ast.AST] = [node.elt, *(g.iter for g in node.generators[1:])]
        body += [test for g in node.generators for test in g.ifs]
        bound = _targets(node)
    else:
        body = list(node.body) if isinstance(node.body, list) else [node.body]
        every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        bound = {a.arg for a in every}
    names = (n for part in body for n in ast.walk(part) if isinstance(n, ast.Name))
    return {n.id for n in names} - bound


def _assigned(node: ast.AST) -> set[str]:
    """Names assigned in the body of a loop statement."""
    if not isinstance(node, LOOPS):
        return set()
    stores = (n for part in node.body for n in ast.walk(part) if isinstance(n, ast.Name))
    return {n.id for n in stores if isinstance(n.ctx, ast.Store)}


def _called_at_once(source: Source, node: Closure) -> bool:
    """Tell whether a function is used up before the loop's next turn, as far as it shows."""
    if isinstance(node, ast.FunctionDef):
        loop = next((a for a in source.above(node) if isinstance(a, LOOPS)), None)
        return _used_at_once(source, node.name, loop)
    value: ast.AST = node
    while True:
        parent = source.parents.get(value)
        if isinstance(parent, ast.keyword):
            parent = source.parents.get(parent)
        if isinstance(parent, ast.Call):
            if parent.func is value or last_name(parent.func) in CALL_AT_ONCE:
                return True
            if last_name(parent.func) in KEEPERS:
                return False
            value = parent  # wrapped: by jit, vmap, partial, a class of the student's
            continue
        if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
            targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
            loop = next((a for a in source.above(node) if isinstance(a, LOOPS)), None)
            named = [t.id for t in targets if isinstance(t, ast.Name)]
            return bool(named) and all(_used_at_once(source, n, loop) for n in named)
        if isinstance(parent, (ast.For, ast.comprehension)):
            return True  # iterated over here and now
        return isinstance(parent, ast.Expr)


def _used_at_once(source: Source, name: str, loop: ast.AST | None) -> bool:
    """Tell whether a name is only called, or handed to what calls it, and inside the loop."""
    uses = [n for n in source.find(ast.Name) if isinstance(n, ast.Name) and n.id == name]
    uses = [n for n in uses if isinstance(n.ctx, ast.Load)]
    inside = all(loop in list(source.above(n)) for n in uses)
    return inside and all(_is_called(source, n) for n in uses)


def _is_called(source: Source, node: ast.AST) -> bool:
    parent = source.parents.get(node)
    if not isinstance(parent, ast.Call):
        return False
    return parent.func is node or last_name(parent.func) not in {*KEEPERS, "partial", "jit"}


def late_binding(source: Source) -> int | None:
    """A closure over the loop's variable that is kept for later."""
    closures = closures_in_loops(source)
    return next((n.lineno for n, at_once in closures if not at_once), None)


def late_init(source: Source) -> int | None:
    """Such a closure in which the parameters are made: one key reaches them, the last turn's."""
    kept = (n for n, at_once in closures_in_loops(source) if not at_once)
    return next((n.lineno for n in kept if mentions(n, *INITS)), None)


def unbound_lambda(source: Source) -> int | None:
    """A closure over the loop's variable that is called at once: harmless, and a trap."""
    closures = closures_in_loops(source)
    functions = ((n, o) for n, o in closures if not isinstance(n, ast.GeneratorExp))
    return next((n.lineno for n, at_once in functions if at_once), None)


def _targets(node: ast.AST) -> set[str]:
    """Names bound by the loops of a for statement or a comprehension."""
    if isinstance(node, ast.For):
        return {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}
    if isinstance(node, COMPREHENSIONS):
        return {
            n.id for g in node.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)
        }
    return set()
