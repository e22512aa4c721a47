"""Which names a top-level statement binds, and which it needs, now or when it is called.

Trusted side. Python's own symbol tables tell what is local: a function's variable `params` has
nothing to do with a notebook's.
"""

import ast
import symtable
from dataclasses import dataclass

from grader.notebook.magics import ERRORS

COMPREHENSIONS = ("listcomp", "setcomp", "dictcomp", "genexpr")
_WHOLE = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom),
    *(ast.Assign, ast.AnnAssign),
)


@dataclass(frozen=True)
class Names:
    """Names bound; names read while the statement runs; names read when its functions run."""

    bound: frozenset[str]
    now: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()


def of_statement(node: ast.stmt, text: str) -> Names:
    """Tell the names of a statement, whose source is `text`.

    A statement that changes a name, or binds it on some condition, needs what it was before.
    """
    if isinstance(node, ast.Expr):  # a call alone defines nothing: it is not run again
        return Names(frozenset())
    try:
        table = symtable.symtable(text, "cell", "exec")
    except ERRORS:  # Python will refuse it, and say why
        return Names(frozenset({name} if (name := getattr(node, "name", "")) else ()))
    symbols = table.get_symbols()
    bound = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    now = {s.get_name() for s in symbols if s.is_referenced()}
    later: set[str] = set()
    _below(table, now, later)
    changed = _changed(node)
    if not isinstance(node, _WHOLE):
        changed |= bound
    return Names(frozenset(bound | changed), frozenset(now | changed), frozenset(later))


def _below(table: symtable.SymbolTable, now: set[str], later: set[str]) -> None:
    """Collect the globals that inner scopes read; a class body and a comprehension run at once."""
    scopes = [(child, False) for child in table.get_children()]
    while scopes:
        scope, inside = scopes.pop()
        called = scope.get_type() == "function" and scope.get_name() not in COMPREHENSIONS
        inside = inside or called
        names = (s.get_name() for s in scope.get_symbols() if s.is_global())
        (later if inside else now).update(names)
        scopes += [(child, inside) for child in scope.get_children()]


def _changed(node: ast.stmt) -> set[str]:
    """Names whose object is changed by `name[...] = ` or `name.attribute = `."""
    targets = node.targets if isinstance(node, (ast.Assign, ast.Delete)) else []
    targets = [node.target] if isinstance(node, (ast.AugAssign, ast.AnnAssign)) else targets
    changed = set()
    for target in targets:
        part: ast.expr = target
        while isinstance(part, (ast.Subscript, ast.Attribute, ast.Starred)):
            part = part.value
        if isinstance(part, ast.Name) and part is not target:
            changed.add(part.id)
    return changed
