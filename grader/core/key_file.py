"""The key's two files: the half that may be handed out, and the hidden one (trusted side).

The hidden half stays with the instructor. Nothing in the public half depends on the course secret,
not even a digest: a guess at the secret could be tried on it. So it is the hidden half that says
which public half it belongs to.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import msgspec
import numpy as np

from grader import wire
from grader.core.case import Case, Value, pack, unpack
from grader.core.errors import GraderError, UsageError
from grader.core.key import Key, KeyCase
from grader.search.index import Index


class _IndexRecord(wire.Frame, frozen=True):
    leads: wire.Array
    numbers: wire.Array


class _CaseRecord(wire.Frame, frozen=True):
    id: str
    arguments: dict[str, wire.Value]
    expected: wire.Array
    parts: dict[str, wire.Array]
    index: _IndexRecord | None = None
    programs: dict[str, wire.Answer] = msgspec.field(default_factory=dict)


class _Half(wire.Frame, frozen=True):
    """One file: the public half, or the hidden one."""

    source: str  # digest of what the key was built from, for the builder
    versions: dict[str, str]
    probe: wire.Array
    hidden_count: int
    cases: tuple[_CaseRecord, ...]
    front: str = ""  # in the hidden half: the digest of the public one
    model: str = ""
    is_development: bool = False  # in the hidden half: drawn from a word that is public
    steps: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    tolerance: float = 0.0


def write(
    path: Path,
    cases: tuple[KeyCase, ...],
    *,
    source: str,
    versions: dict[str, str],
    probe: wire.Array,
    hidden_count: int,
    front: Path | None = None,
    model: str = "",
    is_development: bool = False,
    steps: Mapping[str, tuple[str, ...]] | None = None,
    tolerance: float = 0.0,
) -> None:
    """Write one half; the same cases give the same bytes. `front` is a hidden half's public one.

    The hidden half is for its owner alone to read.
    """
    records = tuple(
        _CaseRecord(
            k.case.id,
            k.case.to_wire(),
            _array(k.expected),
            {name: _array(part) for name, part in k.parts.items()},
            None
            if k.index is None
            else _IndexRecord(*map(_packed, (k.index.leads, k.index.numbers))),
            dict(k.programs),
        )
        for k in cases
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    belongs = _digest(front.read_bytes()) if front is not None else ""
    half = _Half(
        source,
        versions,
        probe,
        hidden_count,
        records,
        belongs,
        model,
        is_development,
        dict(steps or {}),
        tolerance,
    )
    path.unlink(missing_ok=True)
    mode = 0o644 if front is None else 0o600
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(msgspec.msgpack.encode(half))


def digest_of(files: Iterable[Path], course: str = "") -> str:
    """What a half depends on: files, versions, and the secret, for the hidden one alone."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for part in (course, version("jax"), version("flax")):
        digest.update(b"\0" + part.encode())
    return digest.hexdigest()


def source_digest(path: Path) -> str:
    """What a half was built from; empty when there is no readable half at the path."""
    try:
        return _read_half(path).source
    except (OSError, GraderError):
        return ""


def read(public: Path, hidden: Path | None) -> Key:
    """Read the key; raises UsageError when it was not built, GraderError when it is damaged."""
    try:
        front = _read_half(public)
        back = _read_half(hidden) if hidden is not None else None
        belongs = _digest(public.read_bytes())
    except FileNotFoundError as error:
        raise UsageError(f"There is no key at {error.filename}; build it first: make key") from None
    if back is not None and back.front != belongs:
        raise GraderError("The public and the hidden half of the key do not belong together.")
    digest = _digest(msgspec.msgpack.encode((front, back)))
    return Key(
        front.versions,
        _numbers(front.probe),
        tuple(_key_case(record, public=True) for record in front.cases),
        tuple(_key_case(record, public=False) for record in back.cases) if back else (),
        front.hidden_count,
        digest,
        front.model,
        back is not None and back.is_development,
        front.steps,
        front.tolerance,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_half(path: Path) -> _Half:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=_Half)
    except msgspec.DecodeError as error:
        raise GraderError(f"The key {path} is damaged ({error}); build it again.") from None


def _key_case(record: _CaseRecord, public: bool) -> KeyCase:
    arguments: dict[str, Value] = {k: unpack(v) for k, v in record.arguments.items()}
    parts = {name: _numbers(array) for name, array in record.parts.items()}
    index = None
    if record.index is not None:
        index = Index(_numbers(record.index.leads), _numbers(record.index.numbers))
    case, expected = Case(record.id, public, arguments), _numbers(record.expected)
    return KeyCase(case, expected, parts, index, record.programs)


def _array(value: np.ndarray) -> wire.Array:
    return _packed(np.asarray(value, np.float32))


def _packed(value: np.ndarray) -> wire.Array:
    packed = pack(value)
    assert isinstance(packed, wire.Array)
    return packed


def _numbers(frame: wire.Array) -> np.ndarray:
    value = unpack(frame)
    assert isinstance(value, np.ndarray)
    return value
