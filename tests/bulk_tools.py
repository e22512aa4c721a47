"""What the tests of bulk runs share: a small class, the command, and a look at what it wrote."""

import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from msgspec.structs import replace

from exercise import EXERCISE
from grader.bulk.pool import Reported
from grader.bulk.sidecar import Settings
from grader.grade import failed
from grader.submission import Submission

from .conftest import SAMPLES

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


def bulk(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, without a terminal."""
    command = [*GRADER, "bulk", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, **options)


def zygotes(process: psutil.Process) -> list[psutil.Process]:
    """The processes below one that are forked for each submission."""
    found = []
    for child in _children(process):
        with suppress(psutil.NoSuchProcess):
            if "grader.zygote" in child.cmdline():
                found.append(child)
    return found


def workers(process: psutil.Process) -> list[psutil.Process]:
    """The processes below one that run a submission."""
    return [worker for zygote in zygotes(process) for worker in _children(zygote)]


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children())
    except psutil.NoSuchProcess:
        return []


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
