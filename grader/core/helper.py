"""The files of a student's own that the program imports: they go where it goes (trusted side).

Found by what the program's text says, and never by running it: imports, and those of what is
imported. Nothing else that lies beside it is taken.
"""

import ast
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.core.submission import Helper, UnreadableError, is_notebook

MAX_FILES = 20
MAX_BYTES = 500_000  # of all together
MAX_PARSED = 128 * 1024  # of one: what is longer imports nothing that is found
Find = Callable[[str], bytes | None]  # a file by its path beside the program


@dataclass(frozen=True)
class _Module:
    package: tuple[str, ...]  # that its relative imports start from
    content: bytes


def collect(name: str, content: bytes, find: Find) -> tuple[Helper, ...]:
    """Give the helpers of a program, by path; those of a notebook are not looked for.

    Raises UnreadableError for more than a program of this size needs.
    """
    find = functools.cache(find)
    helpers: dict[str, bytes] = {}
    left = [] if is_notebook(name) else [_Module((), content)]
    while left:
        for dotted in _imported(left.pop()):
            for path, package in _files(dotted, find):
                data = find(path)
                if data is not None and path not in helpers:
                    helpers[path] = data
                    left.append(_Module(package, data))
                    _require_few(helpers)
    return tuple(Helper(path, helpers[path]) for path in sorted(helpers))


def _require_few(helpers: dict[str, bytes]) -> None:
    if len(helpers) > MAX_FILES or sum(map(len, helpers.values())) > MAX_BYTES:
        raise UnreadableError(
            f"The program imports more than {MAX_FILES} files of its own, or more than "
            f"{MAX_BYTES:,} bytes of them."
        )


def _files(dotted: tuple[str, ...], find: Find) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The files that `import a.b.c` reads, outermost first, each with its package."""
    for end in range(1, len(dotted) + 1):
        inside = "/".join(dotted[:end])
        if find(f"{inside}/__init__.py") is not None:
            yield f"{inside}/__init__.py", dotted[:end]
        elif find(f"{inside}.py") is not None:
            yield f"{inside}.py", dotted[: end - 1]
            return


def _imported(module: _Module) -> Iterator[tuple[str, ...]]:
    """The dotted names that a module imports, wherever the statement stands."""
    if len(module.content) > MAX_PARSED:
        return
    try:
        tree = ast.parse(module.content)
    except (SyntaxError, MemoryError, RecursionError, ValueError, LookupError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = tuple(node.module.split(".")) if node.module else ()
            if node.level:
                above = len(module.package) - (node.level - 1)
                base = (*module.package[: max(above, 0)], *base)
            if base:
                yield base
            yield from ((*base, alias.name) for alias in node.names if alias.name != "*")
