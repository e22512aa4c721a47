"""A bulk run: the reports of `grader check`, once each, whatever comes between."""

import csv
import fcntl
import io
import json
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from rich.console import Console

from exercise import EXERCISE
from grader import cli, schema
from grader.bulk import progress
from grader.bulk import run as many
from grader.bulk.pool import Reported, Task
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.submission import Submission, read
from grader.grading.grade import Grading, failed, grade
from grader.results.store import Store
from grader.results.summary import Row, Summary, build, to_csv
from grader.sandbox.sandbox import Sandbox
from grader.sources.find import find
from tests.support.bulk_tools import (
    GRADER,
    HANDED_IN,
    bulk,
    counts,
    make_class,
    report_of,
    results,
    settings,
)
from tests.support.lms_tools import WANTED


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small class."""
    return make_class(tmp_path_factory.mktemp("bulk") / "class")


@pytest.fixture(scope="module")
def undisturbed(handed_in: Path) -> Path:
    """What one run with one job writes, from start to end."""
    out = handed_in.parent / "undisturbed"
    done = bulk(handed_in, "--out", out, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    assert "9 submissions, 9 with a score" in done.stdout
    assert "[9/9]" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    return out


@pytest.fixture
def copy(undisturbed: Path, tmp_path: Path) -> Path:
    """A copy of that, to go on from."""
    return shutil.copytree(undisturbed, tmp_path / "out")


def test_reports_are_those_of_check(
    handed_in: Path, undisturbed: Path, key: Key, sandbox: Sandbox
) -> None:
    """Each report has the bytes that grading the file alone gives."""
    for name in HANDED_IN:
        alone = grade(EXERCISE, read(handed_in / f"{name}.py"), key, sandbox)
        assert (undisturbed / "reports" / f"{name}.json").read_bytes() == alone.to_json()


def test_nothing_but_results_is_left(undisturbed: Path) -> None:
    """After a run there are reports, what they are about, tables, pages, and the empty lock."""
    names = {p.relative_to(undisturbed).as_posix() for p in undisturbed.rglob("*")}
    reports = {f"reports/{name}.json" for name in HANDED_IN}
    more = ("behaviour/{}.json", "sources/{}.py", "pages/{}.html")
    beside = {form.format(name) for form in more for name in HANDED_IN}
    folders = {"reports", "behaviour", "sources", "pages"}
    files = {".lock", "index.html", "summary.json", "grades.csv", "run.json"}
    assert names == files | folders | reports | beside
    assert (undisturbed / ".lock").read_bytes() == b""


def test_equal_files_are_run_once(undisturbed: Path) -> None:
    """The second of two equal files has the first one's report under its own name."""
    run = counts(undisturbed)
    assert (run["graded"], run["copied"], run["skipped"]) == (len(HANDED_IN) - 1, 1, 0)
    ada, eve = ((undisturbed / f"reports/{n}.json").read_bytes() for n in ("ada", "eve"))
    assert eve == ada.replace(b'"ada.py"', b'"eve.py"')


def test_summary_fits_its_schema(undisturbed: Path) -> None:
    """summary.json is what its schema says, in order of ids, with totals that add up."""
    summary = json.loads((undisturbed / "summary.json").read_bytes())
    jsonschema.validate(summary, json.loads(schema.text("", Summary)))
    rows = summary["submissions"]
    assert [row["id"] for row in rows] == sorted(HANDED_IN)
    assert all((undisturbed / row["report"]).is_file() for row in rows)
    assert sum(summary["totals"]["statuses"].values()) == len(rows)
    assert summary["totals"]["faults"] == {"late-bound-lambda": 1}


