"""Functions that are made in a loop and use its variable."""

import ast

from exercise.facts.syntax import COMPREHENSIONS, LOOPS, last_name
from grader.source import Source


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
            return parent.func is node or last_name(parent.func) not in {"append", "add", "insert"}
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
    return parent.func is node or last_name(parent.func) not in {
        "append",
        "add",
        "insert",
        "partial",
    }


def late_binding(source: Source) -> int | None:
    """A closure over the loop's variable that is kept for later."""
    return next((n.lineno for n, at_once in unbound_closures(source) if not at_once), None)


def unbound_lambda(source: Source) -> int | None:
    """A closure over the loop's variable that is called at once: harmless, and a trap."""
    return next((n.lineno for n, at_once in unbound_closures(source) if at_once), None)


def _targets(node: ast.AST) -> set[str]:
    """Names bound by the loops of a for statement or a comprehension."""
    if isinstance(node, ast.For):
        return {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}
    if isinstance(node, COMPREHENSIONS):
        return {
            n.id for g in node.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)
        }
    return set()
