"""Runs tests/support/attacks.py as a submission, in a worker behind all walls or some of them.

As a command it does so for another user: python -m tests.support.attacker '{"mask": ["landlock"]}'
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader import ROOT, wire
from grader.sandbox import cache
from grader.sandbox.handle import Worker
from grader.sandbox.sandbox import Sandbox
from tests.support import attacks

PARAMETERS = ("seed", "x", "n_copies", "features")
ARGUMENTS: dict[str, wire.Value] = {
    "seed": 0,
    "x": wire.Array("float32", (1,), np.zeros(1, "float32").tobytes()),
    "n_copies": 1,
    "features": 1,
}


@dataclass(frozen=True)
class Seen:
    """The layers in force, the errno of each attempt by name, and what was printed."""

    isolation: tuple[str, ...]
    errors: dict[str, int]
    printed: str = ""


def ask(worker: Worker, source: str) -> wire.Returned | wire.Raised:
    """Load a program into a worker that has said hello, and call its function once."""
    load = wire.Load("attack.py", source.encode(), "custom_lift_forward", PARAMETERS)
    loaded = worker.ask(load, wire.LOADED)
    assert isinstance(loaded, wire.Ready), loaded
    reply: wire.Returned | wire.Raised = worker.ask(wire.Call(ARGUMENTS, numpy=True), wire.ANSWER)
    return reply


def numbers(worker: Worker, source: str) -> tuple[tuple[str, ...], list[int], str]:
    """Run a program that returns numbers: the layers in force, the numbers, what was printed."""
    try:
        isolation = worker.ask(None, wire.Hello).isolation
        reply = ask(worker, source)
    finally:
        ending = worker.close()
    assert isinstance(reply, wire.Returned), (reply, ending)
    assert reply.array is not None
    assert reply.array.data is not None
    codes = np.frombuffer(reply.array.data, reply.array.dtype).astype(int).tolist()
    return isolation, codes, ending.printed


def attack(worker: Worker, targets: dict[str, Any]) -> Seen:
    """Let a new worker make the attempts in targets["names"], or all."""
    process: Any = worker._process
    zygote = getattr(process.zygote, "_parent", process.zygote)
    targets = targets | {"zygote": zygote._process.pid}
    text = Path(attacks.__file__).read_text("utf-8")
    source = text.replace("TARGETS: dict[str, Any] = {}", f"TARGETS = {targets!r}")
    names = targets.get("names") or attacks.EXPECTED
    isolation, codes, printed = numbers(worker, source)
    return Seen(isolation, dict(zip(names, codes, strict=True)), printed)


@contextmanager
def targets(names: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """What is aimed at: real files, processes and listeners, harmless to reach."""
    import socket
    import subprocess

    site = Path(np.__file__).parent.parent
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as named:
        place = Path(folder)
        place.chmod(0o777)
        canary = place / "canary"
        canary.write_text("alive")
        canary.chmod(0o666)
        named.bind(f"{folder}/listener")
        Path(f"{folder}/listener").chmod(0o777)
        with socket.socket(socket.AF_UNIX) as abstract, socket.create_server(("", 0)) as tcp:
            abstract.bind(f"\0grader-attack-{os.getpid()}")
            for listener in (named, abstract):
                listener.listen()
            with subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1) as neighbour:
                yield {
                    "names": list(names),
                    "root": str(ROOT),
                    "canary": str(canary),
                    "writable": folder,
                    "home": str(Path.home()),
                    "site": str(site),
                    "finder": str(next(site.glob("__editable__*.pth"), canary)),
                    "cache": str(cache.location()),
                    "trusted": os.getpid(),
                    "neighbour": neighbour.pid,
                    "port": tcp.getsockname()[1],
                    "listener": f"{folder}/listener",
                    "abstract": f"\0grader-attack-{os.getpid()}",
                }
                neighbour.kill()


def main() -> None:
    """Do what the argument says, and print what was seen."""
    given = json.loads(sys.argv[1])
    place = cache.location()
    with (
        Sandbox(timeout=60, cache=place, mask=given.get("mask", ())) as sandbox,
        targets(given.get("names", ())) as aims,
    ):
        seen = attack(sandbox.start(), aims)
    print(json.dumps({"isolation": seen.isolation, "errors": seen.errors, "printed": seen.printed}))


if __name__ == "__main__":
    main()
