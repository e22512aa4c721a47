"""What a change is held against: before a commit, on GitHub, and by make."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader import ROOT

GITHUB = ROOT / ".github"
WORKFLOW = GITHUB / "workflows" / "test.yml"
TEMPLATES = [*GITHUB.glob("ISSUE_TEMPLATE/*.md"), GITHUB / "pull_request_template.md"]


def linted() -> list[str]:
    """The commands of `make lint`."""
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\nlint:", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\t\$\(BIN\)/(.+)$", recipe, re.M)


def workflow() -> Any:
    """The job of GitHub's workflow."""
    return yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["test"]


def test_pre_commit_checks_what_make_lint_does() -> None:
    """The hooks are the commands of the target, in the same order."""
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    entries = [hook["entry"].removeprefix(".venv/bin/") for hook in repo["hooks"]]
    assert len(entries) > 3
    assert entries == linted()


def test_workflow_fits_github_s_schema() -> None:
    """The workflow is one by the schema that GitHub publishes."""
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    subprocess.run([*check, "vendor.github-workflows", WORKFLOW], check=True)


def test_workflow_that_is_none_is_refused(tmp_path: Path) -> None:
    """The schema can fail: a job that does not say where it runs is none."""
    broken = tmp_path / "test.yml"
    broken.write_text(WORKFLOW.read_text("utf-8").replace("runs-on", "walks-on"), "utf-8")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*check, "vendor.github-workflows", broken], check=False, capture_output=True
    )
    assert done.returncode == 1


def test_tests_of_a_module_go_to_one_worker(request: pytest.FixtureRequest) -> None:
    """pytest-xdist tells groups by what it adds to a test's name; pytest 9.2 does not let it."""
    in_groups = getattr(request.config.option, "loadgroup", False)
    assert ("@" in request.node.nodeid) == in_groups


def test_workflow_calls_make_test_from_the_oldest_python_on() -> None:
    """CI does what a newcomer does, on each Python that the project's card allows."""
    job = workflow()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["make test PYTHON=python"]
    card = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = card["requires-python"].removeprefix(">=")
    assert job["strategy"]["matrix"]["python"] == [oldest, "3.12", "3.13", "3.14"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_templates_are_short(template: Path) -> None:
    """Who reports or changes something is asked little: about ten lines."""
    assert len(template.read_text("utf-8").splitlines()) <= 15
