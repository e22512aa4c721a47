"""Recovers from an answer's numbers which copies it holds, and with which weights.

A right answer is a weighted sum of copies. For each way to make copies that the key knows, least
squares gives the weights that come closest; a way is accepted when they reproduce the answer on
every case within float32's rounding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from exercise.strategies import RIGHT, STRATEGIES, Strategy
from grader.key import KeyCase

# Right families fit with a residual below 1e-6, the next best is above 5e-3 (see the tests).
RESIDUAL = 2e-5
WEIGHT = 1e-3  # a weight smaller than this is nothing, two closer than this are equal


@dataclass(frozen=True)
class Mixture:
    """The way the copies were made, and the weights found, by case id."""

    strategy: Strategy
    weights: dict[str, np.ndarray]
    extra: bool = False  # the weights have one place more: the key after the last
    claimed: bool = False  # the copies are what the submission's process said that it saw


def _gelu(x: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))))


def _softmax(x: np.ndarray) -> np.ndarray:
    shifted = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "gelu": _gelu,
    "silu": lambda x: x / (1 + np.exp(-x)),
    "softplus": lambda x: np.logaddexp(x, 0),
    "elu": lambda x: np.where(x > 0, x, np.expm1(x)),
    "leaky_relu": lambda x: np.where(x > 0, x, 0.01 * x),
    "softmax": _softmax,
    "log_softmax": lambda x: np.log(_softmax(x)),
    "abs": np.abs,
    "square": np.square,
}


@np.errstate(over="ignore", invalid="ignore")  # answers may be as large as they like
def solve(copies: np.ndarray, answer: np.ndarray, tolerance: float) -> np.ndarray | None:
    """Give weights (n,) with weights @ copies == answer, or None; copies (n, F), answer (F,)."""
    weights, _, rank, _ = np.linalg.lstsq(copies.T, answer, rcond=1e-6)
    if rank == 0:
        return None
    nothing = np.abs(copies).max(axis=1) < 1e-6
    if nothing.any():  # a copy that is all zeros has no weight of its own
        weights = np.where(nothing, weights[~nothing].mean(), weights)
    scale = max(1.0, float(np.abs(answer).max()))
    residual = float(np.abs(weights @ copies - answer).max())
    return weights if residual <= tolerance * scale else None


Way = tuple[str, Strategy, Callable[[KeyCase], np.ndarray]]


def _stack(name: str) -> Callable[[KeyCase], np.ndarray]:
    return lambda case: case.copies[name].astype(np.float64)


def _right(case: KeyCase) -> np.ndarray:
    return case.copies[RIGHT].astype(np.float64)[:-1]


def _ways() -> Iterator[Way]:
    """All ways to make copies (n, F) for a case, the simplest explanation first."""
    for name, strategy in STRATEGIES.items():
        yield name, strategy, _stack(name)
    layer = ("wrong-layer",)
    yield (
        "offset",
        Strategy(layer, "the right copies plus a constant"),
        lambda case: np.vstack([_right(case), np.ones((1, case.expected.size))]),
    )
    for name, activation in ACTIVATIONS.items():
        for base, strategy in STRATEGIES.items():
            if "wrong-layer" in strategy.faults:
                continue
            copies = _right if base == RIGHT else _stack(base)
            phrase = f"{strategy.phrase}, then {name}"
            if base == RIGHT:
                phrase = f"copies that went through {name}"
            activated = replace(strategy, faults=(*strategy.faults, *layer), phrase=phrase)
            yield f"{name} of {base}", activated, _through(activation, copies)
        for of, faults in (("mean", layer), ("sum", (*layer, "sum-not-mean"))):
            phrase_of = f"the {of} of the right copies went through {name}"
            after = Strategy(faults, phrase_of, whole=True)
            yield f"{name} of the {of}", after, _through(activation, partial(_reduced, of))


def _through(
    activation: Callable[[np.ndarray], np.ndarray], make: Callable[[KeyCase], np.ndarray]
) -> Callable[[KeyCase], np.ndarray]:
    def activated(case: KeyCase) -> np.ndarray:
        with np.errstate(over="ignore"):  # exp of a large number: the limit is the right answer
            return activation(make(case))

    return activated


def _reduced(of: str, case: KeyCase) -> np.ndarray:
    right = _right(case)
    return np.asarray(right.sum(axis=0) if of == "sum" else right.mean(axis=0))[None]


WAYS = tuple(_ways())


def recover(
    cases: list[KeyCase], answers: dict[str, np.ndarray], tolerance: float = RESIDUAL
) -> list[Mixture]:
    """Give every way that reproduces all answers (F,), by case id; the simplest first."""
    found = []
    for name, strategy, make in WAYS:
        weights = {}
        for case in cases:
            solved = solve(make(case), answers[case.case.id], tolerance)
            if solved is None:
                break
            weights[case.case.id] = solved
        else:
            found.append(Mixture(strategy, weights, extra=name == RIGHT))
    return found
