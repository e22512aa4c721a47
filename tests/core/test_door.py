"""Whatever comes over the wire becomes an observation with bounds, or none."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grader import wire
from grader.core.observation import (
    LARGEST,
    MAX_AXES,
    MAX_FRAMES,
    MAX_NAME,
    Raised,
    Returned,
    parse,
    parse_computed,
)

DTYPES = ["float32", "float64", "int8", "complex64", "bool", "bfloat16", "nonsense", "O"]
SHAPES = st.lists(st.integers(0, 3), max_size=5)


@st.composite
def arrays(draw: st.DrawFn) -> wire.Array:
    """Arrays as a worker sends them, NaN, infinite and empty ones among them; and forged ones."""
    dtype, shape = draw(st.sampled_from(DTYPES)), tuple(draw(SHAPES))
    known = dtype if dtype in ("float64", "int8", "complex64", "bool") else "float32"
    size = int(np.prod(shape)) * np.dtype(known).itemsize + draw(st.sampled_from([0, 0, 0, 1]))
    byte = draw(st.sampled_from([b"\x00", b"\xff", b"\x7f", b"\x41"]))
    return wire.Array(dtype, shape, draw(st.sampled_from([byte * size, byte * size, None])))


RAISED = st.builds(
    wire.Raised,
    st.text(),
    st.text() | st.just("9" * 10_000),
    st.lists(st.tuples(st.integers(-(2**63), 2**63), st.text()), max_size=20).map(tuple),
)
RETURNED = st.builds(wire.Returned, st.text(), arrays() | st.none(), st.booleans(), st.booleans())


@given(RAISED | RETURNED)
def test_observations_have_bounds(reply: wire.Raised | wire.Returned) -> None:
    """Texts are short, lines can be lines, numbers are of two types; what cannot be is refused."""
    try:
        seen = parse(reply)
    except wire.FrameError:
        return
    assert len(seen.type) <= MAX_NAME
    if isinstance(seen, Raised):
        assert len(seen.message) <= wire.MAX_TEXT
        assert len(seen.frames) <= MAX_FRAMES
        assert seen.line is None or 0 < seen.line <= 10**7
        return
    assert len(seen.shape) <= MAX_AXES
    if seen.array is not None:
        assert seen.array.dtype in (np.float64, np.complex128)
        assert seen.array.size <= wire.MAX_ELEMENTS
        assert seen.is_empty == (seen.array.size == 0)
        assert seen.is_finite == (seen.array.size > 0 and bool(np.isfinite(seen.array).all()))


@given(arrays() | st.none())
def test_what_a_layer_computed_can_be_computed_with(frame: wire.Array | None) -> None:
    """Kernels and outputs are real, finite, of the axes that are asked for, or left out."""
    array = parse_computed(frame, 1, 2)
    if array is not None:
        assert array.ndim in (1, 2)
        assert array.dtype == np.float64
        assert np.abs(array).max() <= LARGEST


def test_the_marks_can_differ() -> None:
    """An empty, a NaN and a plain array are told apart; a kernel of three axes is left out."""
    texts = [np.zeros((0, 5)), np.array([np.nan]), np.ones(3)]
    found = []
    for array in texts:
        seen = parse(
            wire.Returned("X", wire.Array("float64", array.shape, array.tobytes()), bare=True)
        )
        assert isinstance(seen, Returned)
        found.append((seen.is_empty, seen.is_finite))
    assert found == [(True, False), (False, False), (False, True)]
    cube = wire.Array("float64", (1, 1, 1), np.ones(1).tobytes())
    assert parse_computed(cube, 2) is None
    assert parse_computed(wire.Array("float64", (1, 1), np.ones(1).tobytes()), 2) is not None
