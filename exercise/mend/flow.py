"""Where a function that was made is called: followed through names, jit, lambdas and helpers.

Names are taken for the same wherever they stand in the file.
"""

import ast
from collections import defaultdict

from exercise.facts.syntax import function_around, last_name
from grader.core.source import Source

_THROUGH = ("jit", "checkpoint", "remat", "named_call")  # what they return is called as before
_DEEPEST = 3  # helpers that return helpers
MOST = 20
MOST_STEPS = 200


class Flow:
    """The readings of each name and the calls of each function of a program."""

    def __init__(self, source: Source) -> None:
        """Collect them."""
        self._source = source
        self._reads: dict[str, list[ast.AST]] = defaultdict(list)
        self._calls: dict[str, list[ast.Call]] = defaultdict(list)
        for node in source.find(ast.Name, ast.Attribute):
            assert isinstance(node, (ast.Attribute, ast.Name))
            if isinstance(node.ctx, ast.Load):
                self._reads[last_name(node)].append(node)
        for call in source.find(ast.Call):
            self._calls[last_name(call.func)].append(call)

    def named(self, name: str) -> tuple[ast.Call, ...]:
        """The calls of what has a name."""
        return tuple(self._calls[name][:MOST])

    def calls(self, value: ast.AST) -> tuple[ast.Call, ...]:
        """The calls of a value, in source order."""
        waiting: list[tuple[ast.AST, int]] = [(value, 0)]
        seen: set[tuple[ast.AST, int]] = set()
        found: list[ast.Call] = []
        while waiting and len(found) < MOST and len(seen) < MOST_STEPS:
            step = waiting.pop()
            if step in seen or step[1] > _DEEPEST:
                continue
            seen.add(step)
            node, depth = step  # `depth` calls of the node give the value
            for call in self._called(node):
                if depth:
                    waiting.append((call, depth - 1))
                else:
                    found.append(call)
            waiting += [(other, depth) for other in self._same(node)]
            function = self._returning(node)
            if isinstance(function, ast.FunctionDef):
                calls = self._calls[function.name]
                waiting += [(call, depth) for call in calls]
            elif function is not None:
                waiting.append((function, depth + 1))
        return tuple(sorted(found, key=lambda c: (c.lineno, c.col_offset)))

    def _called(self, node: ast.AST) -> list[ast.Call]:
        parent = self._source.parents.get(node)
        return [parent] if isinstance(parent, ast.Call) and parent.func is node else []

    def _same(self, node: ast.AST) -> list[ast.AST]:
        """Other nodes that have the value of a node."""
        parent = self._source.parents.get(node)
        if isinstance(parent, ast.Call) and node in parent.args[:1]:
            return [parent] if last_name(parent.func) in _THROUGH else []
        if isinstance(parent, ast.Assign):
            return [use for target in parent.targets for use in self._reads[last_name(target)]]
        if isinstance(parent, (ast.AnnAssign, ast.NamedExpr)):
            return [parent, *self._reads[last_name(parent.target)]]
        return [parent] if isinstance(parent, ast.IfExp) else []

    def _returning(self, node: ast.AST) -> ast.FunctionDef | ast.Lambda | None:
        """The function that returns a node, if one does."""
        parent = self._source.parents.get(node)
        if isinstance(parent, ast.Lambda) and parent.body is node:
            return parent
        return function_around(self._source, parent) if isinstance(parent, ast.Return) else None
