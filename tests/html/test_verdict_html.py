"""The verdict as HTML: the bytes, what it says beside the terminal, and hostile text in it.

The golden fragments are written anew with: python -m tests.html.test_verdict_html
"""

import io
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from grader.core.report import Report, from_json
from grader.html import verdict
from grader.html.environment import environment
from grader.html.verdict import verdict_html
from grader.screen.render import render
from tests.test_golden import CASES, GOLDEN, golden_file

SOURCE = tuple(f"line_{number} = {number} < 3  # & so on" for number in range(1, 30))
LEFT_OUT: dict[str, Any] = {"environment": {}, "key": "", "grader": ""}
EVIL = "</p></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{ 7 * 7 }}"


def golden(pattern: str, **changed: object) -> Report:
    """A golden report, with fields changed."""
    data = json.loads(golden_file(pattern).read_text("utf-8"))
    return from_json(json.dumps(data | LEFT_OUT | changed).encode())


def fragment_file(pattern: str) -> Path:
    """Where the fragment of a golden report is kept."""
    return GOLDEN / "html" / f"{golden_file(pattern).stem}.html"


def words(fragment: str) -> str:
    """The text of a fragment, which is read as XML: every tag is closed."""
    root = ElementTree.fromstring(fragment)
    for style in root.findall("style"):
        root.remove(style)
    return " ".join(" ".join(root.itertext()).split())


def terminal(report: Report) -> str:
    """What the terminal shows, on lines as long as they come."""
    stream = io.StringIO()
    render(report, Console(file=stream, width=1000), SOURCE, more="")
    return stream.getvalue().replace("`", "")


@pytest.mark.parametrize("pattern", CASES)
def test_fragment_is_the_golden_one(pattern: str) -> None:
    """The fragment of a golden report is, byte for byte, the one that is kept."""
    html = verdict_html(golden(pattern), SOURCE)
    assert html == fragment_file(pattern).read_text("utf-8")


@pytest.mark.parametrize("pattern", CASES)
def test_fragment_says_what_the_terminal_says(pattern: str) -> None:
    """Every word of the terminal's first screen, but for bars and marks, is in the HTML."""
    drawn = {"█", "│", "ok", "NO", "--", "|", "line"}
    said = {w for w in terminal(golden(pattern)).split() if not set(w) & set("█│")} - drawn
    assert len(said) > 10
    assert said - set(words(verdict_html(golden(pattern), SOURCE)).split()) == set()


@pytest.mark.parametrize("pattern", CASES)
def test_fragment_brings_nothing_from_elsewhere(pattern: str) -> None:
    """No script, address, event handler or inline style; each rule is for this fragment alone."""
    html = verdict_html(golden(pattern), SOURCE)
    assert not re.search(r"<script|https?:|//|url\(|@import|\son\w+=|\sstyle=|\ssrc=|\shref=", html)
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    selectors = [s for rule in re.findall(r"([^{}]+)\{", style) for s in rule.split(",")]
    assert len(selectors) > 10
    assert [s for s in selectors if not s.strip().startswith(".lift-grader")] == []


def test_tables_and_picture_are_accessible() -> None:
    """Header cells have a scope, the picture a role, a title and a description of its numbers."""
    root = ElementTree.fromstring(verdict_html(golden("shared-key/init_once_and_tile")))
    headers = list(root.iter("th"))
    assert headers
    assert all(th.get("scope") in ("col", "row") for th in headers)
    (svg,) = root.iter("svg")
    assert svg.get("role") == "img"
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert "copy 1: 1" in (svg[1].text or "")


def hostile() -> str:
    """The fragment of a report whose every text of a student's is an attack."""
    report = golden("crashed+missing-in-axes/*", submission={"name": EVIL, "sha256": "0"})
    data = json.loads(report.to_json())
    data["diagnosis"]["example"]["came_back"] = EVIL
    data["diagnosis"]["faults"][0]["line"] = 1
    return verdict_html(from_json(json.dumps(data).encode()), [EVIL])


def test_hostile_text_stays_text() -> None:
    """A name, a message, an exception and a source line of a student's open no tag."""
    html = hostile()
    assert words(html).count("<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{") == 4
    assert "<script" not in html
    assert "<img" not in html
    assert "49" not in html


def test_hostile_text_acts_where_it_is_not_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without escaping the same text is a tag: the test above can fail."""
    bare = environment().overlay(autoescape=False)
    monkeypatch.setattr(verdict, "environment", lambda: bare)
    assert "<script>alert(1)" in hostile()


def test_commands_are_as_they_are_typed_in_a_notebook() -> None:
    """In a notebook a command begins with an exclamation mark."""
    html = verdict_html(golden("syntax-error/*"), shell="!")
    assert "<code>!grader hint</code>" in html


def test_jinja_is_imported_when_it_is_used() -> None:
    """Importing the module costs nobody a template engine."""
    import subprocess

    code = "import sys, grader.html.verdict; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def write() -> None:
    """Write every golden fragment anew."""
    fragment_file(CASES[0]).parent.mkdir(exist_ok=True)
    for pattern in CASES:
        fragment_file(pattern).write_text(verdict_html(golden(pattern), SOURCE), "utf-8")


if __name__ == "__main__":
    write()
