"""The checks in pytest runs of other people, and pytest-json-report's document of them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from msgspec import structs

from exercise import EXERCISE
from grader import ROOT
from grader.bundles import distribution
from grader.core.errors import GraderError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.report import CellPart, Report
from grader.core.submission import Submission, read
from grader.formats import pytest_json
from grader.formats.delivery import Context
from grader.grading.grade import Grading, grade_in_full
from grader.grading.suite import Suite
from grader.plugin import start
from grader.plugin.submissions import Submissions
from grader.sandbox.sandbox import Sandbox
from grader.sources.entry import Entry
from tests.conftest import SAMPLES
from tests.core.test_report import hidden_numbers
from tests.formats.test_formats import LAW, acting, later, not_run, withheld
from tests.support import forked
from tests.support.hostile_text import Said, golden, kinds, said
from tests.test_corpus import FILES
from tests.worker.walls.test_walls import masked

SECRET = "what no student may read"
QUICK = [p for p in FILES if p.parent.name not in ("timed-out", "out-of-memory")]
ONE_WORD = [p for p in reversed(QUICK) if "+" not in p.parent.name]
FIRST = sorted({path.parent: path for path in ONE_WORD}.values())  # one a folder
# Every key that the documentation of pytest-json-report names, and the one that is added.
DOCUMENTED = {
    "": "created duration exitcode root environment summary tests submissions",
    "summary": "collected total deselected passed failed skipped error",
    "environment": "Python Packages",
    "test": "nodeid lineno keywords outcome setup call teardown metadata",
    "stage": "duration outcome crash longrepr",
    "crash": "path lineno message",
}


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Call pytest as a program, in a folder."""
    return forked.run("pytest", "-p", "no:cacheprovider", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def students(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four students, one of whom handed in nothing that can be read."""
    folder = tmp_path_factory.mktemp("class")
    handed_in = {
        "ada": "correct/course-loop.py",
        "bob": "late-bound-lambda/list_of_pickers.py",
        "eve": "syntax-error",
    }
    for name, sample in handed_in.items():
        (folder / name).mkdir()
        path = SAMPLES / sample
        shutil.copy(path if path.is_file() else min(path.glob("*.py")), folder / name / "mine.py")
    (folder / "zoe").mkdir()
    (folder / "zoe" / "mine.rar").write_bytes(b"Rar!")
    return folder


@dataclass(frozen=True)
class Ran:
    """What a run of pytest printed, how it ended, and the bytes of its document."""

    code: int
    printed: str
    document: bytes

    @property
    def data(self) -> dict[str, Any]:
        """The document, read."""
        return dict(json.loads(self.document))


@pytest.fixture(scope="module")
def ran(students: Path) -> Ran:
    """All checks of the four students, as a CI's author calls them."""
    options = ("-v", "--json-report", "--json-report-file=report.json", "--pyargs", "exercise")
    done = run(*options, "--submission", ".", cwd=students)
    document = students / "report.json"
    content = document.read_bytes()
    document.unlink()
    return Ran(done.returncode, done.stdout, content)


def test_each_check_of_each_student_is_a_test(ran: Ran) -> None:
    """A test's id names the check and the student; the tests of a student stand together."""
    ids = re.findall(r"^(exercise/checks.py::\S+) (PASSED|FAILED|SKIPPED|ERROR)", ran.printed, re.M)
    assert [re.findall(r"\[(.*)\]", id)[0] for id, _ in ids] == [
        student for student in ("ada", "bob", "eve", "zoe") for _ in range(9)
    ]
    outcomes = {id.partition("::test_")[2]: outcome for id, outcome in ids}
    assert outcomes["every_copy_counts[bob]"] == "FAILED"
    assert outcomes["mean_not_sum[bob]"] == outcomes["runs[ada]"] == "PASSED"
    assert outcomes["shape[eve]"] == "SKIPPED"
    assert outcomes["runs[zoe]"] == "ERROR"
    assert ran.code == pytest.ExitCode.TESTS_FAILED


def test_failure_shows_evidence_and_line_and_no_frames(ran: Ran) -> None:
    """The text of a failure is the student's evidence, line and hint, and nothing of ours."""
    shown = ran.printed.partition("test_every_copy_counts[bob] ___")[2].partition("\n__")[0]
    assert "Every turn took the last turn's copy" in shown
    assert re.search(r"^mine\.py:\d+$", shown, re.M)
    assert "\nHint: " in shown
    assert not re.search(r"Traceback|^E  |^>|checks\.py:\d|grader/", ran.printed, re.M)
    assert "Python cannot read the file" in ran.printed
    assert "skipped because of runs" in json.dumps(ran.data)


def test_summary_has_points_and_faults(ran: Ran) -> None:
    """Each student has a line, and a line a fault; without a score that is said."""
    points = ran.printed.partition("= points =")[2].partition("\n==")[0]
    assert re.search(r"^ada  mine\.py: 100 of 100 points", points, re.M)
    assert re.search(r"^bob  mine\.py: 60 of 100 points", points, re.M)
    assert re.search(r"^  late-bound-lambda \(mine\.py:\d+\)$", points, re.M)
    assert re.search(r"^zoe  .*no score.*rar", points, re.M)


def points_of(document: Mapping[str, Any]) -> dict[str, int | None]:
    """Read who has which score: a program that knows the documentation of the plugin alone."""
    assert document["summary"]["total"] == len(document["tests"])
    outcomes = Counter(test["outcome"] for test in document["tests"])
    assert outcomes.items() <= document["summary"].items()
    assert document["exitcode"] == (1 if outcomes["failed"] + outcomes["error"] else 0)
    assert float(document["created"]) == float(document["duration"]) == 0
    earned: dict[str, int | None] = {}
    for test in document["tests"]:
        stages = [test[when] for when in ("setup", "call", "teardown") if when in test]
        about = test["metadata"]
        wrong = [stage for stage in stages if stage["outcome"] == "failed"]
        for stage in wrong:
            assert stage["crash"]["message"] == about["evidence"]
            assert stage["crash"]["lineno"] == (about["line"] or 0)
            assert about["evidence"] in stage["longrepr"]
        assert bool(wrong) == (test["outcome"] in ("failed", "error"))
        assert {"points", "exercise/checks.py"} <= set(test["keywords"])
        assert test["lineno"] > 0
        if about["points"] is not None:
            assert about["points"] == (about["max_points"] if test["outcome"] == "passed" else 0)
            earned[about["submission"]] = (earned.get(about["submission"]) or 0) + about["points"]
        else:
            earned.setdefault(about["submission"], None)
    return earned


def test_document_is_read_by_its_documented_keys(ran: Ran) -> None:
    """Points by test add up to the scores; the whole has status, diagnosis and digest."""
    whole = ran.data["submissions"]
    assert points_of(ran.data) == {id: report["score"] for id, report in whole.items()}
    assert points_of(ran.data) == {"ada": 100, "bob": 60, "eve": 0, "zoe": None}
    assert whole["bob"]["max_score"] == 100
    assert [f["id"] for f in whole["bob"]["diagnosis"]["faults"]] == ["late-bound-lambda"]
    assert [report["status"] for report in whole.values()] == [
        *("graded", "graded", "syntax-error", "not-run")
    ]
    assert re.fullmatch("[0-9a-f]{64}", whole["bob"]["submission"]["sha256"])


def undocumented(document: Mapping[str, Any]) -> set[str]:
    """Keys of a document that the plugin's documentation does not name."""
    tests = document["tests"]
    stages = [t[when] for t in tests for when in ("setup", "call", "teardown") if when in t]
    parts = {
        "": [document],
        "summary": [document["summary"]],
        "environment": [document["environment"]],
        "test": tests,
        "stage": stages,
        "crash": [stage["crash"] for stage in stages if "crash" in stage],
    }
    return {
        key for part, all in parts.items() for one in all for key in one
        if key not in DOCUMENTED[part].split()
    }  # fmt: skip


def test_document_has_no_other_keys(ran: Ran) -> None:
    """What the documentation does not name is not there, nor what tells of the machine."""
    assert undocumented(ran.data) == set()
    assert undocumented(ran.data | {"collectors": []}) == {"collectors"}


def of_this_machine(document: str, *folders: Path) -> list[str]:
    """What a document tells of where and when it was written."""
    words = [*map(str, folders), str(ROOT), f"{Path.home()}/", "site-packages", "Platform"]
    times = re.findall(r"\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|/tmp/|\d{10}\.\d+", document)
    return [word for word in words if word in document] + times


def test_document_says_nothing_of_the_machine(ran: Ran, students: Path) -> None:
    """No path and no clock is in it, and nothing of other programs."""
    assert of_this_machine(ran.document.decode(), students) == []


def test_the_look_for_the_machine_can_fail(tmp_path: Path) -> None:
    """The plugin's own document of a plain test has its folder, the time, and the values."""
    (tmp_path / "test_it.py").write_text("def test_it(): assert {'answer': 41} == {'answer': 42}")
    run("--json-report", "--json-report-file=report.json", cwd=tmp_path)
    document = (tmp_path / "report.json").read_text("utf-8")
    found = of_this_machine(document, tmp_path)
    assert str(tmp_path) in found
    assert any(re.fullmatch(r"\d{10}\.\d+", word) for word in found)
    assert "42" in json.loads(document)["tests"][0]["call"]["crash"]["message"]


def test_document_is_the_same_from_two_workers(ran: Ran, students: Path, tmp_path: Path) -> None:
    """With pytest-xdist each test runs once, and the bytes are those of one process."""
    target = tmp_path / "report.json"
    options = ("-n", "2", "--json-report", f"--json-report-file={target}", "--assert=plain")
    done = run(*options, "--submission", ".", cwd=students)
    assert done.returncode == ran.code, done.stdout
    assert target.read_bytes() == ran.document, done.stdout
    assert "bob  mine.py: 60 of 100 points" in done.stdout


def test_check_writes_the_same_document(students: Path, tmp_path: Path) -> None:
    """`grader check --format pytest-json` gives the bytes of `pytest --json-report`."""
    file, target = str(students / "bob" / "mine.py"), tmp_path / "report.json"
    done = run(f"--json-report-file={target}", "--json-report", "--submission", file, cwd=tmp_path)
    checked = forked.run("grader", "check", file, "--format", "pytest-json")
    assert (done.returncode, checked.returncode) == (1, 1)
    assert checked.stdout == target.read_text("utf-8") + "\n"


# In this process: gradings that are at hand, told by pytest


class Given:
    """A plugin that hands pytest submissions with their gradings."""

    def __init__(self, key: Key, gradings: Mapping[str, Grading]) -> None:
        """Take gradings by id."""
        self.key, self.gradings = key, gradings

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Do what --submission does, with these, and print nothing."""
        config.pluginmanager.unregister(name="terminalreporter")
        entries = [Entry(id, id, lambda id=id: Submission.of(id, b"")) for id in self.gradings]  # type: ignore[misc]

        start.register(config, Submissions(EXERCISE, self.key, entries, self.opened))

    def opened(self) -> AbstractContextManager[Callable[[Submission], Grading]]:
        """Stand in for a sandbox."""
        return nullcontext(self.grade)

    def grade(self, submission: Submission) -> Grading:
        """Give the one that is at hand."""
        return self.gradings[submission.name]


class Failing(Given):
    """One whose grading raises what it knows."""

    def grade(self, submission: Submission) -> Grading:
        """Raise."""
        raise ImportError(f"{submission.name}: {SECRET}")


def told(
    key: Key,
    gradings: Mapping[str, Grading],
    folder: Path,
    *options: str,
    given: type[Given] = Given,
) -> tuple[int, dict[str, Any]]:
    """Run pytest on gradings: its exit code, and the document."""
    target = folder / "told.json"
    arguments = [
        *("-c", os.devnull, "--rootdir", str(folder), "--noconftest"),
        *("--capture=no", "-p", "no:cacheprovider", "-p", "no:warnings"),
        *("--json-report", f"--json-report-file={target}", *options, str(EXERCISE.checks)),
    ]
    code = pytest.main(arguments, plugins=[given(key, gradings)])
    return int(code), json.loads(target.read_bytes())


def documents(reports: Mapping[str, Report]) -> dict[str, Any]:
    """The document that `grader check --format pytest-json` writes, by submission."""
    made = {}
    for id, report in reports.items():
        context = Context(f"{id}.py", checks=EXERCISE.checks)
        made[id] = json.loads(pytest_json.delivery(report, context).stdout)
    return made


def agree(
    paths: Sequence[Path], key: Key, sandbox: Sandbox, suite: Suite, folder: Path
) -> list[str]:
    """The samples of which pytest and the session that is kept open say different things."""
    gradings = {
        f"{path.parent.name}-{path.stem}": grade_in_full(EXERCISE, read(path), key, sandbox, suite)
        for path in paths
    }
    _, document = told(key, gradings, folder)
    made = documents({id: grading.report for id, grading in gradings.items()})
    different = []
    for id, one in made.items():
        tests = [t for t in document["tests"] if t["metadata"]["submission"] == id]
        whole = document["submissions"][id]
        if tests != one["tests"] or whole != one["submissions"][id]:
            different.append(id)
    assert len(document["tests"]) == 9 * len(paths)
    return different


def test_both_ways_give_the_same_points(
    key: Key, sandbox: Sandbox, suite: Suite, tmp_path: Path
) -> None:
    """Points, words and metadata are those of `grader check`, on one sample of each kind."""
    assert len(FIRST) > 25
    assert agree(FIRST, key, sandbox, suite, tmp_path) == []


@pytest.mark.exhaustive
def test_both_ways_give_the_same_points_on_all_samples(
    key: Key, sandbox: Sandbox, suite: Suite, tmp_path: Path
) -> None:
    """So they are on all samples that end."""
    assert agree(QUICK, key, sandbox, suite, tmp_path) == []


@pytest.fixture(scope="module")
def graded(key: Key, sandbox: Sandbox) -> dict[str, Grading]:
    """A right answer, and one whose checks are skipped because of one another."""
    samples = {"right": "correct/course-loop.py", "wrong": "shared-key"}
    return {
        id: grade_in_full(EXERCISE, read(p if p.is_file() else min(p.glob("*.py"))), key, sandbox)
        for id, p in ((id, SAMPLES / name) for id, name in samples.items())
    }


def test_the_look_at_both_ways_can_fail(
    key: Key, graded: dict[str, Grading], tmp_path: Path
) -> None:
    """Checks that decide by another diagnosis than the report's do show."""
    mixed = Grading(graded["wrong"].report, graded["right"].run, graded["right"].diagnosis)
    _, document = told(key, {"wrong": mixed}, tmp_path)
    (made,) = documents({"wrong": mixed.report}).values()
    assert document["tests"] != made["tests"]
    assert document["submissions"] == made["submissions"]


def test_exit_codes_are_those_of_pytest(
    key: Key, graded: dict[str, Grading], tmp_path: Path
) -> None:
    """0 for all points, 1 for a failed check, 5 where no check was selected; -x ends at once."""
    assert told(key, {"right": graded["right"]}, tmp_path)[0] == 0
    code, document = told(key, graded, tmp_path, "-x")
    assert code == document["exitcode"] == 1
    assert document["summary"]["failed"] == 1
    assert told(key, graded, tmp_path, "-k", "nothing")[0] == pytest.ExitCode.NO_TESTS_COLLECTED


def test_selection_changes_no_verdict(key: Key, graded: dict[str, Grading], tmp_path: Path) -> None:
    """A check that others make skipped is skipped alone too, and the score is of all checks."""
    _, whole = told(key, graded, tmp_path)
    for word in ("every_copy_counts", "vmapped_init", "hidden"):
        _, document = told(key, graded, tmp_path, "-k", word)
        assert document["tests"] == [t for t in whole["tests"] if word in t["nodeid"]]
        assert document["summary"]["deselected"] == 16
        assert document["submissions"] == whole["submissions"]


def test_options_of_the_plugin_leave_out_what_they_name(
    key: Key, graded: dict[str, Grading], tmp_path: Path
) -> None:
    """--json-report-omit keywords and --json-report-summary do what they are documented to do."""
    _, document = told(key, graded, tmp_path, "--json-report-omit", "keywords", "--tb=short")
    assert not any("keywords" in test for test in document["tests"])
    _, document = told(key, graded, tmp_path, "--json-report-summary")
    assert "tests" not in document
    assert document["submissions"]["right"]["score"] == 100


def test_no_score_is_an_error_and_no_zero(key: Key, tmp_path: Path) -> None:
    """Where there is no score no test names points, and the reason is each one's text."""
    for report in (withheld(), not_run()):
        code, document = told(key, {"mine": Grading(report)}, tmp_path)
        assert code == 1
        assert document["summary"] == {"collected": 9, "error": 9, "total": 9}
        assert points_of(document) == {"mine": None}
        assert all(report.message in t["setup"]["longrepr"] for t in document["tests"])
        assert document == documents({"mine": report})["mine"]


def test_grading_that_breaks_is_an_error_of_ours(
    key: Key, graded: dict[str, Grading], tmp_path: Path
) -> None:
    """Whatever it raises, each test and the report say that, and nothing of its values."""
    code, document = told(key, graded, tmp_path, given=Failing)
    assert code == 1
    assert document["summary"] == {"collected": 18, "error": 18, "total": 18}
    assert points_of(document) == {"right": None, "wrong": None}
    assert {report["status"] for report in document["submissions"].values()} == {"grader-error"}
    assert all("ImportError in " in test["setup"]["longrepr"] for test in document["tests"])
    assert SECRET not in json.dumps(document)


@pytest.mark.parametrize(("refusals", "score"), [(1, 100), (2, None)])
def test_sandbox_that_does_not_open_is_tried_again(
    refusals: int, score: int | None, key: Key, graded: dict[str, Grading], tmp_path: Path
) -> None:
    """What fails by chance fails once and costs nothing; what fails twice is told in every test."""
    left = iter(range(refusals))

    class Refusing(Given):
        """One whose sandbox cannot be opened at first."""

        @contextmanager
        def opened(self) -> Iterator[Callable[[Submission], Grading]]:
            """Refuse as often as is wanted."""
            if next(left, None) is not None:
                raise GraderError("no process is left")
            yield self.grade

    _, document = told(key, {"right": graded["right"]}, tmp_path, given=Refusing)
    assert points_of(document) == {"right": score}
    failed = [test for test in document["tests"] if test["outcome"] == "error"]
    assert len(failed) == (0 if score else 9)
    assert all("no process is left" in test["setup"]["longrepr"] for test in failed)


def test_check_that_breaks_is_an_error_of_ours(
    key: Key, graded: dict[str, Grading], tmp_path: Path
) -> None:
    """It takes no points, and names what broke without the values that it met."""
    whole = graded["wrong"]
    broken = Grading(whole.report, whole.run, Broken())  # type: ignore[arg-type]
    code, document = told(key, {"mine": broken}, tmp_path, "--tb=long", "--showlocals")
    assert code == 1
    wrong = [test for test in document["tests"] if test["outcome"] == "error"]
    assert {"error": len(wrong)}.items() <= document["summary"].items()
    assert "shape" in {test["metadata"]["check"] for test in wrong}
    assert {test["metadata"]["points"] for test in wrong} == {None}
    assert all("LookupError in " in test["setup"]["longrepr"] for test in wrong)
    assert SECRET not in json.dumps(document)


class Broken:
    """A diagnosis that raises what it knows."""

    def __getattr__(self, name: str) -> Any:
        """Raise."""
        raise LookupError(f"{name}: {SECRET}")


def test_ids_may_have_any_letters(key: Key, graded: dict[str, Grading], tmp_path: Path) -> None:
    """A name that is not ASCII is written the same both ways."""
    _, document = told(key, {"zoë": graded["wrong"]}, tmp_path)
    assert document == documents({"zoë": graded["wrong"].report})["zoë"]


def test_document_leaks_no_hidden_number(
    key: Key, graded: dict[str, Grading], tmp_path: Path
) -> None:
    """Neither a hidden input nor a hidden answer is in it; the search finds one that is."""
    _, document = told(key, graded, tmp_path, "--tb=long", "--showlocals")
    assert [n for n in hidden_numbers(key) if n in json.dumps(document)] == []
    leak = {"call": {"longrepr": f"seed {key.hidden[0].case.arguments['seed']}"}}
    assert any(n in json.dumps(leak) for n in hidden_numbers(key))


def test_line_of_a_notebook_is_named_by_its_cell() -> None:
    """`where` names the cell; `line` and the crash name no line of the file, which is another."""
    base = golden("shared-key")
    cells = (CellPart(3, base.diagnosis.faults[0].line or 1),)
    part = structs.replace(base.submission, cells=cells, name="mine.ipynb")
    document = documents({"mine": structs.replace(base, submission=part)})["mine"]
    (test,) = (t for t in document["tests"] if t["metadata"]["fault"] == "shared-key")
    assert (test["metadata"]["line"], test["call"]["crash"]["lineno"]) == (None, 0)
    assert "mine.ipynb cell 3, line 1" in (test["metadata"]["where"], test["call"]["longrepr"])


def test_check_for_later_is_skipped_with_its_reason() -> None:
    """Without the hidden half its check is skipped, and a right answer exits with 0."""
    document = documents({"mine": later()})["mine"]
    assert document["exitcode"] == 0
    assert "graded later" in document["tests"][-1]["call"]["longrepr"]


def test_hidden_key_needs_walls_here_too(
    key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without walls nothing is run where the hidden half is, unless told; then it is said."""

    @contextmanager
    def without(
        _: Exercise,
        timeout: float,
        *,
        warm: bool,  # noqa: ARG001
        unsafe: bool,
    ) -> Iterator[Sandbox]:
        with masked("landlock", "bubblewrap", "uid", timeout=timeout) as box:
            box.unsafe = unsafe
            yield box

    monkeypatch.setattr(start.wiring, "sandbox", without)
    submission = read(SAMPLES / "correct/course-loop.py")
    for unsafe in (False, True):
        opened = start.sandboxed(EXERCISE, key, 60, unsafe=unsafe, many=False)
        with opened() as grade:
            _, document = told(key, {"mine": grade(submission)}, tmp_path)
        assert points_of(document) == {"mine": 100 if unsafe else None}
        text = json.dumps(document)
        assert ("Graded without landlock" in text) == unsafe
        assert ("hold a program back with" in text) != unsafe


@LAW
@given(said, kinds)
def test_what_a_student_says_acts_nowhere(said: Said, kind: str) -> None:
    """No text of a test has control characters, marks of direction or lines of its own."""
    for told in pytest_json.outcomes_of("mine", said.report(kind), EXERCISE.checks):
        test = pytest_json.entry(told)
        assert not acting(json.dumps(test["metadata"], ensure_ascii=False))
        stages = [test[when] for when in ("setup", "call", "teardown") if when in test]
        for stage in stages:
            assert not acting(stage.get("longrepr", ""))
            assert not acting("".join(map(str, stage.get("crash", {}).values())))


def test_document_may_go_to_a_file(tmp_path: Path) -> None:
    """With --output it is written there, and a person reads the rest."""
    target = tmp_path / "report.json"
    context = Context("mine.py", target=target, checks=EXERCISE.checks)
    delivery = pytest_json.delivery(later(), context)
    assert json.loads(delivery.files[target])["submissions"]["mine"]["score"] == 85
    assert b"85 of 85 points" in delivery.stdout


# Bad input, and other people's runs


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gone.py", None, "There is no file gone.py."),
        ("mine.py", b"{\\rtf1 hello}", "word processor"),
        ("mine.txt", b"To do: write it.", "There is no Python file in mine.txt."),
    ],
)
def test_bad_input_is_an_error_in_usage(
    name: str, content: bytes | None, reason: str, tmp_path: Path
) -> None:
    """A file that is not there or no program ends pytest with 4 and a sentence."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run("--submission", name, cwd=tmp_path)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert reason in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_one_bad_file_of_several_costs_the_others_nothing(students: Path, tmp_path: Path) -> None:
    """Named beside others, it has errors of its own, as it has in a folder."""
    (tmp_path / "huge.py").write_text("#" * 2_000_000)
    good = str(students / "ada" / "mine.py")
    target = tmp_path / "report.json"
    options = ("--json-report", f"--json-report-file={target}", "--submission", good)
    done = run(*options, "--submission", "huge.py", cwd=tmp_path)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    document = json.loads(target.read_bytes())["submissions"]
    assert {id: whole["score"] for id, whole in document.items()} == {"mine": 100, "huge": None}


def test_missing_key_is_an_error_in_usage(tmp_path: Path) -> None:
    """A grader whose key was not built says so."""
    for name, content in distribution.files(EXERCISE).items():
        if name != distribution.KEY:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-m", "pytest", "-p", "grader.plugin", "-p", "no:cacheprovider"]
    stub = "exercise/custom_lift.py"
    done = subprocess.run(
        [*command, "--submission", stub], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "make key" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_code_beside_a_submission_is_not_run(students: Path, tmp_path: Path) -> None:
    """Neither a conftest.py nor a test that lies there is imported; without the option both are."""
    shutil.copy(students / "bob" / "mine.py", tmp_path)
    for name in ("conftest.py", "test_mine.py"):
        (tmp_path / name).write_text("from pathlib import Path; Path(__file__ + '.ran').touch()\n")
    options = ("-k", "runs", "--submission", "mine.py", "--pyargs", "exercise", ".")
    done = run(*options, cwd=tmp_path)
    assert "1 passed, 8 deselected" in done.stdout
    assert list(tmp_path.glob("*.ran")) == []
    run(cwd=tmp_path)
    assert len(list(tmp_path.glob("*.ran"))) == 2


def test_other_runs_import_nothing(tmp_path: Path) -> None:
    """In a run without the option pytest imports the options alone, and the checks are no tests."""
    code = (
        "import pytest, sys; code = pytest.main(['--pyargs', 'exercise', '-q']); "
        "print(int(code), *sorted(m for m in sys.modules if m.split('.')[0] == 'grader'))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "5 grader grader.plugin"


def test_options_for_another_run_do_not_reach_the_checks(
    monkeypatch: pytest.MonkeyPatch, key: Key, graded: dict[str, Grading]
) -> None:
    """PYTEST_ADDOPTS is for whoever calls pytest, and not for the session that is kept open."""
    from grader.grading.checks import Graded

    monkeypatch.setenv("PYTEST_ADDOPTS", "--nonsense")
    run, diagnosis = graded["right"].run, graded["right"].diagnosis
    assert run is not None
    assert diagnosis is not None
    with Suite(EXERCISE) as suite:
        results = suite.run(Graded(run, diagnosis, key, EXERCISE))
    assert sum(result.points for result in results) == 100
