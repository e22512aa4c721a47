"""Says which walls this machine has, and tries them from inside (trusted side).

Where a right answer lies beside the exercise, it is graded as well: walls must not cost points.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from grader import wire
from grader.core.errors import WorkerEndedError
from grader.core.isolation import missing
from grader.core.report import Report
from grader.sandbox import scratch
from grader.sandbox.sandbox import Sandbox

# What a worker must not be able to do, and what it must; each on a line of its own.
REFUSED = {
    "write a file": "open('grader-doctor', 'w')",
    "read a file of yours": "open(yours)",
    "list a folder of yours": "os.listdir(os.path.dirname(yours))",
    "start a process": "os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)",
    "fork": "os.fork() or os._exit(0)",
    "open a socket": "socket.socket()",
    "signal its parent": "os.kill(os.getppid(), 0)",
    "share memory": "mmap.mmap(-1, 4096)",
}
ALLOWED = {
    "compute with jax": "float(jax.numpy.linalg.norm(jax.numpy.ones(3)))",
    "start a thread": "threading.Thread(target=int).start()",
}
ADVICE = {
    "landlock": "landlock: Linux 5.13 or newer, with landlock in its list of security modules "
    "(/sys/kernel/security/lsm; the kernel's parameter lsm=landlock,... adds it). In a container "
    "the runtime's own filter has to let its three calls through; current ones do. Or bubblewrap: "
    "install the package of that name; it needs user namespaces, or root. Or, as root: Python and "
    "the compile cache where everybody can read them, and solution/, tests/ and .git where nobody "
    "else can (chmod 700).",
    "seccomp": "seccomp: Linux on x86_64 or aarch64, built with CONFIG_SECCOMP_FILTER, and a "
    "64-bit Python.",
}
ELSEWHERE = "On macOS and Windows, grade other people's programs inside a Linux machine."
READS_AS_ROOT = (
    "Python or the compile cache lies where only root can read, so workers keep root's right to "
    "read (Landlock says which files). A place that everybody can read is better: see "
    "GRADER_CACHE_DIR for the cache."
)
_PROGRAM = """
import mmap, os, socket, threading
import jax
def probe(n):
    yours, text = {yours!r}, {attempts!r}[n]
    try:
        eval(text)
    except (PermissionError, FileNotFoundError):
        return 1
    return 0
"""


@dataclass(frozen=True)
class Examination:
    """The layers in force, and for each attempt what came of it: refused, allowed, or a word."""

    isolation: tuple[str, ...]
    results: dict[str, str]
    graded: Report | None = None  # of a right answer

    @property
    def holds(self) -> bool:
        """Tell whether nothing is missing, and every attempt ended as it must."""
        if self.graded is not None and self.graded.score != self.graded.max_score:
            return False
        return not missing(self.isolation) and all(
            result == ("refused" if name in REFUSED else "allowed")
            for name, result in self.results.items()
        )

    def lines(self) -> list[str]:
        """What to print."""
        lines = [f"Layers in force: {' '.join(self.isolation) or 'none'}", ""]
        for name, result in self.results.items():
            wanted = "refused" if name in REFUSED else "allowed"
            mark = "" if result == wanted else f", and should be {wanted}"
            lines.append(f"  {name:<28}{result}{mark}")
        if self.graded is not None:
            score = f"{self.graded.score} of {self.graded.max_score} points"
            lines.append(f"  {'grade a right answer':<28}{score} {self.graded.message}".rstrip())
        lacking = missing(self.isolation)
        if lacking:
            lines += ["", "Missing:", *(f"  {ADVICE[layer]}" for layer in lacking)]
            lines += [] if sys.platform == "linux" else [f"  {ELSEWHERE}"]
        if "reads-as-root" in self.isolation:
            lines += ["", READS_AS_ROOT]
        verdict = "All walls hold." if self.holds else "Do not grade strangers' programs here."
        return [*lines, "", verdict]


def examine(sandbox: Sandbox) -> Examination:
    """Make every attempt, in one worker; one that ends the worker ends the examination."""
    with scratch.folder() as folder:
        yours = folder / "yours"
        yours.touch(mode=0o600)
        return _examine(sandbox, yours)


def _examine(sandbox: Sandbox, yours: Path) -> Examination:
    attempts = REFUSED | ALLOWED
    source = _PROGRAM.format(yours=str(yours), attempts=list(attempts.values()))
    results: dict[str, str] = {}
    isolation: tuple[str, ...] = ()
    worker = sandbox.start()
    try:
        isolation = worker.ask(None, wire.Hello).isolation
        worker.ask(wire.Load("probe.py", source.encode(), "probe", ("n",)), wire.LOADED)
        for number, name in enumerate(attempts):
            answer: wire.Answer = worker.ask(wire.Call({"n": number}), wire.ANSWER)
            results[name] = _read(answer)
    except WorkerEndedError:
        results["live to the end"] = "ended"
    finally:
        worker.close()
    return Examination(isolation, results)


def _read(answer: wire.Answer) -> str:
    if isinstance(answer, wire.Raised):
        return f"raised {answer.type}"
    data = b"" if answer.array is None else answer.array.data
    return "refused" if data and any(data) else "allowed"
