"""Arrays on their way to and from a submission (beside the student)."""

from typing import Any

import numpy as np

from grader import wire
from grader.wire import Array

NATIVE = {"float16", "float32", "float64", "bool", "complex64", "complex128"} | {
    f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
}


def draw_probe() -> Array:
    """Draw the calibration probe: a few numbers that depend on how this JAX draws."""
    import jax

    return encode(jax.random.normal(jax.random.PRNGKey(2024), (4,)))


def encode(value: Any) -> Array:
    """Turn an array-like into a frame; raises whatever the conversion raises."""
    name = str(getattr(value, "dtype", ""))
    array = np.asarray(value)
    name = name or str(array.dtype)
    if array.dtype.name not in NATIVE:
        array = array.astype(np.float32)  # bfloat16 and its kin; raises for keys and objects
    shape = tuple(array.shape)
    if array.size > wire.MAX_ELEMENTS:
        return Array(name[:40], shape, None)
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return Array(name[:40], shape, little.tobytes())


def decode(argument: Array, numpy: bool) -> Any:
    """Give an array that the function is called with: JAX's, or a writable one of NumPy's."""
    assert argument.data is not None
    array = np.frombuffer(argument.data, argument.dtype).reshape(argument.shape)
    if numpy:
        return array.copy()
    import jax

    with jax.transfer_guard("allow"):  # whatever the program forbids itself
        return jax.numpy.asarray(array)


def find(value: Any) -> tuple[Array | None, bool]:
    """Give the array that a value is (True) or visibly contains (False)."""
    import jax

    if type(value) is np.ndarray or isinstance(value, (jax.Array, np.generic)):
        try:
            return encode(value), True
        except (TypeError, ValueError):
            return None, False
    if isinstance(value, dict):
        value = next(iter(value.values()), None)
    candidates = [value]
    if isinstance(value, tuple) and value:
        candidates = [value[0], value]  # (answer, something else) is more likely than rows
    for candidate in candidates:
        try:
            array = encode(np.asarray(candidate))
        except (TypeError, ValueError):
            continue
        if array.data is not None and array.dtype in NATIVE:
            return array, False
    return None, False
