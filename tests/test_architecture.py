"""ARCHITECTURE.md is true of the rooms."""

import re

from grader import ROOT
from tests.test_rooms import FLOORS, arrows, modules, room

TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def table() -> dict[str, str]:
    """The side of each room, as the table gives it."""
    return dict(re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|", TEXT, re.M))


def test_table_has_all_rooms_in_order() -> None:
    """The table's rooms are the floors, in the order that imports keep."""
    assert tuple(table()) == FLOORS


def test_sides_are_those_of_the_modules() -> None:
    """Beside the student are the worker and its walls; what they need besides is on both sides."""
    sides = table()
    beside = {place for place, side in sides.items() if side == "beside the student"}
    assert beside == {place for place in FLOORS if place.startswith("grader.worker")}
    needed = {room(other) for name, other in arrows() if room(name) in beside}
    assert needed - beside == {place for place, side in sides.items() if side == "both"}


def test_modules_that_the_text_names_exist() -> None:
    """Every dotted name in the way of a submission is a module, or in one."""
    names = set(re.findall(r"`((?:grader|exercise)\.[\w.]+)`", TEXT))
    assert {name for name in names if name not in modules() and name != "grader.check"} == set()
