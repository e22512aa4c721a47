"""Rules from a bulk run on: checked before anything is graded, applied after every run."""

import json
import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES
from tests.support import forked
from tests.support.bulk_tools import bulk
from tests.support.lms_tools import as_zip

RIGHT = (SAMPLES / "correct/course-loop.py").read_bytes()
OTHER = (SAMPLES / "correct/vmapped-apply-mean.py").read_bytes()
SUM = sorted((SAMPLES / "sum-not-mean").glob("*.py"))[0].read_bytes()
BROKEN = (SAMPLES / "syntax-error/missing-colon.py").read_bytes()
COURSE = """\
due = 2026-10-05 23:59:00
zone = "Europe/Berlin"
counts = "best"

[late]
percent_a_day = 20
"""
ROSTER = """\
id,section,email,submitted
101,Mon,ada@example.org,{ada}
102,Mon,bob@example.org,2026-10-05 10:00
103,Tue,cem@example.org,
"""


grader = partial(forked.run, "grader")


def finals(out: Path) -> dict[str, Any]:
    """What counts, by id."""
    return {f["id"]: f for f in json.loads((out / "final.json").read_bytes())["finals"]}


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two exports of one assignment: ada hands in a better file late, cem is late by Canvas."""
    folder = tmp_path_factory.mktemp("term")
    first = {
        "ada_101_9001_custom_lift.py": SUM,
        "bob_102_9002_custom_lift.py": RIGHT,
        "cem_LATE_103_9003_custom_lift.py": OTHER,
        "dee_104_9004_custom_lift.py": BROKEN,
    }
    as_zip(folder, "first", first)
    again = {k: v for k, v in first.items() if "ada" not in k}
    as_zip(folder, "second", again | {"ada_LATE_101_9010_custom_lift-1.py": OTHER})
    (folder / "course.toml").write_text(COURSE)
    (folder / "roster1.csv").write_text(ROSTER.format(ada="2026-10-05 12:00"))
    (folder / "roster2.csv").write_text(ROSTER.format(ada="2026-10-06 12:00"))
    out = folder / "out"
    done = bulk(folder / "first.zip", "--out", out, "--roster", folder / "roster1.csv")
    assert done.returncode == 0, done.stderr
    return folder


def test_term_from_export_to_export(term: Path) -> None:
    """Resubmitted late, the better attempt counts; a correction and a regrade change no rule."""
    out = term / "out"
    first = finals(out)
    sum_ = first["ada"]["automatic"]
    assert (first["ada"]["score"], first["bob"]["score"], first["dee"]["score"]) == (sum_, 100, 0)
    assert first["cem"]["unknown"] == [
        "it was late by Canvas's LATE in the file's name, and by how much is not known"
    ]
    assert sum_ < 80
    done = bulk(term / "second.zip", "--out", out, "--roster", term / "roster2.csv")
    assert done.returncode == 0, done.stderr
    ada = finals(out)["ada"]
    assert (ada["automatic"], ada["without_late"], ada["score"]) == (100, 100, 80)
    assert ada["steps"][0]["said"] == (
        "Of 2 attempts the one with the most points counts: the newest, handed in 2026-10-06 12:00 "
        "CEST."
    )
    assert ada["section"] == "Mon"
    worse = COURSE.replace("percent_a_day = 20", "percent_a_day = 90")
    (term / "other.toml").write_text(worse)
    assert grader("report", out, "--course", term / "other.toml").returncode == 0
    ada = finals(out)["ada"]
    assert (ada["automatic"], ada["score"]) == (100, sum_)
    assert "counts: number 1, handed in 2026-10-05 12:00" in ada["steps"][0]["said"]
    done = grader("correct", out, "dee", "--score", 40, "--reason", "a typo in the last minute")
    assert done.returncode == 0, done.stderr
    before = (out / "corrections.toml").read_bytes()
    done = bulk(term / "second.zip", "--out", out, "--status", "syntax-error")
    assert "[1/1] dee" in done.stderr
    assert (out / "corrections.toml").read_bytes() == before
    assert finals(out)["dee"]["score"] == 40
    assert finals(out)["ada"]["score"] == 80  # course.toml beside the source counts again
    assert b"a typo in the last minute" in (out / "pages/dee.html").read_bytes()


@pytest.mark.parametrize(
    ("course", "corrections", "message"),
    [
        ("counts = 3", "", r"course.toml, line 1: counts"),
        ("[points]\nruns = 11\n", "", ""),
        ("total = 100\n[points]\nruns = 11\n", "", r"line 1: total: the checks sum to 101"),
        ("", 'corrections = [\n  {id = "a", reason = "x"},\n]\n', "corrections.toml, line 2"),
    ],
)
def test_error_in_a_rule_ends_before_anything_is_graded(
    tmp_path: Path, course: str, corrections: str, message: str
) -> None:
    """Exit 2, and no report; without the error there is one."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class/ada.py").write_bytes(BROKEN)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/corrections.toml").write_text(corrections)
    (tmp_path / "course.toml").write_text(course)
    done = bulk(tmp_path / "class", "--out", tmp_path / "out")
    assert (done.returncode == 2) == bool(message)
    assert message in done.stderr
    assert (tmp_path / "out/reports/ada.json").exists() != bool(message)


