"""The answer key on disk: numbers, never code (trusted side).

For each case: its inputs, the expected answer, and the arrays that the exercise's error model
builds answers from; for some, an index of what all of its programs answer. The public half may be
handed out; the hidden half stays with the instructor. Nothing in the public half depends on the
course secret, not even a digest: a guess at the secret could be tried on it. So it is the hidden
half that says which public half it belongs to.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from grader import wire
from grader.core.case import Case, Value, pack, unpack
from grader.core.errors import GraderError, UsageError
from grader.search.index import Index


@dataclass(frozen=True)
class KeyCase:
    """A case with its expected answer, and what the error model needs to predict wrong ones."""

    case: Case
    expected: np.ndarray
    parts: dict[str, np.ndarray]
    index: Index | None = None


@dataclass(frozen=True)
class Key:
    """Both halves as far as they are at hand; `hidden_count` counts hidden cases, here or not.

    `model` is the digest of the error model that the indexes belong to.
    """

    versions: dict[str, str]
    probe: np.ndarray
    public: tuple[KeyCase, ...]
    hidden: tuple[KeyCase, ...]
    hidden_count: int
    digest: str
    model: str = ""
    is_development: bool = False  # the hidden cases were drawn from a word that is public

    @property
    def cases(self) -> tuple[KeyCase, ...]:
        """All cases at hand, public ones first."""
        return self.public + self.hidden


class _IndexRecord(wire.Frame, frozen=True):
    leads: wire.Array
    numbers: wire.Array


class _CaseRecord(wire.Frame, frozen=True):
    id: str
    arguments: dict[str, wire.Argument]
    expected: wire.Array
    parts: dict[str, wire.Array]
    index: _IndexRecord | None = None


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


def write(
    path: Path,
    cases: tuple[KeyCase, ...],
    *,
    source: str,
    versions: dict[str, str],
    probe: np.ndarray,
    hidden_count: int,
    front: Path | None = None,
    model: str = "",
    is_development: bool = False,
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
        )
        for k in cases
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    belongs = _digest(front.read_bytes()) if front is not None else ""
    half = _Half(
        source,
        versions,
        _array(probe),
        hidden_count,
        records,
        belongs,
        model,
        is_development,
    )
    path.unlink(missing_ok=True)
    mode = 0o644 if front is None else 0o600
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(msgspec.msgpack.encode(half))


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
    return KeyCase(Case(record.id, public, arguments), _numbers(record.expected), parts, index)


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
