"""Where a program uses vmap: what is mapped, where the options stand, what calls the outcome."""

import ast
from dataclasses import dataclass

from exercise.facts.syntax import last_name
from exercise.mend.edit import placed
from exercise.mend.flow import MOST, Flow
from grader.core.source import Source


@dataclass(frozen=True)
class Lift:
    """One use of vmap: `options` is the call that takes in_axes, and None for a bare decorator.

    `first` is the place of in_axes among the options that have no keyword.
    """

    vmap: ast.expr
    options: ast.Call | None
    first: int
    mapped: ast.AST | None
    calls: tuple[ast.Call, ...]
    flax: bool


def lifts(source: Source) -> list[Lift]:
    """The uses of vmap in a program, in source order."""
    names, flow = _names(source), Flow(source)
    found: list[Lift] = []
    for node in placed(source, ast.Attribute, ast.Name):
        assert isinstance(node, (ast.Attribute, ast.Name))
        if len(found) == MOST or not isinstance(node.ctx, ast.Load) or not _is_vmap(node, names):
            continue
        parent = source.parents.get(node)
        flax = _is_flax(node, names)
        if isinstance(parent, ast.Call) and parent.func is node:
            mapped = parent.args[0] if parent.args else None
            found.append(Lift(node, parent, 1, mapped, flow.calls(parent), flax))
        elif isinstance(parent, ast.Call) and last_name(parent.func) == "partial":
            found.append(_made(source, flow, node, parent, flax))
        elif isinstance(parent, ast.FunctionDef) and node in parent.decorator_list:
            found.append(Lift(node, None, 0, parent, flow.named(parent.name), flax))
    return found


def _made(source: Source, flow: Flow, node: ast.expr, partial: ast.Call, flax: bool) -> Lift:
    """The lift of partial(vmap, ...), which is a decorator or is called with what it maps."""
    parent = source.parents.get(partial)
    if isinstance(parent, ast.FunctionDef) and partial in parent.decorator_list:
        return Lift(node, partial, 1, parent, flow.named(parent.name), flax)
    if len(partial.args) > 1:
        return Lift(node, partial, 2, partial.args[1], flow.calls(partial), flax)
    made = flow.calls(partial)
    mapped = made[0].args[0] if made and made[0].args else None
    calls = tuple(call for one in made for call in flow.calls(one))
    return Lift(node, partial, 1, mapped, calls, flax)


def _names(source: Source) -> dict[str, str]:
    """Names that stand for vmap, each with the module that it is of."""
    names = {}
    for imported in source.find(ast.ImportFrom):
        for alias in imported.names:
            if alias.name == "vmap":
                names[alias.asname or alias.name] = imported.module or ""
    for assigned in source.find(ast.Assign):
        target = assigned.targets[0]
        if isinstance(target, ast.Name) and _is_vmap(assigned.value, names):
            names[target.id] = "flax" if _is_flax(assigned.value, names) else "jax"
    return names


def _is_vmap(node: ast.AST, names: dict[str, str]) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "vmap"
    return isinstance(node, ast.Name) and node.id in names


def _is_flax(node: ast.AST, names: dict[str, str]) -> bool:
    if isinstance(node, ast.Attribute):
        return last_name(node.value) in ("nn", "linen")
    return isinstance(node, ast.Name) and "flax" in names.get(node.id, "")
