"""What a worker prints, drained as it comes and kept up to a bound (trusted side).

A worker that fills its pipe would stop, so a thread empties it. What was printed up to a moment is
asked for with `so_far`, which itself reads what is still in the pipe: then all that the worker
wrote before is in it, and nothing that it writes later.
"""

import os
import threading
import time
from contextlib import suppress
from typing import IO

MAX_PRINTED = 64 * 1024
CHUNK = 2**16  # as much as a pipe holds
CHUNKS = 16  # so many at once: one that prints without end does not hold us
CAN_POLL = os.name != "nt"
BREATH = 0.005  # seconds between reads, so that many small writes are one read
PAUSE = 0.02  # seconds, where a pipe cannot be polled: what is still in it then is left out


class Output:
    """The read end of a worker's pipe, from now until the other end is closed."""

    def __init__(self, pipe: IO[bytes]) -> None:
        """Start to drain it."""
        self._pipe = pipe
        self._kept = bytearray()
        self._lock = threading.Lock()  # held from reading to keeping, so that nothing is between
        if CAN_POLL:
            os.set_blocking(pipe.fileno(), False)
        self._thread = threading.Thread(target=self._drain, daemon=True)
        self._thread.start()

    def so_far(self) -> bytes:
        """All that was printed until now, up to the bound."""
        if not CAN_POLL:
            time.sleep(PAUSE)
        with self._lock:
            if CAN_POLL and not self._pipe.closed:
                for _ in range(CHUNKS):
                    if not self._take():
                        break
            return bytes(self._kept)

    def all(self) -> bytes:
        """What was printed in all; for when the worker has ended."""
        self._thread.join(timeout=1)
        return bytes(self._kept)

    def _drain(self) -> None:
        with suppress(OSError, ValueError):
            if CAN_POLL:
                self._drain_polling()
            while not CAN_POLL and (chunk := os.read(self._pipe.fileno(), CHUNK)):
                with self._lock:
                    self._keep(chunk)
        with self._lock:
            self._pipe.close()

    def _drain_polling(self) -> None:
        import select

        poll = select.poll()
        poll.register(self._pipe.fileno(), select.POLLIN)
        while poll.poll():
            with self._lock:
                if self._take() is None:
                    return
            time.sleep(BREATH)

    def _take(self) -> bool | None:
        """Keep what is in the pipe; False where nothing is, None where nothing will come."""
        try:
            chunk = os.read(self._pipe.fileno(), CHUNK)
        except BlockingIOError:
            return False
        self._keep(chunk)
        return True if chunk else None

    def _keep(self, chunk: bytes) -> None:
        self._kept += chunk[: max(0, MAX_PRINTED - len(self._kept))]
