"""The process that is forked for each submission: jax and flax imported, no backend started.

Knows no key and no case. Listens on one socket: `F` with two descriptors (the worker's channel, the
pipe for what it prints) forks a worker and answers its pid; `R` and a pid waits for it and answers
how it ended.
"""

import os
import socket
import struct
import sys

PID = struct.Struct(">i")
ENDING = struct.Struct(">iq")  # exit code (negative: the signal), peak RSS in KiB


def main(control: socket.socket) -> None:
    """Import what every worker needs, then serve until the other side closes."""
    # Everything is imported here, once; a fork costs milliseconds. Nothing may start a backend:
    # a fork after that deadlocks.
    import jax.numpy  # noqa: F401

    import grader.observer
    import grader.worker  # noqa: F401

    sys.path[:] = [entry for entry in sys.path if "site-packages" in entry or "lib/python" in entry]
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 1 + PID.size, 2)
        if request[:1] == b"F" and len(descriptors) == 2:
            control.sendall(PID.pack(_fork(control, *descriptors)))
        elif request[:1] == b"R" and len(request) == 1 + PID.size:
            control.sendall(ENDING.pack(*_reap(*PID.unpack(request[1:]))))
        else:
            return


def _fork(control: socket.socket, channel: int, output: int) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            _become_worker(channel, output)
        finally:
            os._exit(70)
    os.close(channel)
    os.close(output)
    return pid


def _become_worker(channel: int, output: int) -> None:
    from grader import limits, wire, worker

    os.setsid()
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.close(null)
    os.close(output)
    worker.serve(wire.Channel(channel, channel), limits.apply())
    os._exit(0)


def _reap(pid: int) -> tuple[int, int]:
    try:
        _, status, usage = os.wait4(pid, 0)
    except ChildProcessError:
        return 0, 0
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
