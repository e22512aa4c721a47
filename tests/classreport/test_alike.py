"""Programs alike beyond names and formatting are found; what everybody writes is not."""

import ast
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from exercise import EXERCISE
from grader import ROOT
from grader.classreport.alike import Alike, alike
from tests.conftest import SAMPLES
from tests.support.class_tools import keep, right
from tests.support.term import run

PAGES = EXERCISE.wording.faults.values()
HANDED_OUT = [
    EXERCISE.stub.read_text("utf-8"),
    EXERCISE.right_answer.read_text("utf-8"),
    *(text for page in PAGES for text in (page.wrong, page.right)),
]
RIGHT = sorted((SAMPLES / "correct").glob("*.py"))
HARD = ("functools-reduce", "kahan-summation", "dataclass-ensemble", "generator-send", "jit-inside")


def sources() -> dict[str, tuple[str, ...]]:
    """Right answers that were written without each other."""
    return {p.stem: lines(p.read_text("utf-8", "replace")) for p in RIGHT}


def lines(text: str) -> tuple[str, ...]:
    """The lines of a source."""
    return tuple(text.splitlines())


def disguised(text: str) -> str:
    """The same program: names, comments, layout, docstrings and quotes are others."""
    tree = ast.parse(text)
    own = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    own -= {"seed", "x", "n_copies", "features"}
    plain = ast.unparse(tree)
    for number, name in enumerate(sorted(own)):
        plain = re.sub(rf"\b{name}\b", f"renamed_{number}", plain)
    return f'"""Mine."""\n# all my own\n\n{plain}\n'


def together(found: tuple[Alike, ...], *ids: str) -> bool:
    """Tell whether these are in one group."""
    return any(set(ids) <= {m.id for m in group.members} for group in found)


@pytest.mark.parametrize("name", HARD)
def test_disguised_copy_is_found_with_its_lines(name: str) -> None:
    """Renamed, laid out anew and with other comments it lies beside its original."""
    class_ = sources()
    text = (SAMPLES / f"correct/{name}.py").read_text("utf-8")
    class_["copy"] = lines(disguised(text))
    found = alike(class_, HANDED_OUT)
    group = next(g for g in found if "copy" in {m.id for m in g.members})
    assert name in {m.id for m in group.members}
    copy = next(m for m in group.members if m.id == "copy")
    assert all(1 <= first <= last <= len(class_["copy"]) for first, last in copy.lines)
    assert copy.text[0] == class_["copy"][copy.lines[0][0] - 1]


def test_few_that_were_written_apart_are_listed() -> None:
    """Of eighty right answers to one short exercise hardly any are taken for copies."""
    found = alike(sources(), HANDED_OUT)
    assert sum(len(group.members) for group in found) <= len(RIGHT) // 10


def test_pattern_of_the_course_does_not_count() -> None:
    """The stub and the course's own right answer may be handed in by all."""
    course = lines(EXERCISE.right_answer.read_text("utf-8"))
    stub = lines(EXERCISE.stub.read_text("utf-8"))
    class_ = {"a": course, "b": course, "c": stub, "d": stub}
    assert alike(class_, HANDED_OUT) == ()
    assert alike({k: class_[k] for k in "ab"}, []) != ()


def test_what_many_write_does_not_count() -> None:
    """More than a third of different programs with the same lines: so it is done."""
    way = (SAMPLES / "correct/kahan-summation.py").read_text("utf-8")
    other = "\n\ndef helper_{0}(a):\n    return [a + {0}, a * {0}, a - {0}, a % {0}][{0}]\n"
    many = {f"m{n}": lines(way + other.format(n)) for n in range(50)}
    assert not any(together(alike(sources() | many, HANDED_OUT), a, "m0") for a in ("m1", "m9"))
    few = {id: many[id] for id in ("m0", "m1", "m2")}
    assert together(alike(sources() | few, HANDED_OUT), "m0", "m1", "m2")


def test_any_number_of_equal_files_is_one_group() -> None:
    """Copies that are equal to the letter do not become a custom by their number."""
    text = lines((SAMPLES / "correct/kahan-summation.py").read_text("utf-8"))
    class_ = sources() | {f"m{n:02}": text for n in range(40)}
    assert together(alike(class_, HANDED_OUT), "m00", "m39", "kahan-summation")


def test_order_changes_nothing() -> None:
    """The groups are the same, whoever is met first; what is no Python is passed over."""
    class_ = sources() | {"broken": ("def (:",), "empty": ()}
    again = dict(reversed(class_.items()))
    assert alike(class_, HANDED_OUT) == alike(again, HANDED_OUT)


def test_instructor_sees_it_and_nobody_else_does(tmp_path: Path) -> None:
    """On the class page and by command, in JSON by its schema; not without names, nor on pages."""
    texts = {p.stem: p.read_text("utf-8", "replace") for p in RIGHT[:12]}
    hostile = (SAMPLES / "correct/kahan-summation.py").read_text("utf-8")
    texts["copy"] = texts["orig"] = hostile.replace("\n\n", "\n\n# </pre><script>x\u202e\n", 1)
    folder = tmp_path / "out"
    keep(folder, dict.fromkeys(texts, right()), sources=texts)
    assert run("report", folder).exit_code == 0
    page = (folder / "index.html").read_text("utf-8")
    assert "Look at these together" in page
    assert '<a href="pages/copy.html">copy</a>, <a href="pages/orig.html">orig</a>' in page
    assert "<script>x" not in page
    assert "\u202e" not in page
    assert not any(
        "Look at these" in p.read_text("utf-8") for p in (folder / "pages").glob("*.html")
    )
    assert run("report", folder, "--anonymous").exit_code == 0
    assert "together</h2>" not in (folder / "anonymous/index.html").read_text("utf-8")
    done = run("alike", folder)
    assert "1. Look at these together:\n  copy: lines " in done.output
    found = json.loads(run("alike", folder, "--format", "json").output)
    Draft202012Validator(
        json.loads((ROOT / "grader/schemas/alike.schema.json").read_text())
    ).validate(found)
    assert [m["id"] for m in found["groups"][0]] == ["copy", "orig"]
