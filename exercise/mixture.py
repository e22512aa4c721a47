"""Recovers from an answer's numbers which copies it holds, and with which weights.

A right answer is a weighted sum of copies. For each way to make copies that the key knows, least
squares gives the weights that come closest; a way is accepted when they reproduce the answer on
every case within float32's rounding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

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


def _ways(case: KeyCase) -> Iterator[tuple[str, Strategy, np.ndarray]]:
    """All copies to try for a case, the simplest explanation first."""
    right = case.copies[RIGHT].astype(np.float64)[:-1]
    for name, strategy in STRATEGIES.items():
        yield name, strategy, case.copies[name].astype(np.float64)
    ones = np.ones((1, right.shape[1]))
    layer = ("wrong-layer",)
    yield "offset", Strategy(layer, "the right copies plus a constant"), np.vstack([right, ones])
    for name, activation in ACTIVATIONS.items():
        phrase = f"copies that went through {name}"
        for base, strategy in STRATEGIES.items():
            if "wrong-layer" not in strategy.faults:
                copies = right if base == RIGHT else case.copies[base].astype(np.float64)
                faults = (*strategy.faults, *layer)
                yield (
                    f"{name} of {base}",
                    replace(strategy, faults=faults, phrase=phrase),
                    activation(copies),
                )
        for of, scale in (("mean", 1.0), ("sum", float(len(right)))):
            after = Strategy(
                (*layer, *(("sum-not-mean",) if of == "sum" else ())),
                f"the {of} of the right copies went through {name}",
                whole=True,
            )
            yield (
                f"{name} of the {of}",
                after,
                activation(right.mean(axis=0, keepdims=True) * scale),
            )


def recover(
    cases: list[KeyCase], answers: dict[str, np.ndarray], tolerance: float = RESIDUAL
) -> list[Mixture]:
    """Give every way that reproduces all answers (F,), by case id; the simplest first."""
    found: dict[str, Mixture] = {}
    for position, case in enumerate(cases):
        for name, strategy, copies in _ways(case):
            if position and name not in found:
                continue
            weights = solve(copies, answers[case.case.id], tolerance)
            if weights is None:
                found.pop(name, None)
                continue
            known = found.get(name) or Mixture(strategy, {}, extra=name == RIGHT)
            known.weights[case.case.id] = weights
            found[name] = known
    return list(found.values())
