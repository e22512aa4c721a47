"""A small world around a sandbox in which an escape leaves a trace (Linux).

It holds words that nobody may tell, files that nobody may touch, a bystander that nobody may
signal, and sockets that nobody may reach, all of them in places that an attack can guess:
`/tmp/grader-hostile-*/`, ports from 47113 on, abstract sockets called grader-hostile-N.
"""

import ctypes
import fcntl
import json
import os
import secrets
import shutil
import signal
import site
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from grader import ROOT
from grader.core.key import Key
from grader.core.run import Run

PORTS = range(47113, 47121)
LOCK = f"/tmp/grader-hostile-{os.getuid()}.lock"
NAMES = [f"\0grader-hostile-{n}" for n in range(8)]
SHARED_KEY = 0x48535431  # of the System V memory in which an attack leaves a message
PLAIN = """
import runpy, sys
print(runpy.run_path(sys.argv[1])["custom_lift_forward"](0, [0.0] * 4, 3, 5))
"""
MAX_REPORT = 256 * 1024


def _word() -> str:
    return f"canary-{secrets.token_hex(16)}"


class World:
    """The planted things and what became of them; `words` are what nobody may tell."""

    def __init__(self, folder: Path, cache: Path, key: Key) -> None:
        """Plant everything; `cache` is the compile cache, of which attacks get a copy."""
        self.folder, self.cache = folder, folder / "cache"
        self.secret_word, self.file_word, self.own_word = _word(), _word(), _word()
        self.bystander_word = _word()
        hidden = [k.expected.astype("<f4").tobytes().hex() for k in key.hidden]
        self.words = {self.secret_word, self.file_word, self.own_word, self.bystander_word}
        # Attacks that find another kind of way say so with a made-up canary.
        self.words |= {"found a way", "found a message", "custom_lift cases 1", *hidden}
        seeds = (str(k.case.integer("seed")) for k in key.hidden)
        self.words |= {seed for seed in seeds if len(seed) > 3}  # shorter ones are everywhere
        self._cache = cache
        self._start_bystander()
        self._plant()
        self._listeners = [self._listen_inet(), self._listen_abstract()]
        self._visits: list[str] = []
        for listener in self._listeners:
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        self.accept()

    def accept(self) -> None:
        """Take everything as it is now for untouched, the zygotes among it."""
        self._before, self._zygotes = self._snapshot(), set[int]()
        self._zygotes = set(self._survivors())

    def environment(self) -> dict[str, str]:
        """What the grading process's environment holds."""
        return {
            "GRADER_COURSE_SECRET": self.secret_word,
            "OWN_TOKEN": self.own_word,
            "SECRET_FILES": str(self.folder / "home"),
        }

    def run_plainly(self, attack: Path) -> bytes:
        """Run an attack where no wall stands; what it printed, and what it raised."""
        own = os.environ | {"JAX_COMPILATION_CACHE_DIR": str(self.cache)}
        with tempfile.TemporaryFile() as output:  # a pipe would wait for its children
            command = [sys.executable, "-c", PLAIN, str(attack)]
            where = self.folder / "tmp"
            subprocess.run(
                command, cwd=where, env=own, stdout=output, stderr=output, timeout=60, check=False
            )
            output.seek(0)
            return output.read()

    def told(self, *texts: str | bytes) -> set[str]:
        """The words that occur in any of the texts."""
        joined = "\n".join(
            t.decode("utf-8", "replace") if isinstance(t, bytes) else t for t in texts
        )
        return {word for word in self.words if word in joined}

    def touched(self) -> list[str]:
        """Everything that was made, changed, removed, reached, ended or left running."""
        time.sleep(0.1)
        after = self._snapshot()
        changed = {p for p in self._before.keys() | after if self._before.get(p) != after.get(p)}
        traces = [f"file {path}" for path in sorted(changed)]
        traces += [f"connection to {name}" for name in self._visits]
        traces += [f"process {pid} survives" for pid in self._survivors()]
        if self._bystander.poll() is not None or _priority(self.pid) != _priority(0):
            traces.append("the bystander was ended or slowed")
        return traces

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other world has an attack meanwhile, since attacks find all worlds; then clean up."""
        with Path(LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.restore()
            try:
                yield
            finally:
                self.restore()

    def restore(self) -> None:
        """Undo what an attack managed to do, so that the next one is judged alone."""
        for pid in self._survivors():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for path in sorted(self._snapshot().keys() - self._before.keys(), reverse=True):
            if "hostile" not in Path(path).name and not path.startswith(str(self.folder)):
                continue  # somebody else's
            with suppress(OSError):
                Path(path).rmdir() if Path(path).is_dir() else Path(path).unlink()
        _remove_shared_memory()
        self._visits.clear()
        ended = self._bystander.poll() is not None or _priority(self.pid) != _priority(0)
        if ended:
            self._end_bystander()
            self._start_bystander()
        after = self._snapshot()
        if ended or any(after.get(path) != state for path, state in self._before.items()):
            self._plant()
        self.accept()

    def close(self) -> None:
        """Remove everything."""
        self.restore()
        for listener in self._listeners:
            listener.close()
        self._end_bystander()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _plant(self) -> None:
        for name in ("tmp", "home", "beats", "reports"):
            (self.folder / name).mkdir(exist_ok=True)
            (self.folder / name).chmod(0o777)
        shutil.copytree(self._cache, self.cache, dirs_exist_ok=True)
        secret = f"GRADER_COURSE_SECRET={self.file_word}\n"
        files = dict.fromkeys(("home/.secret", "home/secret.env", "reports/another.json"), secret)
        files["targets.json"] = json.dumps({"bystander": self.pid, "token": self.file_word})
        for name, content in files.items():
            (self.folder / name).write_text(content)
            (self.folder / name).chmod(0o666)

    def _start_bystander(self) -> None:
        self._bystander = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(1800)", self.bystander_word],
            env={"TOKEN": self.bystander_word},
        )
        self.pid = self._bystander.pid

    def _end_bystander(self) -> None:
        self._bystander.kill()
        self._bystander.wait()

    def _listen_inet(self) -> socket.socket:
        return _first_free(socket.AF_INET, (("127.0.0.1", port) for port in PORTS))

    def _listen_abstract(self) -> socket.socket:
        return _first_free(socket.AF_UNIX, NAMES)

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                stream, _ = listener.accept()
                self._visits.append(listener.family.name)
                stream.close()

    def _snapshot(self) -> dict[str, tuple[int, ...]]:
        """Every path that an attack may have made or changed, and its state."""
        paths = [*self.folder.rglob("*")]
        for place in (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")):
            paths += place.glob("hostile-*")
        for packages in map(Path, site.getsitepackages()):
            paths += [*packages.iterdir(), *packages.glob("__pycache__/*")]
            paths += packages.glob("flax/__pycache__/*hostile*")
        for name in ("grader", "exercise", "solution"):
            paths += [p for p in (ROOT / name).rglob("*") if "__pycache__" not in p.parts]
        paths += ROOT.glob("*hostile*")
        return {str(p): _state(p) for p in paths if p.is_symlink() or p.exists()}

    def _survivors(self) -> list[int]:
        """Processes that were born here and are no zygote: they have our cache in their names."""
        mark = os.fsencode(str(self.cache))
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                ours = mark in (entry / "environ").read_bytes()
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent in self._zygotes and _is_first(entry):
                    continue  # it waits beside a worker: see grader.worker.walls.namespaces
                if ours and parent != os.getpid() and int(entry.name) not in self._zygotes:
                    found.append(int(entry.name))
        return found


def _priority(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


def _is_first(entry: Path) -> bool:
    """Tell whether a process is the first one of numbers of their own."""
    status = (entry / "status").read_text()
    return status.partition("NSpid:")[2].splitlines()[0].split()[1:] == ["1"]


def _first_free(family: socket.AddressFamily, names: Iterable[object]) -> socket.socket:
    listener = socket.socket(family)
    for name in names:
        with suppress(OSError):
            listener.bind(name)  # type: ignore[arg-type]
            listener.listen()
            return listener
    raise OSError("no name for a listener is free")


def _state(path: Path) -> tuple[int, ...]:
    """What changes whenever somebody changes the file: its ctime cannot be set."""
    state = path.lstat()
    changing = path.is_file() and not path.is_symlink()
    return (state.st_mode, state.st_size, state.st_ctime_ns) if changing else (state.st_mode,)


def _remove_shared_memory() -> None:
    libc = ctypes.CDLL(None)
    number = libc.shmget(SHARED_KEY, 0, 0)
    if number >= 0:
        libc.shmctl(number, 0, None)


@contextmanager
def inhabited(cache: Path, key: Key) -> Iterator[World]:
    """A world whose words are in this process's environment, and whose folder is its TMPDIR."""
    folder = Path(tempfile.mkdtemp(prefix="grader-hostile-", dir="/tmp"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        world = World(folder, cache, key)
        for name, value in world.environment().items():
            patch.setenv(name, value)
        patch.setattr(tempfile, "tempdir", str(folder / "tmp"))
        try:
            yield world
        finally:
            world.close()


def inert(text: str) -> list[str]:
    """The characters of a text that do something: controls but line ends, bidi marks, ..."""
    acting = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return sorted({hex(ord(c)) for c in text if c != "\n" and unicodedata.category(c) in acting})


def spoken(runs: Iterable[Run]) -> Iterator[str]:
    """All that submissions said besides their reports: what they printed, and arrays as text."""
    for run in runs:
        yield run.printed
        for seen in run.seen.values():
            array = getattr(seen, "array", None)
            if array is not None and array.ndim == 1 and array.dtype.kind == "f":
                yield "".join(chr(int(v)) for v in array[:10_000] if 0 < v < 256)
