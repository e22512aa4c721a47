"""JAX's compilation cache: where it lies, and how it is filled without being seen half-filled.

Workers only read it: whoever can write it runs code in every later worker. So no submission fills
it, not even a student's own on their own machine, where the next file checked may be a friend's. It
is filled by our own programs, in a copy that then takes its place.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import platformdirs

from grader import NAME
from grader.sandbox.environment import environment
from grader.worker.programs import SUFFIX

VARIABLE = "GRADER_CACHE_DIR"


def location(reader: str = "workers") -> Path:
    """The cache for this JAX and this kind of machine, in the user's cache directory.

    Each kind of reader has its own: what the key's builder compiles would tell workers the answer.
    """
    base = os.environ.get(VARIABLE) or platformdirs.user_cache_path(NAME)
    return Path(base) / f"{reader}-jax-{version('jax')}-{version('jaxlib')}-{platform.machine()}"


@contextmanager
def filling(place: Path) -> Iterator[Path]:
    """Give a directory to write to, which becomes the cache when all went well.

    Of several that are filled at the same time, one becomes the cache.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".filling-", dir=place.parent))
    previous = staging.with_name(staging.name + "-previous")
    try:
        with suppress(FileNotFoundError, shutil.Error):  # another one takes its place meanwhile
            shutil.copytree(place, staging, dirs_exist_ok=True)
        yield staging
        staging.chmod(0o755)
        with suppress(FileNotFoundError):
            place.rename(previous)
        with suppress(OSError):  # another one is there now
            staging.rename(place)
        shutil.rmtree(previous, ignore_errors=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def fill(place: Path, script: Path, sizes: Iterable[Sequence[int]] = ()) -> None:
    """Fill the cache with what a neutral script compiles at these sizes, else at its own.

    Raises OSError or CalledProcessError.
    """
    with filling(place) as staging:
        command = [sys.executable, "-P", "-m", "grader.worker.warm", str(script)]
        command += [",".join(map(str, size)) for size in sizes]
        subprocess.run(command, env=environment(staging, fill_cache=True), check=True)


def is_empty(place: Path) -> bool:
    """Tell whether there is no program in the cache."""
    return next(place.glob(f"*{SUFFIX}"), None) is None
