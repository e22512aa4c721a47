"""What `check.py` of a kit does: set up once, then hand everything on to `grader`.

Needs nothing but Python's standard library, on Linux, macOS and Windows. A set-up lives in one
folder beside `check.py` and counts only when it was finished: another one starts over.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from grader import ROOT
from grader.bundles.kit import troubles
from grader.bundles.kit.progress import Step

FOLDER = ".venv"
READY = "ready"
COMMANDS = ("check", "hint", "explain", "doctor")
EXIT_CANNOT = 2
# What may be used where it is installed already, from which version on. pyproject.toml agrees.
OLDEST = {
    **{"jax": (0, 10), "jaxlib": (0, 10), "flax": (0, 12), "numpy": (2, 0), "click": (8, 1)},
    **{"msgspec": (0, 19), "platformdirs": (4,), "pytest": (8,), "rich": (13,)},
}


def main(arguments: Sequence[str]) -> int:
    """Set up where that is needed; run the grader; give its exit code."""
    kit = ROOT.parent
    try:
        python = _ready(kit) or _set_up(kit)
    except troubles.SetUpError as error:
        print(f"\n{error}", file=sys.stderr)
        return EXIT_CANNOT
    except KeyboardInterrupt:
        print("\nStopped. The next call starts the set-up over.", file=sys.stderr)
        return 130
    return _run(python, kit, arguments)


def _run(python: Path, kit: Path, arguments: Sequence[str]) -> int:
    """Run the grader to its end, which is its own affair: Ctrl-C reaches it as well."""
    command = [] if arguments and arguments[0] in (*COMMANDS, "--version") else ["check"]
    left = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    given = {"GRADER_COMMAND": f"{_called()} check.py", "GRADER_FILE": _stub(kit)}
    process = subprocess.Popen(
        [str(python), "-P", "-m", "grader", *command, *arguments], env=left | given
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def _called() -> str:
    """The word that starts this Python in a terminal."""
    name = Path(sys.executable).name.removesuffix(".exe")
    return name if sys.platform != "win32" or shutil.which(name) else "py"


def _stub(kit: Path) -> str:
    """The student's file beside check.py: what is graded when no file is named."""
    return str(next((p for p in sorted(kit.glob("*.py")) if p.name != "check.py"), ""))


def _ready(kit: Path) -> Path | None:
    """The Python of a finished set-up of this kit, if there is one."""
    try:
        finished = (kit / FOLDER / READY).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    python = _python(kit / FOLDER)
    return python if finished == _wanted(kit) and python.exists() else None


def _wanted(kit: Path) -> str:
    return hashlib.sha256((kit / "requirements.txt").read_bytes()).hexdigest()


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _set_up(kit: Path) -> Path:
    folder = kit / FOLDER
    requirements = (kit / "requirements.txt").read_text("utf-8").splitlines()
    shared = all(map(_fits, ("jax", "jaxlib", "flax")))
    lines = [r for r in requirements if r and r[0] != "#" and not (shared and _fits(_name(r)))]
    print(f"Setting up, once, in {folder}", file=sys.stderr)
    if shared:
        print(f"JAX {metadata.version('jax')} is here already and will be used.", file=sys.stderr)
    troubles.look(kit, little=shared)
    with troubles.told(), Step("1 of 3  a place for the libraries", "some seconds"):
        shutil.rmtree(folder, ignore_errors=True)
        pip = _make(folder)
        _add_paths(folder, kit / "lib", shared)
    size, time = ("10 MB", "some seconds") if shared else ("300 MB", "one to five minutes")
    with Step(f"2 of 3  JAX and what else the grader needs ({size})", time) as step:
        (folder / "needed.txt").write_text("\n".join(lines), "utf-8")
        options = ["--disable-pip-version-check", "--no-input", "--retries", "2", "--no-deps"]
        troubles.run([*pip, "install", *options, "-r", str(folder / "needed.txt")], folder, step)
    python = _python(folder)
    with Step("3 of 3  compiling beforehand what every check needs", "half a minute") as step:
        troubles.run([str(python), "-m", "compileall", "-q", str(kit / "lib")], folder, step)
        troubles.run([str(python), "-P", "-m", "grader", "warm"], folder, step)
    with troubles.told():
        (folder / READY).write_text(_wanted(kit), "utf-8")
    print("Ready. From now on a check takes a few seconds.\n", file=sys.stderr)
    return python


def _make(folder: Path) -> list[str]:
    """Make the environment; gives the command that is its pip, its own or one from outside."""
    try:
        import ensurepip
        import venv
    except ImportError:
        return _make_without_pip(folder)
    del ensurepip
    symlinks = sys.platform != "win32"
    try:
        venv.EnvBuilder(symlinks=symlinks, with_pip=True).create(folder)
    except subprocess.CalledProcessError:  # ensurepip is there and does not work
        return _make_without_pip(folder)
    return [str(_python(folder)), "-m", "pip"]


def _make_without_pip(folder: Path) -> list[str]:
    """Where Python came in parts (Debian, Colab): this Python's pip works for the new one."""
    try:
        import venv
        from importlib.util import find_spec
    except ImportError:
        raise troubles.SetUpError(troubles.NO_VENV) from None
    if find_spec("pip") is None:
        raise troubles.SetUpError(troubles.NO_VENV)
    shutil.rmtree(folder, ignore_errors=True)
    venv.EnvBuilder(symlinks=sys.platform != "win32", with_pip=False).create(folder)
    return [sys.executable, "-m", "pip", "--python", str(_python(folder))]


def _add_paths(folder: Path, library: Path, shared: bool) -> None:
    """Let the environment import the grader and, after its own, what this Python has."""
    found = sorted(folder.glob("lib*/python*/site-packages")) + sorted(
        folder.glob("[Ll]ib/site-packages")
    )
    outside = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    paths = [os.path.relpath(library, found[0]), *(outside if shared else [])]
    (found[0] / "kit.pth").write_text("\n".join(paths) + "\n", "utf-8")


def _name(requirement: str) -> str:
    return re.split(r"[ =<>;!~\[]", requirement, maxsplit=1)[0]


def _fits(name: str) -> bool:
    """Tell whether this Python has a library in a version that will do."""
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    numbers = tuple(int(n) for n in re.findall(r"\d+", version)[:2])
    return numbers >= OLDEST.get(name, ())
