"""A channel that carries frames between the trusted side and a worker.

A frame is a 4-byte big-endian length and that many bytes of msgpack, decoded into exactly one of
our types. Whatever does not decode is refused; nothing is unpickled or looked up by name.
"""

import os
import struct
from typing import TypeVar

import msgspec

from grader.wire.value import Frame

MAX_FRAME = 8 * 2**20

_T = TypeVar("_T")
_HEADER = struct.Struct(">I")


class FrameError(Exception):
    """The bytes on the channel are not a frame of the expected type, or there are none."""


class Channel:
    """Frames over a pair of file descriptors (the same one twice for a socket)."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        """Take two open descriptors; the channel does not close them."""
        self._read_fd, self._write_fd = read_fd, write_fd

    def send(self, frame: Frame) -> None:
        """Write one frame whole; raises OSError when the other side is gone."""
        body = msgspec.msgpack.encode(frame)
        view = memoryview(_HEADER.pack(len(body)) + body)
        while view:
            view = view[os.write(self._write_fd, view) :]

    def receive(self, kind: type[_T]) -> _T:
        """Read one frame of a type (or union of types); raises FrameError for anything else."""
        (length,) = _HEADER.unpack(self._read(_HEADER.size))
        if length > MAX_FRAME:
            raise FrameError(f"a frame of {length} bytes")
        try:
            return msgspec.msgpack.decode(self._read(length), type=kind)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise FrameError(str(error)) from None

    def _read(self, count: int) -> bytes:
        chunks = bytearray()
        while len(chunks) < count:
            try:
                chunk = os.read(self._read_fd, min(count - len(chunks), 2**16))
            except OSError as error:
                raise FrameError(str(error)) from None
            if not chunk:
                raise FrameError("the channel was closed")
            chunks += chunk
        return bytes(chunks)
