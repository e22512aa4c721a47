"""A search of files that are handed out for what must not leave: see `Secrets` for all of it.

Files are looked at as they are and unpacked, however deep; texts in several encodings, numbers as
they are printed and as they are stored, programs without their names and docstrings.
"""

import ast
import base64
import bz2
import gzip
import hashlib
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from grader.core import key_file as keys
from grader.core.case import Case

SMALLEST = 12  # nodes: smaller functions and statements are everybody's
LINE = 24  # characters of a line of code without spaces
START = 4  # bytes that each needle has, and a number of NumPy
LOW = 2**24  # so many low parts make a small table, and most are no start's
AROUND = (
    "build.py",
    "warm.py",
    "catalogue.py",
    "choose.py",
    "matrix.py",
    "pool.py",
    "strategies.py",
)  # they run the answer, and share lines with the grader's own
DEEPEST = 3
FORBIDDEN = re.compile(r"(^|/)(solution|tests|__pycache__|\.venv|build)/|\.(pyc|pyo|so)$|egg-info")
Magic = tuple[bytes, Callable[[bytes], bytes]]
STREAMS: tuple[Magic, ...] = (
    (b"\x1f\x8b\x08", gzip.decompress),
    (b"BZh", lambda data: bz2.BZ2Decompressor().decompress(data)),
    (b"\xfd7zXZ", lambda data: lzma.LZMADecompressor().decompress(data)),
    *(
        (head, lambda data: zlib.decompressobj().decompress(data))
        for head in (b"x\x01", b"x\x9c", b"x\xda")
    ),
)


@dataclass(frozen=True)
class Secrets:
    """What is searched for: programs by their normal form, and bytes by what they are."""

    programs: dict[str, str]
    needles: dict[bytes, str]

    @cached_property
    def starts(self) -> dict[int, list[bytes]]:
        """The needles by how they start: few of their starts occur anywhere."""
        found: dict[int, list[bytes]] = {}
        for needle in self.needles:
            found.setdefault(int.from_bytes(needle[:START], "little"), []).append(needle)
        return found

    @cached_property
    def _may_be(self) -> np.ndarray:
        """Whether a start's low bytes are these: to leave most of the others out at once."""
        found = np.zeros(LOW, bool)
        found[[start % LOW for start in self.starts]] = True
        return found

    def held_by(self, data: bytes) -> set[bytes]:
        """The needles that occur in the data."""
        tails = (data[first : len(data) - (len(data) - first) % START] for first in range(START))
        words = (np.frombuffer(tail, "<u4") for tail in tails)
        there = {start for w in words for start in w[self._may_be[w % LOW]].tolist()}
        begun = (n for start in self.starts.keys() & there for n in self.starts[start])
        return {needle for needle in begun if needle in data}

    @classmethod
    def of(
        cls, sources: list[Path], hidden: Path, cases: tuple[Case, ...], secret: str
    ) -> "Secrets":
        """Those of programs, of the hidden half of a key, of cases, and a course secret."""
        programs: dict[str, str] = {}
        needles: dict[bytes, str] = {}
        for path in sources:
            text = path.read_text("utf-8", "replace")
            programs |= dict.fromkeys(normal_forms(text), path.name)
            if path.name not in AROUND:
                lines = (line.encode() for line in code_lines(text))
                needles |= dict.fromkeys(lines, f"a line of {path.name}")
        digests = [hashlib.sha256(hidden.read_bytes()).hexdigest(), keys.source_digest(hidden)]
        for digest in digests:
            needles |= dict.fromkeys(_as_text(digest), "a digest of the hidden key")
            needles |= dict.fromkeys(_as_bytes(bytes.fromhex(digest)), "a digest of the hidden key")
        for case in cases:
            seed = str(case.integer("seed"))
            if len(seed) > 3:  # shorter ones stand in many files
                needles |= dict.fromkeys(_as_text(seed), f"the seed of {case.id}")
            needles |= _numbers(case.array("x"), f"the input of {case.id}")
        needles |= dict.fromkeys(_as_text(secret), "the course secret")
        assert min(map(len, needles)) >= START
        return cls(programs, needles)


