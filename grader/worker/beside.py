"""The files that lie beside a submission, importable from memory (beside the student).

As for `python file.py`, the folder of the program comes before everything that is installed,
but for what Python starts with. What JAX and we have imported already stays for them.
"""

import _imp
import importlib.abc
import importlib.machinery
import linecache
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath

PACKAGE = "__init__"


class _Beside(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and runs modules whose sources it holds."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._paths = {_dotted(path): path for path in files}
        self._files = files

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  # the library's own signature
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        place = self._paths.get(fullname)
        if place is not None:
            is_package = PurePosixPath(place).stem == PACKAGE
            spec = importlib.machinery.ModuleSpec(fullname, self, origin=place)
            spec.submodule_search_locations = [] if is_package else None
            return spec
        if any(name.startswith(f"{fullname}.") for name in self._paths):
            return importlib.machinery.ModuleSpec(fullname, None, is_package=True)  # a folder
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        place = self._paths[module.__name__]
        source = self._files[place]
        module.__file__ = place
        code = compile(source, place, "exec", dont_inherit=True)
        text = source.decode("utf-8", "replace")
        linecache.cache[place] = (len(text), None, text.splitlines(True), place)
        exec(code, module.__dict__)  # noqa: S102  # it is a part of the submission


@contextmanager
def importable(files: Mapping[str, bytes]) -> Iterator[None]:
    """Let what lies beside the program be imported; from now on, and first of all within."""
    if not files:
        yield
        return
    finder = _Beside(files)
    sys.meta_path.insert(0, finder)
    _FILES.update(files)
    tops = {top for path in files if not _is_earlier(top := _dotted(path).partition(".")[0])}
    hidden = {
        name: module for name, module in sys.modules.items() if name.partition(".")[0] in tops
    }
    for name in hidden:
        del sys.modules[name]
    try:
        yield
    finally:
        sys.modules.update(hidden)


def place(error: BaseException) -> str:
    """Where in a file beside the program an exception was raised, if it was there last."""
    where, step = "", error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if file in _FILES:
            where = f"{file}, line {step.tb_lineno}"
        step = step.tb_next
    return where


_FILES: set[str] = set()


def _is_earlier(top: str) -> bool:
    """Tell what Python itself has loaded before it looks into any folder."""
    return top in (*sys.builtin_module_names, "encodings") or _imp.is_frozen(top)


def _dotted(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == PACKAGE else parts)
