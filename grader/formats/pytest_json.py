"""The document of pytest-json-report: a test a check, and the reports. Pure (trusted side).

`grader check FILE --format pytest-json` and `pytest --submission FILE --json-report` both end here.
That plugin's own document holds clock times, paths and what an environment says of its machine. Its
keys stay; what they hold is what a report may say, and the same bytes every time.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from pytest_jsonreport.serialize import make_report, make_summary, make_testitem

from grader import __version__
from grader.core.report import Report
from grader.formats import text
from grader.formats.delivery import Context, Delivery
from grader.formats.outcome import Outcome
from grader.grading.checks import check_id
from grader.sources import ids

NO_CLOCK = 0.0
NO_LINE = 0
PACKAGES = ("jax", "flax", "numpy")


def delivery(report: Report, context: Context) -> Delivery:
    """The document on standard output; or in a file, and what a person reads on standard output."""
    id = ids.safe(Path(context.file).stem)
    content = json.dumps(document(outcomes_of(id, report, context.checks))).encode()
    if context.target is None:
        return Delivery(content + b"\n")
    return Delivery(text.whole(report, context).encode() + b"\n", {context.target: content})


def outcomes_of(id: str, report: Report, checks: Path) -> list[Outcome]:
    """What each check says, in the order of their file."""
    said = {check.id: check for check in report.checks}
    return [Outcome.of(id, report, f, said.get(check_id(f.__name__))) for f in _tests(checks)]


def document(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The document of a run of all these tests, and of no others."""
    tests = {one.nodeid: entry(one) for one in outcomes}
    passed = all(one.check.outcome in ("passed", "skipped") for one in outcomes)
    summary = make_summary(tests, collected=len(tests))
    return _whole(0 if passed else 1, summary, outcomes) | {
        "tests": list(tests.values()),
        "submissions": _reports(outcomes),
    }


def rewrite(document: dict[str, Any], outcomes: Mapping[str, Outcome]) -> None:
    """Make that plugin's own document, of tests in any order, the one above.

    What its options leave out stays out. `outcomes` is by a test's id, in order; a test that could
    tell nothing has its outcome alone.
    """
    summary, tests = document["summary"], None
    if "tests" in document:
        theirs = {test["nodeid"]: test for test in document["tests"]}
        tests = {id: _rewritten(theirs[id], one) for id, one in outcomes.items() if id in theirs}
        tests |= {id: _bare(test) for id, test in sorted(theirs.items()) if id not in outcomes}
        counted = {name: summary[name] for name in ("collected", "deselected") if name in summary}
        summary = make_summary(tests, **counted)
    found = _whole(document["exitcode"], summary, tuple(outcomes.values()))
    if tests is not None:
        found["tests"] = list(tests.values())
    found["submissions"] = _reports(outcomes.values())
    document.clear()
    document.update(found)


def _whole(
    exitcode: int, summary: Mapping[str, int], outcomes: Sequence[Outcome]
) -> dict[str, Any]:
    versions = next((t.report.environment for t in outcomes if t.report.environment), {})
    packages = {name: versions[name] for name in PACKAGES if name in versions}
    python = {"Python": versions["python"]} if "python" in versions else {}
    found: dict[str, Any] = make_report(
        created=NO_CLOCK,
        duration=NO_CLOCK,
        exitcode=int(exitcode),
        root=".",
        environment={**python, "Packages": {"lift-grader": __version__, **packages}},
        summary=dict(sorted(summary.items())),
    )
    return found


def entry(one: Outcome) -> dict[str, Any]:
    """A check as the document has a test."""
    name = one.nodeid.partition("::")[2]
    location = (one.file, one.lineno, name)
    found: dict[str, Any] = make_testitem(one.nodeid, [name, "points", one.file], location)
    found["outcome"] = outcome = one.check.outcome
    passed = {"duration": NO_CLOCK, "outcome": "passed"}
    if outcome == "error":
        stages = {"setup": _stage("failed", one)}
    else:
        stages = {"setup": passed, "call": _stage(outcome, one)}
    return found | stages | {"teardown": passed, "metadata": one.metadata}


def _stage(outcome: str, one: Outcome) -> dict[str, Any]:
    found: dict[str, Any] = {"duration": NO_CLOCK, "outcome": outcome}
    if outcome == "failed":
        name, line = one.report.submission.name, one.metadata["line"] or NO_LINE
        found["crash"] = {"path": text.one_line(name), "lineno": line, "message": one.evidence}
        found["longrepr"] = one.words
    elif outcome == "skipped":
        found["longrepr"] = one.evidence
    return found


def _rewritten(test: Mapping[str, Any], one: Outcome) -> dict[str, Any]:
    made = entry(one) | {"metadata": test.get("metadata", one.metadata)}
    return {key: value for key, value in made.items() if key != "keywords" or key in test}


def _bare(test: Mapping[str, Any]) -> dict[str, Any]:
    return {key: test[key] for key in ("nodeid", "lineno", "outcome")}


def _reports(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """Each report without its checks, which are the tests."""
    reports = {one.id: one.report for one in outcomes}
    data = {id: json.loads(report.to_json()) for id, report in reports.items()}
    return {id: {k: v for k, v in one.items() if k != "checks"} for id, one in data.items()}


def _tests(checks: Path) -> list[Callable[..., Any]]:
    """The functions that are the checks, in the order of their file."""
    module = vars(import_module(f"{checks.parent.name}.{checks.stem}"))
    return [value for name, value in module.items() if name.startswith("test_")]