def _numbers(array: np.ndarray, what: str) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for kind in ("<f4", ">f4", "<f8", ">f8"):
        found |= dict.fromkeys(_as_bytes(array.astype(kind).tobytes()), what)
    for value in array.tolist():
        short = str(np.float32(value))
        for text in (
            repr(value),
            short,
            f"{value:.5f}",
            f"{value:.6f}",
            f"{value:.7g}",
            value.hex(),
        ):
            found |= dict.fromkeys(_as_text(text.lstrip("-")), what)
    return found


def _as_text(text: str) -> set[bytes]:
    plain = text.encode()
    return {plain, text.encode("utf-16-le"), text.encode("utf-16-be"), *_base64(plain)}


def _as_bytes(data: bytes) -> set[bytes]:
    return {data, data.hex().encode(), data.hex().upper().encode(), *_base64(data)}


def _base64(data: bytes) -> set[bytes]:
    """How the bytes look inside of a longer text in base64, at each of three offsets."""
    coded = (base64.b64encode(b"\0" * n + data)[(0, 2, 3)[n] :].rstrip(b"=")[:-1] for n in range(3))
    return {c for c in coded if len(c) > 8}


def code_lines(text: str) -> Iterator[str]:
    """Lines of code without spaces and comments, long enough to give something away."""
    for line in text.splitlines():
        bare = "".join(line.split("#")[0].split())
        if len(bare) > LINE and not bare.startswith(("import", "from", '"""', "raise")):
            yield bare


def normal_forms(text: str) -> Iterator[str]:
    """Functions and statements of a program, without names, docstrings and annotations."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.Return):
            form, size = _normal(node)
            if size >= SMALLEST:
                yield form


def _normal(node: ast.AST) -> tuple[str, int]:
    copy = ast.parse(ast.unparse(node))
    names: dict[str, str] = {}
    size = 0
    for inner in ast.walk(copy):
        size += 1
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            if ast.get_docstring(inner) is not None:
                inner.body = inner.body[1:] or [ast.Pass()]
            inner.name, inner.returns, inner.decorator_list = "", None, []
        elif isinstance(inner, ast.Name):
            inner.id = names.setdefault(inner.id, f"n{len(names)}")
        elif isinstance(inner, ast.arg):
            inner.arg = names.setdefault(inner.arg, f"n{len(names)}")
            inner.annotation = None
    return ast.dump(copy), size


def layers(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The data, and all that can be unpacked from any place in it."""
    yield data
    if depth == DEEPEST:
        return
    inner: list[bytes] = []
    with suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError):
        archive = zipfile.ZipFile(io.BytesIO(data))
        inner += [archive.read(name) for name in archive.namelist()]
    inner += _of_tar(data)
    for magic, unpack in STREAMS:
        for place in re.finditer(re.escape(magic), data):
            with suppress(OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
                inner.append(unpack(data[place.start() :]))
    for found in inner:
        if found:
            yield from layers(found, depth + 1)


def _of_tar(data: bytes) -> list[bytes]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as files:
            return [f.read() for m in files if (f := files.extractfile(m)) is not None]
    except (tarfile.TarError, EOFError, ValueError, OSError, zlib.error):
        return []


def find(files: Mapping[str, bytes], secrets: Secrets) -> list[str]:
    """What is found, a line each: where first, and what of."""
    searched: set[bytes] = set()
    found = [f"{name}: must not be handed out" for name in files if FORBIDDEN.search(name)]
    for name, content in files.items():
        if not name.endswith(".key") and not _is_text(content):
            found.append(f"{name}: not a text")
        for data in layers(content):
            if data in searched:
                continue
            searched.add(data)
            held = secrets.held_by(data) | secrets.held_by(b"".join(data.split()))
            found += sorted(f"{name}: {secrets.needles[needle]}" for needle in held)
            forms = normal_forms(data.decode("utf-8", "replace"))
            found += [f"{name}: {secrets.programs[f]}" for f in forms if f in secrets.programs]
    return found


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
