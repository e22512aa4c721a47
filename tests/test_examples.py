"""The exercises in examples/: all samples come out as they say, on every way that a grade takes."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import ROOT, cli, wiring
from grader.author import derive, trial
from grader.authored import definition
from grader.core.report import Report, from_json
from grader.kernel import child
from grader.kernel.wanted import Request, Thing
from tests.support import forked

EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/exercise.toml"))
WRONG = {"accumulate": "one-key", "ema_update": "uncorrected", "stacked_init": "shared-key"}


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.name)
def folder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One of the exercises; what a command chooses ends with the test."""
    monkeypatch.setenv(wiring.VARIABLE, "")
    path: Path = request.param
    return path


def invoke(*arguments: str | Path) -> str:
    """A command that ends as it should; gives what it prints."""
    done = CliRunner().invoke(cli.main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def right(folder: Path) -> Path:
    """A sample that has full marks."""
    return folder / "samples" / "correct" / f"{folder.name}.py"


def wrong(folder: Path) -> Path:
    """A sample with a known mistake."""
    return next((folder / "samples" / WRONG[folder.name]).glob("*.py"))


def test_there_are_several() -> None:
    """Each has a dozen samples or more."""
    assert {path.name for path in EXAMPLES} == set(WRONG)
    counts = {path.name: len(trial.samples(wiring.at(str(path)))) for path in EXAMPLES}
    assert {name: count for name, count in counts.items() if count < 12} == {}


def test_derived_files_are_current(folder: Path) -> None:
    """Stub, task, checks and fault pages are what `grader author build` writes."""
    made = derive.files(folder, definition.read(folder))
    assert [n for n, text in made.items() if (folder / n).read_text("utf-8") != text] == []
    assert {f"faults/{p.name}" for p in folder.glob("faults/*.md")} < set(made)


def test_samples_come_out_as_their_folders_say(folder: Path) -> None:
    """Faults and endings are exact, and full marks are for right samples alone."""
    exercise = wiring.at(str(folder))
    sandbox = wiring.sandbox(exercise, 60.0, warm=True)
    lines = [
        sample.line
        for sample in trial.tried(exercise, wiring.key(exercise), sandbox)
        if not sample.is_expected or (sample.report.score == 100) != ("correct" in sample.expected)
    ]
    assert lines == []


def test_a_class_and_a_notebook(folder: Path, tmp_path: Path) -> None:
    """`bulk` grades a file and a notebook, and the class report names the fault."""
    submissions = tmp_path / "class"
    for student in ("ada", "bob"):
        (submissions / student).mkdir(parents=True)
    (submissions / "ada" / right(folder).name).write_bytes(right(folder).read_bytes())
    cell = {"cell_type": "code", "source": wrong(folder).read_text(), "outputs": []}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (submissions / "bob" / "mine.ipynb").write_text(json.dumps(notebook))
    invoke("bulk", "--exercise", folder, submissions, "--out", tmp_path / "out")
    reports = {s: report(tmp_path / "out" / "reports" / f"{s}.json") for s in ("ada", "bob")}
    assert reports["ada"].correct
    assert [fault.id for fault in reports["bob"].diagnosis.faults] == [WRONG[folder.name]]
    assert reports["bob"].submission.cells
    assert {r.exercise for r in reports.values()} == {folder.name}
    assert WRONG[folder.name] in (tmp_path / "out" / "index.html").read_text("utf-8")
    os.environ[wiring.VARIABLE] = ""  # results know what they are of
    assert "class report" in invoke("report", tmp_path / "out", "--out", tmp_path / "again")


def report(path: Path) -> Report:
    """A report that was written."""
    return from_json(path.read_bytes())


def test_what_is_handed_out_grades_and_gives_nothing_away(folder: Path, tmp_path: Path) -> None:
    """The kit and the Gradescope zip hold this exercise alone, and grade it where they are."""
    invoke("kit", "--exercise", folder, tmp_path / "kit.zip")
    autograder = ("autograder", "--development", "gradescope")
    invoke(*autograder, "--exercise", folder, tmp_path / "gradescope.zip")
    secrets = [folder / "solution.py", *(folder / "samples").rglob("*.py")]
    texts = {path.read_bytes() for path in secrets}
    for name, hidden in (("kit", False), ("gradescope", True)):
        with zipfile.ZipFile(tmp_path / f"{name}.zip") as archive:
            packed = {entry: archive.read(entry) for entry in archive.namelist()}
            archive.extractall(tmp_path / name)
        assert not texts.intersection(packed.values())
        assert any(entry.endswith("hidden.key") for entry in packed) == hidden
        assert not any("custom_lift" in entry for entry in packed)
        (library,) = (tmp_path / name).rglob("lib")
        assert graded_there(library, wrong(folder), tmp_path) == [WRONG[folder.name]]


def graded_there(library: Path, file: Path, state: Path) -> list[str]:
    """The faults that a packed grader names, which finds its own exercise."""
    command = [sys.executable, "-P", "-m", "grader", "check", str(file), "--format", "json"]
    given = os.environ | {"PYTHONPATH": str(library), "GRADER_STATE_DIR": str(state)}
    given.pop(wiring.VARIABLE, None)
    done = subprocess.run(command, cwd=state, env=given, capture_output=True, check=False)
    found = from_json(done.stdout)
    return [fault.id for fault in found.diagnosis.faults]


def test_its_checks_run_as_tests(tmp_path: Path) -> None:
    """A pytest run takes the folder of the exercise, and fails for what is wrong."""
    folder = ROOT / "examples" / "ema_update"
    options = ("--submission", str(wrong(folder)), "--submission-exercise", str(folder))
    done = forked.run("pytest", "-p", "grader.plugin", *options, cwd=tmp_path)
    assert done.returncode == 1
    assert "test_correct" in done.stdout
    assert "3 failed, 4 passed" in done.stdout


def test_the_function_in_a_file_tells_the_exercise() -> None:
    """`grader check FILE` finds an exercise of examples/ by the function that the file defines."""
    found = {wiring.of_file(right(folder)).id for folder in EXAMPLES}
    assert found == set(WRONG)
    assert wiring.of_source(b"def something():\n    pass\n").id == "custom_lift"
    helper = b"custom_lift_forward = wrap(lift)\n\n\ndef accumulate(total, output):\n    pass\n"
    assert wiring.of_source(helper).id == "custom_lift"


def test_a_cell_is_graded_for_the_exercise_of_its_function(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check()` in a kernel finds the exercise by the function that the cells define.

    `grader explain` is then about that one, and about the other one's faults as well.
    """
    monkeypatch.setenv("GRADER_STATE_DIR", str(tmp_path))
    folder = ROOT / "examples" / "ema_update"
    cells = ((3, wrong(folder).read_text()),)
    asked = Request(cells=cells, given=None, files={}, timeout=60.0, shell="!")
    found = from_json(child.verdict(asked).report.encode())
    assert found.exercise == "ema_update"
    assert [fault.id for fault in found.diagnosis.faults] == ["uncorrected"]
    given = Thing("function", "ema_update", ("ema_update",), callable=True, file="")
    asked = Request(cells=cells, given=given, files={}, timeout=60.0, shell="!")
    assert from_json(child.verdict(asked).report.encode()).exercise == "ema_update"
    assert "no bias correction" in invoke("explain")
    assert "one key for all copies" in invoke("explain", "shared-key")
