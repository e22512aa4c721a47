"""Hostile submissions gain nothing, learn nothing, leave nothing and disturb nobody."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from grader.core.key import Key
from grader.core.report import Report
from grader.grading.suite import Suite
from grader.screen.render import render
from tests.conftest import SAMPLES
from tests.support.arena import CONTROLS, Arena, Attack, opened
from tests.support.world import MAX_REPORT, inert

pytestmark = [
    pytest.mark.xdist_group("hostile"),  # one world at a time: another worker would wait for it
    pytest.mark.skipif(sys.platform != "linux", reason="the sandbox's walls are Linux's"),
]
HOSTILE = SAMPLES / "hostile"
FILES = sorted(HOSTILE.glob("*/*.py"))


@pytest.fixture(scope="module")
def arena(key: Key, suite: Suite, request: pytest.FixtureRequest) -> Iterator[Arena]:
    """The arena, for the attacks that are asked for in this session."""
    calls = [getattr(item, "callspec", None) for item in request.session.items]
    asked = {call.params.get("attack") for call in calls if call is not None}
    with opened(key, suite, [a for a in map(Attack.of, FILES) if a.path in asked]) as arena:
        yield arena


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


@pytest.mark.parametrize("attack", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_attack_gains_nothing(attack: Path, arena: Arena) -> None:
    """Status and score are as expected; no word is told, nothing is touched, nobody disturbed."""
    expected = Attack.of(attack)
    judged = arena.judge(expected)
    report, problems = judged.reports[0], [*judged.problems]
    problems += misprinted(report)
    if report.status not in expected.statuses:
        problems.append(f"status {report.status}: {report.message[:300]}")
    if report.score is None or report.score > expected.max_score:
        problems.append(f"score {report.score}")
    if len({again.to_json() for again in judged.reports}) > 1:
        problems.append("the second grading differs from the first")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("number", range(len(CONTROLS)))
def test_controls_are_as_they_were(number: int, arena: Arena) -> None:
    """After all attacks that this sandbox has seen, honest reports are the same bytes."""
    assert arena.is_as_before(number)


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


@pytest.mark.looks
@pytest.mark.parametrize("name", LOOKS)
def test_the_looks_can_fail(name: str, arena: Arena) -> None:
    """The same attacks do succeed where no wall stands, and the world shows it."""
    assert arena.unwalled(HOSTILE / f"{name}.py")


MAILBOXES = [p for p in FILES if p.stem.startswith("mailbox_")]


@pytest.mark.looks
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


def test_one_in_a_batch_is_found(arena: Arena) -> None:
    """Of several that are graded side by side, the one that touches something is named."""
    good, bad = (Attack(path, ("graded",), 100, 1) for path in CONTROLS)
    trace = arena.world.folder / "home" / "hostile-trace"
    attack = arena._attack

    def reach(what: Attack) -> object:
        if what == bad:
            trace.touch()
        return attack(what)

    with pytest.MonkeyPatch.context() as patch, arena.world.alone():
        patch.setattr(arena, "_attack", reach)
        judged = arena._judge([good, bad])
    assert judged[good].problems == ()
    assert judged[bad].problems == (f"file {trace}",)
