"""What the tests of bulk runs share: a small class, the command, and a look at what it wrote."""

import json
import os
import shutil
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from msgspec.structs import replace

from exercise import EXERCISE
from grader.bulk.pool import Reported
from grader.core.submission import Submission
from grader.grading.grade import failed
from grader.results.sidecar import Settings
from tests.conftest import SAMPLES
from tests.support import forked

GRADER = [sys.executable, "-m", "grader"]
HANDED_IN = {
    "ada": "correct/course-loop.py",
    "bob": "late-bound-lambda/list_of_pickers.py",
    "cem": "syntax-error/missing-colon.py",
    "dee": "missing-function/camel-case.py",
    "eve": "correct/course-loop.py",
    "fay": "not-implemented/untouched.py",
    "gil": "killed/import-os-exit-1.py",
    "hal": "import-error/zero-division.py",
    "ida": "wrong-signature/renamed.py",
}


def make_class(folder: Path, leave_out: str = "") -> Path:
    """A folder of files: two that are equal, one that ends its process, others of all kinds."""
    folder.mkdir(parents=True)
    for name, sample in HANDED_IN.items():
        if name not in leave_out.split():
            shutil.copy(SAMPLES / sample, folder / f"{name}.py")
    return folder


bulk = partial(forked.run, "grader", "bulk")


def zygotes(process: psutil.Process) -> list[psutil.Process]:
    """The processes below one that are forked for each submission: the cold one, the warm one."""
    return [zygote for zygote in _forking(process) if not _is_worker(zygote)]


def workers(process: psutil.Process) -> list[psutil.Process]:
    """The processes below one that run a submission."""
    return [worker for worker in _forking(process) if _is_worker(worker)]


def _is_worker(process: psutil.Process) -> bool:
    """Tell whether it was forked by a zygote and has a session of its own."""
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        parent = process.parent()
        return parent is not None and _forks(parent) and os.getsid(process.pid) == process.pid
    return False


def _forking(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return [child for child in process.children(recursive=True) if _forks(child)]
    return []


def _forks(process: psutil.Process) -> bool:
    """Tell whether it is a zygote, or a fork of one."""
    with suppress(psutil.NoSuchProcess):
        return "grader.worker.zygote" in process.cmdline()
    return False


def results(out: Path) -> dict[str, bytes]:
    """All files of a bulk run and their bytes, less the sidecar, which may differ."""
    files = (p for p in out.rglob("*") if p.is_file() and p.name != "run.json")
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in files}


def counts(out: Path) -> dict[str, Any]:
    """What the sidecar says of the last run."""
    run: dict[str, Any] = json.loads((out / "run.json").read_bytes())["run"]
    return run


def settings() -> Settings:
    """Some settings."""
    return Settings("custom_lift", "0", "key", 30)


def report_of(name: str, reason: str = "") -> Reported:
    """A report without a score, or with 0 points when there is no reason against it."""
    report = failed(EXERCISE, Submission.of(name, name.encode()), "key", reason)
    if not reason:
        report = replace(report, score=0, status="graded")
    return Reported(name.removesuffix(".py"), report, 0.1)
