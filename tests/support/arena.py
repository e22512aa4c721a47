"""Grades attacks in batches, side by side with honest controls, in a world that watches (Linux).

One look at the world after a batch is enough to know that nothing was touched. Where something was,
each attack of the batch is graded again, alone, to see whose doing it was.
"""

import threading
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import grader.grading.grade as grading
from exercise import EXERCISE
from grader.core.key import Key
from grader.core.report import Report
from grader.core.run import Run
from grader.core.submission import read
from grader.grading.suite import Suite
from grader.sandbox import cache
from grader.sandbox.clock import PATIENCE
from grader.sandbox.sandbox import Sandbox
from tests.conftest import SAMPLES
from tests.support.world import World, inhabited, spoken

CONTROLS = [SAMPLES / "correct/course-loop.py", min((SAMPLES / "late-bound-lambda").glob("*.py"))]
BATCH, SIDE_BY_SIDE = 24, 4
PATIENT, IMPATIENT = 25.0, 0.8  # seconds: for attacks that end, and for those that do not
GRACE = 4.0  # what is left is the trusted side's own work, on a machine that is busy


@dataclass(frozen=True)
class Attack:
    """A hostile submission, and what is expected of it, from the .toml beside it."""

    path: Path
    statuses: tuple[str, ...]
    max_score: int
    times: int

    @classmethod
    def of(cls, path: Path) -> "Attack":
        """Read what is expected."""
        expected = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
        times = 2 if expected.get("twice") else 1
        return cls(path, tuple(expected["statuses"]), expected["max_score"], times)

    @property
    def kind(self) -> tuple[bool, int]:
        """Those of a kind can be graded in one batch: whether it ends, and how often it is run."""
        return "timed-out" in self.statuses, self.times


@dataclass(frozen=True)
class Judged:
    """What came of an attack: its reports, and what is wrong."""

    reports: tuple[Report, ...]
    problems: tuple[str, ...]


class Arena:
    """A world, and a sandbox in it that all attacks share."""

    def __init__(
        self, key: Key, suite: Suite, world: World, attacks: Sequence[Attack], seen: threading.local
    ) -> None:
        """Grade the controls, before there is any attack.

        `seen.runs` is where each thread finds what its submission's runs were.
        """
        self.key, self.suite, self.world, self._seen = key, suite, world, seen
        self._batch_of: dict[Attack, Sequence[Attack]] = {}
        for _, group in groupby(sorted(attacks, key=lambda a: a.kind), key=lambda a: a.kind):
            alike = list(group)
            for start in range(0, len(alike), BATCH):
                batch = alike[start : start + BATCH]
                self._batch_of |= dict.fromkeys(batch, batch)
        self._judged: dict[Attack, Judged] = {}
        self._open()
        self._honest = [self._grade(path, self._patient).to_json() for path in CONTROLS]

    def judge(self, attack: Attack) -> Judged:
        """Grade an attack, with all of its batch."""
        if attack not in self._judged:
            with self.world.alone():
                self._judged |= self._judge(self._batch_of[attack])
        return self._judged[attack]

    def unwalled(self, path: Path) -> list[str]:
        """Run an attack in a plain process instead: what it tells and touches then."""
        with self.world.alone():
            told = self.world.told(self.world.run_plainly(path))
            return [f"told {word}" for word in told] + self.world.touched()

    def is_as_before(self, number: int) -> bool:
        """Tell whether a control's report is the same as before all attacks."""
        return self._grade(CONTROLS[number], self._patient).to_json() == self._honest[number]

    def close(self) -> None:
        """End the sandbox."""
        self._patient.__exit__(None, None, None)

    def _open(self) -> None:
        sandbox = Sandbox(timeout=PATIENT, cache=self.world.cache, warmup=EXERCISE.warmup)
        self._patient = sandbox.__enter__()
        self._impatient = copy(sandbox)  # the same processes, with another limit
        self._impatient.timeout = IMPATIENT
        if (worker := sandbox.start_warm()) is not None:  # both zygotes are there now
            worker.close()
        self.world.accept()  # their folder belongs there

    def _grade(self, path: Path, sandbox: Sandbox) -> Report:
        self._seen.runs = []
        return grading.grade(EXERCISE, read(path), self.key, sandbox, self.suite)

    def _judge(self, batch: Sequence[Attack]) -> dict[Attack, Judged]:
        found: dict[Attack, list[tuple[Report, list[str]]]] = {attack: [] for attack in batch}
        wrong: list[str] = []
        for turn in range(batch[0].times):
            with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
                number = turn % len(CONTROLS)
                honest = pool.submit(self._grade, CONTROLS[number], self._patient)
                attacks = {attack: pool.submit(self._attack, attack) for attack in batch}
                for attack, graded in attacks.items():
                    found[attack].append(graded.result())
            if honest.result().to_json() != self._honest[number]:
                wrong.append("a control was disturbed")
            wrong += self.world.touched()
        if any(r.status == "grader-error" for pairs in found.values() for r, _ in pairs):
            self.close()
            self._open()
        if wrong and len(batch) > 1:
            return self._judge_each(batch, wrong)
        return {
            attack: Judged(
                tuple(r for r, _ in pairs), (*wrong, *(p for _, ps in pairs for p in ps))
            )
            for attack, pairs in found.items()
        }

    def _judge_each(self, batch: Sequence[Attack], wrong: list[str]) -> dict[Attack, Judged]:
        alone: dict[Attack, Judged] = {}
        for attack in batch:
            self.world.restore()
            alone |= self._judge([attack])
        if not any(judged.problems for judged in alone.values()):  # it takes several, or it is rare
            alone[batch[0]] = Judged(alone[batch[0]].reports, ("in its batch:", *wrong))
        return alone

    def _attack(self, attack: Attack) -> tuple[Report, list[str]]:
        sandbox = self._impatient if attack.kind[0] else self._patient
        began = time.monotonic()
        report = self._grade(attack.path, sandbox)
        late = time.monotonic() - began > PATIENCE * sandbox.timeout + GRACE
        told = self.world.told(report.to_json(), *spoken(self._seen.runs))
        return report, [*(["took too long"] if late else []), *(f"told {w}" for w in sorted(told))]


@contextmanager
def opened(key: Key, suite: Suite, attacks: Sequence[Attack]) -> Iterator[Arena]:
    """Give an arena for these attacks, and close it."""
    execute, seen = grading.execute, threading.local()

    def noted(*args: Any) -> Run:
        seen.runs.append(execute(*args))
        return seen.runs[-1]

    with pytest.MonkeyPatch.context() as patch, inhabited(cache.location(), key) as world:
        patch.setattr(grading, "execute", noted)
        arena = Arena(key, suite, world, attacks, seen)
        try:
            yield arena
        finally:
            arena.close()
