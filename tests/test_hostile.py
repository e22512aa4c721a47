"""Hostile submissions gain nothing, learn nothing, leave nothing and disturb nobody."""

import io
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import grader.grade as grading
from exercise import EXERCISE
from grader import cache
from grader.key import Key
from grader.render import render
from grader.report import Report
from grader.run import Run
from grader.sandbox import Sandbox
from grader.submission import read

from .conftest import SAMPLES
from .world import MAX_REPORT, World, inert, inhabited, spoken

pytestmark = [
    pytest.mark.hostile,
    pytest.mark.xdist_group("hostile"),  # one world at a time: another worker would wait for it
    pytest.mark.skipif(sys.platform != "linux", reason="the sandbox's walls are Linux's"),
]
HOSTILE = SAMPLES / "hostile"
FILES = sorted(HOSTILE.glob("*/*.py"))
CONTROLS = [SAMPLES / "correct/course-loop.py", min((SAMPLES / "late-bound-lambda").glob("*.py"))]
TIMEOUT = 8.0
GRACE = 4.0  # a second run does not follow a timeout; what is left is the trusted side's own work


class Arena:
    """One sandbox for all attacks, honest controls beside them, and a world that watches."""

    def __init__(self, key: Key, world: World) -> None:
        """Grade the controls in a sandbox of their own, before there was any attack."""
        self.key, self.world = key, world
        self.runs: list[Run] = []
        self._turn = 0
        with self._sandbox() as fresh:
            self._honest = [self._grade(path, fresh).to_json() for path in CONTROLS]
        self._open()

    def _open(self) -> None:
        self._shared = self._sandbox().__enter__()
        if (worker := self._shared.start_warm()) is not None:  # both zygotes are there now
            worker.close()
        self.world.accept()  # their folder belongs there

    def _sandbox(self) -> Sandbox:
        return Sandbox(timeout=TIMEOUT, cache=self.world.cache, warmup=EXERCISE.warmup)

    def _grade(self, path: Path, sandbox: Sandbox) -> Report:
        return grading.grade(EXERCISE, read(path), self.key, sandbox)

    def unwalled(self, path: Path) -> list[str]:
        """Run an attack in a plain process instead: what it tells and touches then."""
        with self.world.alone():
            told = self.world.told(self.world.run_plainly(path))
            return [f"told {word}" for word in told] + self.world.touched()

    def attack(self, path: Path, times: int) -> list[tuple[Report, list[str]]]:
        """Grade an attack with a control beside it; gives its reports and what is wrong."""
        with self.world.alone():
            return [self._attack(path) for _ in range(times)]

    def _attack(self, path: Path) -> tuple[Report, list[str]]:
        self.runs.clear()
        self._turn += 1
        control = self._turn % len(CONTROLS)
        started = time.monotonic()
        with ThreadPoolExecutor(2) as pool:
            attacked = pool.submit(self._grade, path, self._shared)
            beside = pool.submit(self._grade, CONTROLS[control], self._shared)
            report, honest = attacked.result(), beside.result()
        problems = [] if honest.to_json() == self._honest[control] else ["a control was disturbed"]
        if time.monotonic() - started > 2 * TIMEOUT + GRACE:
            problems.append("took too long")
        told = self.world.told(report.to_json(), *spoken(self.runs))
        problems += [f"told {word}" for word in sorted(told)] + self.world.touched()
        if "grader-error" in (report.status, honest.status):
            self.close()
            self._open()
        return report, problems

    def control(self, number: int) -> bool:
        """Tell whether a control's report is the same as before all attacks."""
        return self._grade(CONTROLS[number], self._shared).to_json() == self._honest[number]

    def close(self) -> None:
        """End the shared sandbox."""
        self._shared.__exit__(None, None, None)


