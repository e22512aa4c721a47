"""ARCHITECTURE.md is true of the rooms."""

import re

from grader import ROOT
from tests.test_rooms import FLOORS, modules

TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
SHARED = ("grader.wire", "grader.cause", "grader.settings")


def table() -> dict[str, str]:
    """The side of each room, as the table gives it."""
    return dict(re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|", TEXT, re.M))


def test_table_has_all_rooms_in_order() -> None:
    """The table's rooms are the floors, in the order that imports keep."""
    assert tuple(table()) == FLOORS


def test_sides_are_those_of_the_modules() -> None:
    """What is beside the student is the worker and its walls, and imports only what is shared."""
    sides = table()
    beside = {room for room, side in sides.items() if side == "beside the student"}
    assert beside == {room for room in FLOORS if room.startswith("grader.worker")}
    shared = {room for room, side in sides.items() if side == "both"}
    worker = [file for name, file in modules().items() if name.startswith("grader.worker")]
    text = "\n".join(file.read_text("utf-8") for file in worker)
    taken = set(re.findall(r"^ *(?:from|import) (grader[\w.]*) ?", text, re.M))
    assert {name for name in taken if not name.startswith("grader.worker")} <= shared


def test_modules_that_the_text_names_exist() -> None:
    """Every dotted name in the way of a submission is a module, or in one."""
    names = set(re.findall(r"`((?:grader|exercise)\.[\w.]+)`", TEXT))
    assert {name for name in names if name not in modules() and name != "grader.check"} == set()
