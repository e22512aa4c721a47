"""The inputs of an exercise's cases, given or drawn (the author's side).

In `exercise.toml` a word says what is drawn: `int`, `int 1..9`, `float 0.5..0.99`, `f32[3,2]`,
`f32[4] 0..1`, `i32[5] 0..9`, `bool[3]`, `key`. A list of numbers is an array; one of anything else
is a list, or a tuple where the parameter is one. Hidden cases draw all arrays anew, and each number
that some case draws; every other number is a size, and stays.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.authored.definition import Definition
from grader.core.case import Case, Value
from grader.core.errors import UsageError

_TYPES = {"f32": np.float32, "i32": np.int32, "bool": np.bool_}
_WORD = re.compile(
    r"(?P<type>int|float|key|f32|i32|bool)(\[(?P<shape>\d*(,\d+)*)\])?"
    r"(\s+(?P<low>-?[\d.]+?)\.\.(?P<high>-?\d[\d.]*))?"
)
_SINGLE = ("int", "float", "key")  # what has no shape
LEAST_HIDDEN = 4


@dataclass(frozen=True)
class Drawn:
    """What is drawn: its type, its shape if it is an array, and its range if one is given."""

    type: str
    shape: tuple[int, ...] | None
    low: float | None = None
    high: float | None = None

    def draw(self, rng: np.random.Generator) -> Value:
        """Draw one."""
        drawn: Any
        if self.type == "key":  # as jax.random.PRNGKey makes one of a seed
            return np.array([0, rng.integers(2**31)], np.uint32)
        if self.type in ("int", "i32"):
            low, high = self.low or 0, self.high if self.high is not None else 9
            if self.type == "int" and self.high is None:
                low, high = 100_000, 999_999
            drawn = rng.integers(int(low), int(high) + 1, self.shape)
        elif self.type == "bool":
            drawn = rng.integers(0, 2, self.shape)
        elif self.low is None or self.high is None:
            drawn = rng.uniform(0.5, 2.0, self.shape) * rng.choice([-1.0, 1.0], self.shape)
        else:
            drawn = rng.uniform(self.low, self.high, self.shape)
        if self.shape is None:
            return int(drawn) if self.type == "int" else float(np.float32(drawn))
        return np.asarray(drawn, _TYPES[self.type])


def parse(word: str) -> Drawn | None:
    """Read a word; None where it says nothing that is drawn."""
    found = _WORD.fullmatch(word)
    if found is None or (found["type"] in _SINGLE) != (found["shape"] is None):
        return None
    shape = (
        None if found["shape"] is None else tuple(map(int, filter(None, found["shape"].split(","))))
    )
    low, high = (None if found[end] is None else float(found[end]) for end in ("low", "high"))
    return Drawn(found["type"], shape, low, high)


class Cases:
    """The cases of a definition, public and hidden."""

    def __init__(self, definition: Definition) -> None:
        """Take a definition."""
        self._definition = definition
        self._types = definition.signature.parameters
        self._drawn: dict[str, Drawn] = {}  # numbers that some case draws, by path
        for case in definition.cases:
            self._note(case, "")

    def public(self) -> list[Case]:
        """The cases that students see; at the end the first one again."""
        cases = []
        for number, given in enumerate(self._definition.cases, 1):
            rng = _rng(f"{self._definition.signature.function} public {number}")
            cases.append(Case(f"public-{number}", True, self._values(given, rng, hidden=False)))
        return [*cases, Case(f"public-{len(cases) + 1}", True, cases[0].arguments)]

    def hidden(self, secret: str) -> list[Case]:
        """The cases that only graders see: the sizes of the public ones, other numbers."""
        given = self._definition.cases
        rounds = -(-LEAST_HIDDEN // len(given))
        cases = []
        for number, case in enumerate(given * rounds, 1):
            rng = _rng(f"{self._definition.signature.function} hidden {number}\n{secret}")
            cases.append(Case(f"hidden-{number}", False, self._values(case, rng, hidden=True)))
        return cases

    def _note(self, given: Any, path: str) -> None:
        if isinstance(given, Mapping):
            for name, value in given.items():
                self._note(value, f"{path}/{name}")
        elif isinstance(given, list) and not _is_array(given):
            for place, value in enumerate(given):
                self._note(value, f"{path}/{place}")
        elif isinstance(given, str) and (drawn := parse(given)) is not None:
            self._drawn.setdefault(path, drawn)

    def _values(
        self, given: Mapping[str, Any], rng: np.random.Generator, hidden: bool
    ) -> dict[str, Value]:
        values = {}
        for name, value in given.items():
            made = self._value(value, f"/{name}", rng, hidden, self._types[name])
            if self._types[name].split("[")[0] == "tuple" and isinstance(made, list):
                made = tuple(made)
            values[name] = made
        return values

    def _value(
        self, given: Any, path: str, rng: np.random.Generator, hidden: bool, type: str = ""
    ) -> Value:
        draw = (rng, hidden)
        if isinstance(given, Mapping):
            return {k: self._value(v, f"{path}/{k}", *draw) for k, v in given.items()}
        if isinstance(given, list) and _is_array(given) and type.split("[")[0] not in _SEQUENCES:
            array = np.asarray(given)
            kind = "f32" if array.dtype.kind == "f" else "i32"
            anew = Drawn(kind, array.shape, *(_range(array) if kind == "i32" else ()))
            return anew.draw(rng) if hidden else array.astype(_TYPES[kind])
        if isinstance(given, list):
            return [self._value(v, f"{path}/{i}", *draw) for i, v in enumerate(given)]
        if isinstance(given, str) and type != "str":
            drawn = parse(given)
            if drawn is None:
                raise UsageError(
                    f'exercise.toml, [[cases]]{path}: "{given}" says nothing that can be drawn, '
                    'like "int", "float 0..1" or "f32[3,2]".'
                )
            return drawn.draw(rng)
        if hidden and path in self._drawn:
            return self._drawn[path].draw(rng)
        if not isinstance(given, bool | int | float | str):
            raise UsageError(f"exercise.toml, [[cases]]{path}: a {given!r} is no value here.")
        return given


_SEQUENCES = ("list", "tuple")


def _range(array: np.ndarray) -> tuple[float, float]:
    return float(array.min()), float(array.max())


def _is_array(given: Sequence[Any]) -> bool:
    """Tell whether a list holds nothing but numbers, in rows of one length."""
    try:
        return bool(given) and np.asarray(given).dtype.kind in "fi"
    except ValueError:  # rows of several lengths
        return False


def _rng(words: str) -> np.random.Generator:
    return np.random.default_rng(list(hashlib.sha256(words.encode()).digest()))
