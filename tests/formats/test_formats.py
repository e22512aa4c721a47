"""Formats for CI: they fit what is published of them, and what a student says acts in none."""

import json
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from msgspec import structs

from grader import ROOT
from grader.cli.check import FORMATS as NAMED
from grader.core.diagnosis import Advice
from grader.core.errors import GraderError, UsageError
from grader.core.isolation import warnings
from grader.core.report import CellPart, CheckResult, Report
from grader.formats import FORMATS, classroom50, github, gradescope, junit, markdown, text
from grader.formats.delivery import Context, Delivery
from grader.results.summary import Row, build
from tests.support.hostile_text import KINDS, PAYLOADS, PLAIN, Said, golden, kinds, said

SCHEMAS = ROOT / "tests" / "schemas"
LAW = settings(max_examples=60, deadline=None)  # a busy machine is no failure
COMMAND = re.compile(r"::(\w+) ([^\n]*?)::(.*)")
RUNNER = {
    **{"CLASSROOM": "cs", "ASSIGNMENT": "lift", "OWNER": "ada", "SUBMISSION_TAG": "submit/1"},
    **{"COMMIT_URL": "https://a.example/c", "RELEASE_URL": "https://a.example/r"},
}


def withheld() -> Report:
    """A report of a failure of ours."""
    return structs.replace(
        golden("correct"), status="grader-error", score=None, message="LookupError: ours", checks=()
    )


def not_run() -> Report:
    """A report on a hand-in that holds no program."""
    message = "There is no Python file in ada."
    return structs.replace(
        golden("correct"), status="not-run", score=None, message=message, checks=()
    )


def later() -> Report:
    """A report made without the hidden half of the key."""
    base = golden("correct")
    last = structs.replace(base.checks[-1], outcome="skipped", points=0, later=5)
    return structs.replace(base, score=85, checks=(*base.checks[:-1], last))


