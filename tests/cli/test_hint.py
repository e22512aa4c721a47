"""`hint` and `explain` are about what was checked last, and the exercise of that."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import ROOT, cli, wiring
from grader.verdict import last
from grader.verdict.hints import Subject

EMA = ROOT / "examples" / "ema_update"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was checked, and no exercise was chosen."""
    monkeypatch.setenv(last.VARIABLE, str(tmp_path / "state"))
    monkeypatch.setenv(wiring.VARIABLE, "")


def run(*arguments: str) -> Result:
    """A command in this process."""
    return CliRunner().invoke(cli.main, arguments)


def checked(fault: str, exercise: Path) -> None:
    """Note a diagnosis, as a check does."""
    last.save(last.Last("/home/ada/mine.py", Subject(fault, "mine.py", 3), 0, str(exercise)))


def test_hints_go_on_from_level_to_level() -> None:
    """Each call tells more, and says when there is no more; the exercise may be named or not."""
    checked("uncorrected", EMA)
    heads = [run("hint").output.splitlines()[0] for _ in range(2)]
    heads += [run("hint", "--exercise", str(EMA)).output.splitlines()[0] for _ in range(3)]
    levels = [head.removeprefix("uncorrected, hint ")[:6] for head in heads]
    assert levels == ["1 of 4", "2 of 4", "3 of 4", "4 of 4", "4 of 4"]


def test_another_exercise_has_no_hint_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found in one exercise is nothing in the one that is named."""
    checked("uncorrected", EMA)
    done = run("hint", "--exercise", str(ROOT / "exercise"))
    assert done.exit_code == 2
    assert "nothing was checked" in done.output
    monkeypatch.setenv(wiring.VARIABLE, "")
    assert "1 of 4" in run("hint").output  # it is not forgotten


@pytest.mark.parametrize("place", ["gone", ""])
def test_an_exercise_that_is_gone_is_no_error(tmp_path: Path, place: str) -> None:
    """A kit that was moved, or another grader's folder: pages are this grader's, hints are none."""
    checked("shared-key", tmp_path / place)
    assert run("explain", "late-bound-lambda").output.startswith("late-bound-lambda: ")
    done = run("hint")
    assert done.exit_code == 2
    assert "nothing was checked" in done.output
