"""Only frames of ours are read from a worker; anything else is refused, and nothing is run."""

import os
import random
import struct

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import wire
from grader.core.observation import Returned, parse

REPLY = wire.Returned | wire.Raised


def received(data: bytes, kind: object = REPLY) -> object:
    """What the channel makes of bytes that a worker wrote."""
    read_end, write_end = os.pipe()
    try:
        os.write(write_end, data)
        os.close(write_end)
        return wire.Channel(read_end, -1).receive(kind)  # type: ignore[type-var]
    finally:
        os.close(read_end)


def framed(body: bytes) -> bytes:
    """A body with its length in front."""
    return struct.pack(">I", len(body)) + body


GOOD = msgspec.msgpack.encode(
    wire.Returned("ArrayImpl", wire.Array("float32", (2,), b"\0" * 8), bare=True)
)


def test_a_frame_comes_through() -> None:
    """What one side sends is what the other receives."""
    reply = received(framed(GOOD))
    assert isinstance(reply, wire.Returned)
    seen = parse(reply)
    assert isinstance(seen, Returned)
    assert seen.array is not None
    assert seen.array.tolist() == [0, 0]


@given(st.binary(max_size=300))
@settings(max_examples=2000, deadline=None)
def test_random_bytes_are_refused(data: bytes) -> None:
    """Random bytes give a FrameError, never another exception and never an object."""
    with pytest.raises(wire.FrameError):
        received(data)


def test_mutated_frames_are_refused_or_are_frames() -> None:
    """100,000 mutations of a frame decode to a reply or are refused: nothing else happens."""
    rng = random.Random(0)
    decoder = msgspec.msgpack.Decoder(REPLY)
    for _ in range(100_000):
        body = bytearray(GOOD)
        for _ in range(rng.randint(1, 4)):
            body[rng.randrange(len(body))] = rng.randrange(256)
        try:
            reply = decoder.decode(bytes(body))
        except (msgspec.DecodeError, ValueError):
            continue
        try:
            assert isinstance(parse(reply), Returned)
        except wire.FrameError:
            continue


def test_a_huge_frame_is_refused_before_it_is_read() -> None:
    """A length above the limit is an error at once."""
    with pytest.raises(wire.FrameError, match="a frame of"):
        received(struct.pack(">I", wire.MAX_FRAME + 1))


def test_a_frame_of_another_type_is_refused() -> None:
    """A hello where an answer is due is not taken for one."""
    body = msgspec.msgpack.encode(wire.Raised("E", "m"))
    with pytest.raises(wire.FrameError):
        received(framed(body), wire.Hello)


@pytest.mark.parametrize(
    "array",
    [
        wire.Array("float32", (3,), b"\0" * 8),
        wire.Array("float32", (-1,), b"\0" * 8),
        wire.Array("float32", (2**62, 2**62), b""),
        wire.Array("object", (1,), b"\0" * 8),
    ],
)
def test_contradictory_arrays_are_refused(array: wire.Array) -> None:
    """Shape and elements must agree, whatever the dtype claims to be."""
    with pytest.raises(wire.FrameError):
        parse(wire.Returned("ArrayImpl", array, bare=True))
