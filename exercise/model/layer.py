"""What one copy computes: from kernels (copies, len(x), features) to outputs (copies, features)."""

from collections.abc import Callable

import numpy as np

from exercise.model.inputs import Inputs
from grader.search import RARE, USUAL, Row

LAYER, CHANGED = ("wrong-layer",), ("changed-input",)
Function = Callable[[np.ndarray], np.ndarray]


def _gelu(x: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))))


def _softmax(x: np.ndarray) -> np.ndarray:
    shifted = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


def _layer_norm(x: np.ndarray) -> np.ndarray:
    centred = x - x.mean(axis=-1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-6))


ACTIVATIONS: dict[str, Function] = {
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
    "LayerNorm": _layer_norm,
    "abs": np.abs,
    "square": np.square,
    "exp": np.exp,
    "sin": np.sin,
}
OFTEN = ("relu", "tanh", "sigmoid")

INPUTS: dict[str, Function] = {
    "x minus its mean": lambda x: x - x.mean(),
    "x standardised": lambda x: (x - x.mean()) / x.std(),
    "x standardised, with a small number below": lambda x: (x - x.mean()) / (x.std() + 1e-6),
    "x over its norm": lambda x: x / np.linalg.norm(x),
    "x over its largest element": lambda x: x / x.max(),
    "x over its largest absolute element": lambda x: x / np.abs(x).max(),
    "x over its sum": lambda x: x / x.sum(),
    "x scaled to lie between 0 and 1": lambda x: (x - x.min()) / (x.max() - x.min()),
    "softmax of x": _softmax,
    "relu of x": lambda x: np.maximum(x, 0),
    "tanh of x": np.tanh,
    "the absolute values of x": np.abs,
    "the squares of x": np.square,
    "-x": np.negative,
    "x + 1": lambda x: x + 1,
    "x as whole numbers": np.trunc,
    "x rounded": np.round,
    "x clipped to [-1, 1]": lambda x: np.clip(x, -1, 1),
    "x clipped to [0, 1]": lambda x: np.clip(x, 0, 1),
    "x backwards": lambda x: x[::-1],
    "x sorted": np.sort,
    "ones in place of x": np.ones_like,
    "zeros in place of x": np.zeros_like,
}


# By what x may be multiplied. In the answer it is as if the total were: the source tells which.
SCALES: dict[str, Callable[[Inputs], float]] = {
    "2 * x": lambda _: 2,
    "x / 2": lambda _: 1 / 2,
    "x / 10": lambda _: 1 / 10,
    "10 * x": lambda _: 10,
    "x / n_copies": lambda c: 1 / c.n,
    "x / (n_copies + 1)": lambda c: 1 / (c.n + 1),
    "n_copies * x": lambda c: c.n,
    "x / features": lambda c: 1 / c.f,
    "x over its length": lambda c: 1 / c.d,
}


def dense(kernels: np.ndarray, c: Inputs) -> np.ndarray:
    """Dense layers without a bias: outputs (copies, features), in double precision."""
    return np.asarray(np.einsum("d,kdf->kf", c.x, kernels.astype(np.float64)))


def _then(function: Function) -> Callable[[np.ndarray, Inputs], np.ndarray]:
    return lambda kernels, c: function(dense(kernels, c))


def _on(change: Function) -> Callable[[np.ndarray, Inputs], np.ndarray]:
    return lambda kernels, c: np.einsum("d,kdf->kf", change(c.x), kernels.astype(np.float64))


def _scaled(factor: Callable[[Inputs], float]) -> Callable[[np.ndarray, Inputs], np.ndarray]:
    return lambda kernels, c: dense(kernels, c) * factor(c)


def _transposed(kernels: np.ndarray, c: Inputs) -> np.ndarray:
    if c.d != c.f:
        return dense(kernels, c)
    return np.asarray(np.einsum("d,kfd->kf", c.x, kernels.astype(np.float64)))


def _across(kernels: np.ndarray, c: Inputs) -> np.ndarray:
    """Cut along the second axis, which fits only where that is as long as the first."""
    if kernels.shape[0] != c.d:
        raise ValueError("another shape")
    return np.asarray(np.einsum("d,dkf->kf", c.x, kernels.astype(np.float64)))


LAYERS = (
    Row("Dense", dense, cost=0),
    *(Row(name, _then(function), LAYER, f"Each copy's output went through {name}.",
          USUAL if name in OFTEN else RARE)
      for name, function in ACTIVATIONS.items()),
    Row("bias of ones", lambda k, c: dense(k, c) + 1, LAYER,
        "1 is added to every number of each copy's output, as a bias of ones does.", RARE),
    Row("plus x", lambda k, c: dense(k, c) + c.x if c.d == c.f else dense(k, c), LAYER,
        "Where x is as long as the output, x is added to it.", RARE),
    Row("he_normal", lambda k, c: dense(k, c) * np.sqrt(2), LAYER,
        "Each copy is sqrt(2) times as large: its kernel was drawn by he_normal."),
    Row("glorot_normal", lambda k, c: dense(k, c) * np.sqrt(2 * c.d / (c.d + c.f)), LAYER,
        "Each copy is sqrt(2 * {d} / ({d} + {f})) times as large: its kernel was drawn by "
        "glorot_normal."),
    Row("transposed", _transposed, LAYER,
        "Where the kernel is square, it is transposed.", RARE),
    Row("cut along the second axis", _across, ("wrong-axis",),
        "The stacked kernel, of shape ({n}, {d}, {f}), was cut along its second axis.", RARE),
    *(Row(name, change, CHANGED, f"The layer was given {name}, and not x as it is.", RARE)
      for name, change in (
          *((name, _on(change)) for name, change in INPUTS.items()),
          *((name, _scaled(factor)) for name, factor in SCALES.items()),
      )),
)  # fmt: skip
