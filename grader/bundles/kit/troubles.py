"""What can go wrong while a kit is set up, and what a student reads then."""

import errno
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from grader.bundles.kit.progress import Step

NEEDED, NEEDED_LITTLE = 1000, 60  # MB on the disk
MB = 10**6
LOG = "set-up.log"
QUOTED = 5  # lines of a log
NO_VENV = (
    "This Python came without the part that makes virtual environments. On Debian and Ubuntu:\n"
    "  sudo apt install python3-venv\n"
    "Elsewhere, the installers at https://www.python.org/downloads/ have it. Then call this again."
)
OFFLINE = (
    "The libraries could not be downloaded: there is no connection to the package index.\n"
    "Is this machine online? Behind a proxy, set HTTPS_PROXY. Then call this again."
)
FULL = "The disk is full. The set-up needs about {needed} MB; {free} MB are free. {folder}"
NO_RELEASE = (
    "There is no release of {name} for this machine: Python {version} on {system} {machine}.\n"
    "JAX has releases for 64-bit Python 3.11 to 3.14 on Linux, Windows and Macs with Apple's own\n"
    "processors. On another machine, a notebook in the browser is a way out (Colab)."
)
_OFFLINE = (
    *("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "getaddrinfo failed"),
    *("Temporary failure in name resolution", "Network is unreachable", "ProxyError"),
    *("Max retries exceeded", "Read timed out", "Connection refused"),
)
_FULL = ("No space left on device", "Disk quota exceeded", "not enough space on the disk")
_NO_RELEASE = "No matching distribution found for "


class SetUpError(Exception):
    """The set-up cannot go on; the message is for the student."""


def look(kit: Path, *, little: bool) -> None:
    """Say beforehand what cannot work: a folder that is not writable, a disk that is full."""
    probe = kit / ".writable"
    with told():
        probe.write_bytes(b"")
        probe.unlink()
    free, needed = shutil.disk_usage(kit).free // MB, NEEDED_LITTLE if little else NEEDED
    if free < needed:
        raise SetUpError(FULL.format(needed=needed, free=free, folder=kit))


@contextmanager
def told() -> Iterator[None]:
    """Turn what the system refuses into words."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
            message = "The disk is full. Make room for about 1 GB, and call this again."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            message = (
                f"{error.filename} cannot be written: {error.strerror}.\n"
                "Unpack the kit in a folder of your own, such as Documents, and call it there."
            )
        else:
            message = f"The set-up did not work: {error}"
        raise SetUpError(message) from None


def run(command: Sequence[str], folder: Path, step: Step) -> None:
    """Run a command of the set-up, with a log; raises SetUpError when it fails."""
    log = folder / LOG
    with told(), log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            while True:
                try:
                    code = process.wait(timeout=1)
                    break
                except subprocess.TimeoutExpired:
                    step.tick()
        finally:
            process.kill()
    if code:
        raise SetUpError(explain(log.read_text("utf-8", "replace"), log))


def explain(said: str, log: Path) -> str:
    """What the log of a command that failed comes to."""
    if any(words in said for words in _FULL):
        return "The disk is full. Make room for about 1 GB, and call this again."
    if any(words in said for words in _OFFLINE):
        return OFFLINE
    if _NO_RELEASE in said:
        return NO_RELEASE.format(
            name=said.rsplit(_NO_RELEASE, 1)[1].split()[0],
            version=platform.python_version(),
            system=platform.system(),
            machine=platform.machine() + ("" if sys.maxsize > 2**32 else ", 32 bits"),
        )
    last = "\n".join(f"  {line}" for line in said.strip().splitlines()[-QUOTED:])
    return f"The set-up did not work. It ended with:\n{last}\nAll of it is in {log}"