@pytest.fixture(scope="module")
def arena(key: Key) -> Iterator[Arena]:
    """The arena; checks run in pytest, which two threads may not do at once."""
    lock = threading.Lock()
    checks, execute = grading.run_checks, grading.execute
    runs: list[Run] = []

    def one_at_a_time(*args: Any) -> Any:
        with lock:
            return checks(*args)

    def noted(*args: Any) -> Run:
        runs.append(execute(*args))
        return runs[-1]

    with pytest.MonkeyPatch.context() as patch, inhabited(cache.location(), key) as world:
        patch.setattr(grading, "run_checks", one_at_a_time)
        opened = Arena(key, world)
        opened.runs = runs
        patch.setattr(grading, "execute", noted)
        yield opened
        opened.close()


def misprinted(report: Report) -> list[str]:
    """What is wrong with a report's bytes or with what a terminal shows of it."""
    data = report.to_json()
    problems = [] if len(data) <= MAX_REPORT else [f"a report of {len(data)} bytes"]
    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False, emoji=False)
    render(report, console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    problems += [f"the report holds {c}" for c in inert(data.decode())]
    problems += [f"the terminal gets {c}" for c in inert(shown)]
    if any(line.lstrip().startswith(("::", "##vso[")) for line in shown.splitlines()):
        problems.append("a line of the terminal is a workflow command")
    return problems


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_attack_gains_nothing(path: Path, arena: Arena) -> None:
    """Status and score are as expected; no word is told, nothing is touched, nobody disturbed."""
    expected = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    attacks = arena.attack(path, times=2 if expected.get("twice") else 1)
    report, problems = attacks[0][0], [p for _, found in attacks for p in found]
    problems += misprinted(report)
    if report.status not in expected["statuses"]:
        problems.append(f"status {report.status}: {report.message[:300]}")
    if report.score is None or report.score > expected["max_score"]:
        problems.append(f"score {report.score}")
    if len({again.to_json() for again, _ in attacks}) > 1:
        problems.append("the second grading differs from the first")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("number", range(len(CONTROLS)))
def test_controls_are_as_they_were(number: int, arena: Arena) -> None:
    """After all attacks that this sandbox has seen, honest reports are the same bytes."""
    assert arena.control(number)


def test_every_attack_has_its_expectation() -> None:
    """Each file lies beside a .toml, and there is no .toml without a file."""
    assert {p.with_suffix(".toml") for p in FILES} == set(HOSTILE.glob("*/*.toml"))
    assert len(FILES) >= 64


LOOKS = [
    *("leak/own_environment", "leak/other_environments", "leak/planted_files"),
    *("leak/planted_files_by_ctypes", "leak/parent_memory", "leak/hidden_key", "leak/solution"),
    *("escape/execute", "escape/system", "escape/fork_and_live", "escape/daemon"),
    *("escape/fork_chain", "escape/multiprocessing_pool", "escape/connect_inet"),
    *("escape/connect_unix", "escape/write_files", "escape/change_files", "escape/compile_cache"),
    *("escape/locked_threads", "tampering/kill_bystander", "tampering/write_reports"),
    *("tampering/poisoned_bytecode", "tampering/grader_sources", "denial/memory_shared"),
]


@pytest.mark.parametrize("name", LOOKS)
def test_the_looks_can_fail(name: str, arena: Arena) -> None:
    """The same attacks do succeed where no wall stands, and the world shows it."""
    assert arena.unwalled(HOSTILE / f"{name}.py")


MAILBOXES = [p for p in FILES if p.stem.startswith("mailbox_")]


@pytest.mark.parametrize("path", MAILBOXES, ids=lambda p: p.stem)
def test_the_look_for_messages_can_fail(path: Path, arena: Arena) -> None:
    """Of two plain processes the second finds the message of the first."""
    with arena.world.alone():
        said = [arena.world.run_plainly(path) for _ in range(2)]
    assert b"found no message" in said[0]
    assert b"found a message" in said[1]


def test_the_look_at_characters_can_fail() -> None:
    """An escape, a bidi mark, a NUL and a lone surrogate are found."""
    assert len(inert("\x1b\u202e\x00\ud800 fine\n")) == 4