def test_only_takes_several_and_a_name_that_is_nobodys(term: Path, tmp_path: Path) -> None:
    """With commas or again; statuses and faults select among what is done, and grade it again."""
    out = tmp_path / "out"
    done = bulk(term / "first.zip", "--out", out, "--only", "dee,bob", "--only", "ada")
    assert "[3/3]" in done.stderr
    done = bulk(term / "first.zip", "--out", out, "--fault", "sum-not-mean")
    assert "[1/1] ada" in done.stderr
    for arguments, message in (
        (("--fault", "sum-not-men"), "the fault sum-not-men. Did you mean sum-not-mean?"),
        (("--status", "crashed"), "There is no submission among these results with the status"),
        (("--only", "dee,bib"), "no submission with the id bib. Did you mean bob?"),
    ):
        done = bulk(term / "first.zip", "--out", out, *arguments)
        assert done.returncode == 2
        assert message in done.stderr


def test_compare_names_whose_score_changes_and_where_to_write(term: Path, tmp_path: Path) -> None:
    """Rules count; addresses come from the roster, and who has none is named."""
    old, new = tmp_path / "old", tmp_path / "new"
    for out, roster, export in ((old, 1, "first"), (new, 2, "second")):
        done = bulk(term / f"{export}.zip", "--out", out, "--roster", term / f"roster{roster}.csv")
        assert done.returncode == 0, done.stderr
    done = grader("correct", new, "dee", "--score", 40, "--reason", "x")
    assert done.returncode == 0, done.stderr
    done = grader("compare", old, new)
    lines = done.stdout.splitlines()
    assert lines[-2:] == [
        "Addresses of those whose score is another one: ada@example.org",
        "No address is known of: dee",
    ]
    assert "    what counts: 0 -> 40" in lines
    assert json.loads(grader("compare", old, new, "--format", "json").stdout)["changes"]
    assert "ada@example.org" in grader("compare", old, new, "--format", "html").stdout


def test_time_limit_of_the_course_is_that_of_the_run(tmp_path: Path) -> None:
    """Unless the command names another."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class/ada.py").write_bytes(BROKEN)
    (tmp_path / "course.toml").write_text("timeout = 17\n")
    for arguments, seconds in (((), 17), (("--timeout", 19), 19)):
        bulk(tmp_path / "class", "--out", tmp_path / "out", *arguments, env=dict(os.environ))
        run = json.loads((tmp_path / "out/run.json").read_bytes())
        assert run["settings"]["timeout"] == seconds
