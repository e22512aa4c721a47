"""The commands in README.md and docs/ work as they are written, and print what is shown there.

A block ```sh is run, line by line, from the root; `build/` is a folder that all blocks of a page
share. `# exits 1` at the end of a line says how it ends, otherwise it ends with 0. A block ```text
that follows directly is what the last line prints. Whatever is not run here has another fence.
"""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from grader import ROOT
from tests.support import forked, pictures

FRONT = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]
PAGES = [*FRONT, *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```\n(?:\n?```text\n(.*?)^```\n)?", re.S | re.M)
EXITS = re.compile(r"#.*\bexits (\d+)")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COLUMNS = "80"


@dataclass(frozen=True)
class Command:
    """One line of a block, how it ends, and what it prints, if that is shown."""

    line: str
    exits: int
    prints: str = ""


def commands(text: str) -> list[Command]:
    """The commands of a page, in order."""
    found = []
    for block, shown in BLOCK.findall(text):
        lines = [
            line for line in block.replace("\\\n", " ").splitlines() if line.split("#")[0].strip()
        ]
        for number, line in enumerate(lines, 1):
            exits = EXITS.search(line)
            prints = shown if number == len(lines) else ""
            plain = re.sub(r"\s#.*", "", line).strip()
            found.append(Command(plain, int(exits[1]) if exits else 0, prints))
    return found


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was checked last is noted, for `grader hint`."""
    return tmp_path_factory.mktemp("state")


def run(command: Command, build: Path, state: Path) -> subprocess.CompletedProcess[str]:
    """Run it; equal ones that write nothing are run once a session."""
    if "build/" in command.line:
        return _run(command.line.replace("build/", f"{build}/"), state)
    return _run_once(command.line, state)


def _run(line: str, state: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(line)
    environment = os.environ | {"COLUMNS": COLUMNS, "PYTHONIOENCODING": "utf-8"}
    environment |= {"GRADER_STATE_DIR": str(state)}
    if program.startswith(".venv/bin/"):
        program = str(Path(sys.executable).with_name(Path(program).name))
        assert os.access(program, os.X_OK)
    module = Path(program).name
    if module == "python" and arguments[0] == "-m":
        _, module, *arguments = arguments
    if module in ("grader", "pytest") or module.partition(".")[0] in ("grader", "exercise"):
        return forked.run(module, *arguments, cwd=ROOT, env=environment)
    return subprocess.run(
        [program, *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=300,
        env=environment,
    )


_run_once = cache(_run)
RUN = [
    p for p in PAGES if any(not c.line.startswith("make ") for c in commands(p.read_text("utf-8")))
]


@pytest.mark.parametrize("page", RUN, ids=lambda p: p.stem)
def test_commands_of_a_page_work(page: Path, tmp_path: Path, state: Path) -> None:
    """Each command ends as its line says, and prints what the page shows."""
    for command in commands(page.read_text("utf-8")):
        if command.line.startswith("make "):
            continue
        done = run(command, tmp_path, state)
        assert done.returncode == command.exits, f"{command.line}\n{done.stderr}"
        if command.prints:
            assert _trimmed(done.stdout) == _trimmed(command.prints), command.line


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("name", ["verdict", "map"])
def test_pictures_are_current(name: str) -> None:
    """A picture in README.md is the one that is made now, is well-formed, and loads nothing."""
    kept = (pictures.FOLDER / f"{name}.svg").read_text("utf-8")
    assert f"](docs/pictures/{name}.svg)" in FRONT[0].read_text("utf-8")
    assert kept == {"verdict": pictures.verdict, "map": pictures.map_of_samples}[name]()
    assert ElementTree.fromstring(kept).tag == "{http://www.w3.org/2000/svg}svg"
    assert not re.search(r'url\((?!#)|href="(?!#)|<script|<image|@import|@font-face', kept)


def test_make_targets_exist() -> None:
    """Every make command names a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lines = [c.line for page in PAGES for c in commands(page.read_text("utf-8"))]
    targets = [line.split()[1] for line in lines if line.startswith("make ")]
    assert len(targets) >= 2
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, re.M)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of this repository has that file."""
    targets = LINK.findall(re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.S))
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_the_look_at_docs_can_fail() -> None:
    """A page's commands are read with their ends and what they print."""
    run = "```sh\na b  # why; exits 3\nc \\\nd   # what\n```\n"
    page = f"{run}\n```text\nshown\n```\n```\nnot run\n```\n"
    assert commands(page) == [Command("a b", 3), Command("c  d", 0, "shown\n")]
    assert _run(f"{sys.executable} -c 'exit(4)'", Path()).returncode == 4