def obeyed(printed: str) -> list[str]:
    """The lines that a CI log would take for a command."""
    lines = re.split(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", printed)
    return [s for s in lines if s.lstrip().startswith("::") or "##[" in s or "##vso[" in s]


def acting(printed: str) -> set[str]:
    """Characters that act where they are shown: controls, escapes, direction marks, strays."""
    return {c for c in printed if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn")} - {"\n"}


def validate(data: object, name: str) -> None:
    """Compare with a schema of tests/schemas."""
    jsonschema.validate(data, json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def test_command_offers_every_format() -> None:
    """`grader check --format` names text and what grader.formats has."""
    assert set(NAMED) == {"text", *FORMATS}


# GitHub


@LAW
@given(said, kinds)
def test_github_obeys_only_our_annotations(said: Said, kind: str) -> None:
    """Each line is one annotation of ours; no more than ten of a level; nothing else acts."""
    printed = github.delivery(said.report(kind), said.context).stdout.decode()
    found = [COMMAND.fullmatch(line) for line in printed.splitlines()]
    assert obeyed(printed) == printed.splitlines()
    for match in found:
        assert match is not None
        assert match[1] in ("error", "warning", "notice")
        assert [p.split("=")[0] for p in match[2].split(",")] in (
            *(["title"], ["title", "file"], ["title", "file", "line"]),
        )
        assert not re.search(r"##\[|##vso|::", match[3])
    assert sum(m is not None and m[1] == "error" for m in found) <= github.LIMIT
    assert not acting(printed)


def test_the_look_for_commands_can_fail() -> None:
    """What a student printed would be obeyed as it is."""
    assert [p for p in PAYLOADS if obeyed(p)] != []


def test_github_points_to_the_line_in_the_repository() -> None:
    """The file is named as the repository has it, wherever the command was called."""
    context = Context(
        "/work/repo/sub/custom_lift.py", environment={"GITHUB_WORKSPACE": "/work/repo"}
    )
    first = github.delivery(golden("shared-key"), context).stdout.decode().splitlines()[0]
    assert re.match(r"::error title=shared-key[^,]*,file=sub/custom_lift.py,line=\d+::", first)


def test_lines_of_a_notebook_are_named_by_their_cells() -> None:
    """A cell's line is said in words; a line of the file would be another."""
    base = golden("shared-key")
    (fault,) = base.diagnosis.faults
    assert fault.line is not None
    part = structs.replace(base.submission, cells=(CellPart(3, fault.line - 1),))
    notebook = structs.replace(base, submission=part)
    first = github.annotations(notebook)[0]
    assert first.line is None
    assert first.message.startswith("cell 3, line 2: ")
    content = junit.delivery(notebook, Context("mine.ipynb")).stdout.decode()
    assert "mine.ipynb cell 3, line 2" in content
    assert not re.search(r'line="\d', content)


def test_github_warns_of_our_failure() -> None:
    """A withheld score is a warning, no error, and the output is empty and not 0."""
    printed = github.delivery(withheld(), PLAIN.context).stdout.decode()
    assert [line.split()[0] for line in printed.splitlines()] == ["::warning", "::notice"]
    assert printed.count("nothing was taken away") == 2
    assert github.outputs(withheld()) == "score=\nmax=100\nstatus=grader-error\n"


def test_github_leaves_out_what_is_not_shown() -> None:
    """Ten warnings at most, whatever there is to advise."""
    many = tuple(Advice(id="looped-init", line=n, message="advice") for n in range(1, 40))
    found = github.annotations(structs.replace(golden("correct"), advice=many))
    assert [a.level for a in found] == ["warning"] * github.LIMIT


@LAW
@given(said, kinds)
def test_step_outputs_are_three_lines_of_ours(said: Said, kind: str) -> None:
    """score, max and status, each once, and nothing that a student said."""
    assert re.fullmatch(r"score=\d*\nmax=\d+\nstatus=[a-z-]+\n", github.outputs(said.report(kind)))


def test_summary_and_outputs_go_where_the_environment_says(tmp_path: Path) -> None:
    """They are added to the files of the step, after what is there."""
    places = {"GITHUB_STEP_SUMMARY": tmp_path / "summary", "GITHUB_OUTPUT": tmp_path / "output"}
    places["GITHUB_OUTPUT"].write_text("before=1\n")
    environment = {name: str(path) for name, path in places.items()}
    github.delivery(golden("shared-key"), Context("a.py", environment=environment)).write()
    assert places["GITHUB_OUTPUT"].read_text().startswith("before=1\nscore=")
    assert places["GITHUB_STEP_SUMMARY"].read_text().startswith("### ")


# Markdown


def shape(source: str) -> list[tuple[str, str]]:
    """The tokens of a Markdown text, with their content where it is not code."""
    found = []
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(source):
        for one in (token, *(token.children or ())):
            code = one.type in ("inline", "code_inline", "fence")
            found.append((one.type, "" if code else one.content))
    return found


@LAW
@given(said, kinds)
def test_text_of_a_student_is_code_in_markdown(said: Said, kind: str) -> None:
    """Whatever a student says, the summary differs in the content of its code only."""
    plain = shape(markdown.summary(PLAIN.report(kind), PLAIN.context))
    mine = markdown.summary(said.report(kind), said.context)
    assert [t for t in shape(mine) if t[0] != "fence"] == [t for t in plain if t[0] != "fence"]
    assert sum(t[0] == "fence" for t in shape(mine)) <= 1
    assert not obeyed(mine)
    assert not acting(mine)
    assert len(mine.encode()) < 200_000


def test_the_look_at_markdown_can_fail() -> None:
    """Without the code around it, what a student says has a shape of its own."""
    plain = shape("### 1 of 2\n\nsome text\n")
    assert [p for p in PAYLOADS if shape(f"### 1 of 2\n\nsome {p} text\n") != plain] != []


def test_our_words_are_no_markup() -> None:
    """A title with stars, links or bars in it stays as it is written."""
    title = "*a* [b](c) | d_e_f <b> `g` &amp; @h"
    check = CheckResult("id", title, "passed", 1, 1, "")
    summary = markdown.summary(structs.replace(golden("correct"), checks=(check,)), PLAIN.context)
    inline = [t for t in MarkdownIt("commonmark").enable("table").parse(summary) if t.children]
    shown = ["".join(c.content for c in t.children or ()) for t in inline]
    assert title in shown


# JUnit


def tree(element: ET.Element) -> list[object]:
    """The tags and attribute names of an element, without the texts and what may be missing."""
    names = sorted(set(element.attrib) - {"line", "message"})
    return [element.tag, names, [tree(child) for child in element]]


@LAW
@given(said, kinds)
def test_text_of_a_student_is_text_in_junit(said: Said, kind: str) -> None:
    """It is well-formed, has the structure that it always has, and nothing in it acts."""
    content = junit.delivery(said.report(kind), said.context).stdout.decode()
    plain = junit.delivery(PLAIN.report(kind), PLAIN.context).stdout.decode()
    assert tree(ET.fromstring(content)) == tree(ET.fromstring(plain))
    assert not obeyed(content)
    assert not acting(content)


@pytest.mark.parametrize("kind", KINDS)
def test_junit_counts_and_names(kind: str) -> None:
    """The counts are right, names are unique, and there is neither clock nor host."""
    content = junit.delivery(golden(kind), Context("a.py")).stdout
    cases = list(ET.fromstring(content).iter("testcase"))
    suite = ET.fromstring(content)[0]
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[name]) == sum(case.find(tag) is not None for case in cases)
    assert len({(c.attrib["classname"], c.attrib["name"]) for c in cases}) == len(cases) == 9
    assert not re.search(rb'(time|timestamp|hostname)="', content)


def test_junit_calls_our_failure_an_error() -> None:
    """A withheld score is an error and no failure."""
    suite = ET.fromstring(junit.delivery(withheld(), Context("a.py")).stdout)[0]
    assert (suite.attrib["errors"], suite.attrib["failures"]) == ("1", "0")


def test_junit_of_a_class_has_a_suite_a_submission(tmp_path: Path) -> None:
    """The suites are in the order of the ids, and no two cases have a name in common."""
    (tmp_path / "reports").mkdir()
    rows = []
    for number, kind in enumerate(KINDS):
        report = Said(PAYLOADS[number], "m", "e", "l").report(kind)
        rows.append(Row.of(f"student-{number}", report))
        (tmp_path / rows[-1].report).write_bytes(report.to_json())
    (tmp_path / "summary.json").write_bytes(build(rows, "custom_lift", "key").to_json())
    junit.of_results(tmp_path).write()
    content = (tmp_path / "junit.xml").read_text("utf-8")
    suites = list(ET.fromstring(content))
    names = [(c.attrib["classname"], c.attrib["name"]) for s in suites for c in s.iter("testcase")]
    assert len(suites) == len(KINDS)
    assert len(set(names)) == len(names) == 9 * len(KINDS)
    assert [s[0].attrib["classname"] for s in map(list, (s.iter("testcase") for s in suites))] == [
        row.id for row in rows
    ]
    assert not obeyed(content)
    assert not acting(content)


# Gradescope


@LAW
@given(said, kinds)
def test_gradescope_fits_its_specification(said: Said, kind: str) -> None:
    """Fields and values are known, all of it is plain text, and the points add up."""
    report = said.report(kind)
    data = gradescope.results(report, said.context, 20.0)
    validate(data, "gradescope-results")
    assert {v for k, v in data.items() if k.endswith("_format")} == {"text"}
    assert sum(t["score"] for t in data["tests"]) == pytest.approx(data["score"])
    assert sum(t["max_score"] for t in data["tests"]) == pytest.approx(20)
    words = [data["output"], *(t["output"] for t in data["tests"])]
    assert not set().union(*(acting(word) | set(obeyed(word)) for word in words))


@pytest.mark.parametrize("kind", KINDS)
def test_gradescope_hides_nothing_from_the_total(kind: str) -> None:
    """No test is hidden, or a student would see no total."""
    data = gradescope.results(golden(kind), PLAIN.context, None)
    assert {t["visibility"] for t in data["tests"]} == {"visible"}
    assert data["score"] == golden(kind).score


def test_gradescope_gets_no_score_for_our_failure() -> None:
    """There is no score, so that the file does not fit; it says that nothing was taken away."""
    data = gradescope.results(withheld(), PLAIN.context, 20.0)
    assert "nothing was taken away" in data["output"]
    with pytest.raises(jsonschema.ValidationError):
        validate(data, "gradescope-results")
    assert not {"score", "tests"} & set(data)


@pytest.mark.parametrize(
    ("metadata", "points"),
    [
        (b'{"assignment": {"total_points": "20.0"}, "id": 1}', 20.0),
        (b'{"assignment": {"total_points": 7}}', 7.0),
        *((b, None) for b in (b"", b"{}", b"[1]", b'{"assignment": {"total_points": "x"}}')),
        *((b'{"assignment": {"total_points": "%s"}}' % v, None) for v in (b"0", b"-1", b"nan")),
    ],
)
def test_gradescope_metadata_gives_the_points(metadata: bytes, points: float | None) -> None:
    """The assignment's points are read; anything else leaves the exercise's own."""
    assert gradescope.total_points(metadata) == points


def test_gradescope_prints_nothing(tmp_path: Path) -> None:
    """All goes to the file."""
    context = Context("a.py", environment={gradescope.ROOT: str(tmp_path)})
    delivery = gradescope.delivery(golden("correct"), context)
    assert delivery.stdout == b""
    assert list(delivery.files) == [tmp_path / "results" / "results.json"]


# Classroom 50


@LAW
@given(said, kinds)
def test_classroom50_fits_its_schema(said: Said, kind: str) -> None:
    """The fields are those of the schema, in integers, and no test exceeds its points."""
    data = classroom50.result(said.report(kind), RUNNER, "2026-01-31T23:59:59Z")
    validate(data, "classroom50-result")
    assert sum(t["score"] for t in data["tests"]) == data["score"] <= data["max-score"]
    assert not acting("".join(t["message"] for t in data["tests"]))


@LAW
@given(said, kinds)
def test_classroom50_outputs_are_two_lines_of_ours(said: Said, kind: str) -> None:
    """A status that GitHub knows and a line that no student wrote."""
    made = classroom50.outputs(said.report(kind))
    assert re.fullmatch(r"status=(success|failure)\nsummary=[a-z0-9 :,-]+\n", made)


def test_classroom50_counts_only_what_can_be_earned_here() -> None:
    """Without the hidden half its check is left out, and full points are a success."""
    data = classroom50.result(later(), RUNNER, "2026-01-31T23:59:59Z")
    validate(data, "classroom50-result")
    assert (data["score"], data["max-score"], len(data["tests"])) == (85, 85, 8)
    assert classroom50.outputs(later()).startswith("status=success\n")
    assert "5 more cases, worth 15 points, are graded later" in markdown.summary(
        later(), PLAIN.context
    )


def test_classroom50_warns_where_walls_were_missing() -> None:
    """A row without points and the commit's status say so, and the score stays what it is."""
    report = structs.replace(golden("correct"), warnings=warnings(()))
    data = classroom50.result(report, RUNNER, "2026-01-31T23:59:59Z")
    validate(data, "classroom50-result")
    assert data["score"] == data["max-score"] == 100
    assert data["tests"][0]["message"] == report.warnings[0]
    said = "status=success\nsummary=100 of 100 points, graded without all walls\n"
    assert classroom50.outputs(report) == said


def test_classroom50_date_is_the_commit_s(tmp_path: Path) -> None:
    """The committer's date in UTC, whatever the time zone and the clock."""
    dates = {
        "GIT_COMMITTER_DATE": "2026-02-01T01:30:00+0200",
        "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z",
    }
    who = ["-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    command = ["git", *who, "commit", "-q", "--allow-empty", "-m", "x"]
    subprocess.run(command, cwd=tmp_path, check=True, env={"PATH": "/usr/bin:/bin", **dates})
    assert classroom50.commit_date(tmp_path) == "2026-01-31T23:30:00Z"
    with pytest.raises(UsageError, match="no commit"):
        classroom50.commit_date(Path("/proc"))


def test_classroom50_records_an_error_for_our_failure() -> None:
    """Nothing is made; the runner records an error."""
    with pytest.raises(GraderError, match="nothing was taken away"):
        classroom50.delivery(withheld(), Context("a.py", environment=RUNNER))


def test_classroom50_needs_its_runner() -> None:
    """A variable that is not set is named."""
    with pytest.raises(UsageError, match="SUBMISSION_TAG is not set"):
        classroom50.result(golden("correct"), {**RUNNER, "SUBMISSION_TAG": ""}, "")


# Files


def test_link_in_a_file_s_place_is_not_followed(tmp_path: Path) -> None:
    """A student's link named result.json is replaced; what it points to stays."""
    (tmp_path / "key").write_text("before")
    (tmp_path / "result.json").symlink_to(tmp_path / "key")
    Delivery(files={tmp_path / "result.json": b"{}"}).write()
    assert (tmp_path / "key").read_text() == "before"
    assert (tmp_path / "result.json").read_text() == "{}"
    assert not (tmp_path / "result.json").is_symlink()


def test_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """One sentence, and nothing half-written beside it."""
    (tmp_path / "result.json").mkdir()
    with pytest.raises(UsageError, match=r"result\.json cannot be written"):
        Delivery(files={tmp_path / "result.json": b"{}"}).write()
    assert [p.name for p in tmp_path.iterdir()] == ["result.json"]


def test_long_text_is_cut_on_a_line() -> None:
    """What a report says in full is bounded, far below what CI accepts."""
    said = Said("n", "m" * 10**6, "e" * 10**6, "l" * 10**6)
    assert len(text.details(said.report("shared-key"), said.context)) <= 33_000


def test_what_was_not_run_is_told_and_is_zero_where_it_can_be_handed_in_again() -> None:
    """Nobody is told that a score is withheld; on Gradescope and Classroom 50 it is 0, with why."""
    report, context = not_run(), Context("a.py", environment=RUNNER)
    said = text.heading(report)
    assert said.endswith(f"{report.message} {text.NOTHING_RUN}")
    assert gradescope.results(report, context, 20.0)["score"] == 0
    assert classroom50.result(report, RUNNER, "2026-01-02T03:04:05Z")["score"] == 0
    assert classroom50.outputs(report).startswith("status=failure\nsummary=0 of 100 points")
    assert [a.level for a in github.annotations(report)] == ["error"]
    assert github.outputs(report).startswith("score=\n")
    for shown in (
        markdown.summary(report, context),
        junit.delivery(report, context).stdout.decode(),
        gradescope.results(report, context, 20.0)["output"],
    ):
        assert text.NOTHING_RUN in shown
        assert "withheld" not in shown