def test_jobs_and_order_change_nothing(handed_in: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Two jobs, and files named one by one in reverse: the same bytes."""
    files = sorted(handed_in.iterdir(), reverse=True)
    done = bulk(*files, "--out", tmp_path / "out", "--jobs", 2)
    assert done.returncode == 0, done.stderr
    assert results(tmp_path / "out") == results(undisturbed)


def test_what_is_done_is_skipped(handed_in: Path, undisturbed: Path, copy: Path) -> None:
    """A missing, a cut-off and an altered report are made again; the others are left alone."""
    (copy / "reports/cem.json").unlink()
    (copy / "reports/dee.json").write_bytes(b'{"schema": ')
    altered = (copy / "reports/hal.json").read_bytes().replace(b'"score": 0', b'"score": 9')
    (copy / "reports/hal.json").write_bytes(altered)
    done = bulk(handed_in, "--out", copy)
    assert "Done already: 6 of 9; left: 3." in done.stderr
    assert results(copy) == results(undisturbed)


def test_changed_file_is_graded_again_alone(handed_in: Path, copy: Path, tmp_path: Path) -> None:
    """A file that was handed in anew is graded; what has not changed is skipped."""
    changed = shutil.copytree(handed_in, tmp_path / "class")
    (changed / "dee.py").write_text("import torchh")
    bulk(changed, "--out", copy)
    assert (counts(copy)["graded"], counts(copy)["skipped"]) == (1, 8)
    assert json.loads((copy / "reports/dee.json").read_bytes())["status"] == "import-error"


def test_only_and_fresh(handed_in: Path, undisturbed: Path, copy: Path) -> None:
    """--only with --fresh grades that one again and keeps the others' rows; an id is checked."""
    done = bulk(handed_in, "--out", copy, "--only", "cem", "--fresh", "--timeout", 20)
    assert done.returncode == 0, done.stderr
    assert (counts(copy)["graded"], counts(copy)["skipped"]) == (1, 0)
    assert results(copy) == results(undisturbed)
    # The limit is a setting: the one that was graded with another is graded again.
    bulk(handed_in, "--out", copy)
    assert (counts(copy)["graded"], counts(copy)["skipped"]) == (1, 8)
    unknown = bulk(handed_in, "--out", copy, "--only", "cim")
    assert unknown.returncode == 2
    assert "Did you mean cem?" in unknown.stderr


def test_only_tells_of_files_that_have_changed(handed_in: Path, copy: Path, tmp_path: Path) -> None:
    """A row from an earlier file is kept, and named; so is a report that nothing belongs to."""
    changed = shutil.copytree(handed_in, tmp_path / "class")
    (changed / "dee.py").write_text("import torchh")
    (changed / "hal.py").rename(changed / "hal2.py")
    done = bulk(changed, "--out", copy, "--only", "cem")
    assert "dee: changed since graded; run it without --only." in done.stderr
    assert "hal: a report of an earlier run, in no table" in done.stderr
    rows = json.loads((copy / "summary.json").read_bytes())["submissions"]
    assert [row["id"] for row in rows] == [name for name in sorted(HANDED_IN) if name != "hal"]


def test_results_in_a_source_are_no_submissions(handed_in: Path, tmp_path: Path) -> None:
    """Results may lie among the submissions' folders, and are passed over; not in their place."""
    for name in ("cem", "dee"):
        (tmp_path / "class" / name).mkdir(parents=True)
        shutil.copy(handed_in / f"{name}.py", tmp_path / "class" / name)
    out = tmp_path / "class/results"
    first = bulk(tmp_path / "class", "--out", out)
    assert "2 submissions" in first.stdout
    kept = results(out)
    assert "2 submissions" in bulk(tmp_path / "class", "--out", out).stdout
    assert results(out) == kept
    refused = bulk(tmp_path / "class", "--out", tmp_path / "class")
    assert refused.returncode == 2
    assert "name another folder with --out" in refused.stderr


def test_second_run_on_one_folder_is_refused(handed_in: Path, copy: Path) -> None:
    """While one run holds the folder, another ends with exit 2 and says who is there."""
    with (copy / ".lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()
        done = bulk(handed_in, "--out", copy)
        lock.truncate(0)
    assert done.returncode == 2
    assert "Another bulk run (process 4711)" in done.stderr


def test_full_disk_stops_the_run_and_loses_nothing(
    handed_in: Path, undisturbed: Path, tmp_path: Path
) -> None:
    """When a file cannot be written whole: exit 3 and a sentence; the same command goes on."""
    out, names = tmp_path / "out", ("cem", "dee", "ada")
    files = [handed_in / f"{name}.py" for name in names]
    wanted = {name: (undisturbed / "reports" / f"{name}.json").read_bytes() for name in names}
    room = len(wanted["ada"]) - 1

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    def written() -> dict[str, bytes]:
        return {report.stem: report.read_bytes() for report in (out / "reports").iterdir()}

    command = [*GRADER, "bulk", *map(str, files), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=fill)
    assert done.returncode == 3
    assert "the same command goes on from here" in done.stderr
    assert "Traceback" not in done.stderr
    assert written().items() < wanted.items()
    assert bulk(*files, "--out", out).returncode == 0
    assert written() == wanted


def test_failure_of_ours_costs_one_submission_and_is_tried_again(tmp_path: Path, key: Key) -> None:
    """A report without a score is not done; the next run grades that one again."""
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("a.py", "b.py"):
        (folder / name).write_text(name)
    handed_in = find([folder], WANTED)
    entries = handed_in.entries

    def engine(reason: str) -> Callable[[Iterable[Task]], Iterator[Reported]]:
        return lambda tasks: (
            report_of(f"{task.id}.py", reason if task.id == "a" else "") for task in tasks
        )

    for reason, left in (("the zygote died", ["a", "b"]), ("", ["a"])):
        with Store(tmp_path / "out", settings()) as store:
            run = many.BulkRun(EXERCISE, key, store)
            todo = run.skip_done(entries, fresh=False)
            assert [entry.id for entry in todo] == left
            run.grade(todo, engine(reason), lambda _: None)
            summary = run.finish(handed_in, 1)
        assert summary.totals.scored == 2 - bool(reason)


@pytest.mark.parametrize("name", ["=1+1.py", "+1.py", "-1.py", "@a.py", "\t=1.py", " =1.py"])
def test_no_cell_is_a_formula(name: str) -> None:
    """A cell that a spreadsheet would compute gets an apostrophe in front."""
    row = Row("a", name, "reports/a.json", "graded", 5, 100, ())
    table = list(csv.reader(io.StringIO(to_csv([row]).decode(), newline="")))
    assert table[1][1] == f"'{name}"


def test_grades_are_rfc_4180() -> None:
    """Quotes, commas and newlines in a name survive; lines end in CR LF; no score is an empty."""
    names = ['say "hi", you.py', "two\r\nlines.py", "ünïcode.py"]
    rows = [
        Row(f"i{n}", name, "r", "environment", None, 100, ("x", "y"))
        for n, name in enumerate(names)
    ]
    data = to_csv(rows)
    table = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    assert [line[1] for line in table[1:]] == names
    assert {(line[3], line[5]) for line in table[1:]} == {("", "x y")}
    assert data.endswith(b"\r\n")


def test_terminal_sees_a_bar_and_tallies(tmp_path: Path) -> None:
    """On a terminal there is a bar with tallies; the closing table names the commonest faults."""
    text = io.StringIO()
    console = Console(file=text, force_terminal=True, highlight=False, width=120)
    rows = [Row(f"r{n}", "a.py", "r", "graded", n % 3, 100, ("shared-key",)) for n in range(60)]
    with progress.shown(len(rows), console) as tell:
        for row in rows:
            tell(row)
    assert "60/60" in text.getvalue()
    assert "graded 60" in text.getvalue()
    progress.conclude(build(rows, "custom_lift", "key"), tmp_path, console)
    assert "shared-key" in text.getvalue()
    assert "mean 1, median 1" in text.getvalue()


def test_exit_1_when_some_have_no_score(
    handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A submission that gets no score makes it exit 1, and the table says so."""

    def broken(exercise: Exercise, submission: Submission, *_: object) -> Grading:
        return Grading(failed(exercise, submission, "key", "a failure of ours"))

    monkeypatch.setattr("grader.grading.grade.grade_in_full", broken)
    arguments = ["bulk", str(handed_in / "cem.py"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(cli.main, arguments)
    assert done.exit_code == 1
    assert "1 submission, 0 with a score" in done.output


def test_scheduler_that_is_not_there_is_a_usage_error(
    handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address at which nobody answers: exit 2 and a sentence."""
    cluster = pytest.importorskip("grader.bulk.cluster")
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    arguments = ["bulk", str(handed_in), "--out", str(tmp_path), "--scheduler", "tcp://127.0.0.1:9"]
    done = CliRunner().invoke(cli.main, arguments)
    assert done.exit_code == 2
    assert "There is no Dask scheduler" in done.stderr
