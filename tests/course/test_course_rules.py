"""`course.toml` is read strictly: what is wrong is named with its line and key, before anything."""

import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from exercise import EXERCISE
from grader import ROOT
from grader.bundles.kit.contents import contents
from grader.core.errors import UsageError
from grader.core.report import Report
from grader.course.late import due, lateness, reduced
from grader.course.read import beside, parse, read, worth_of
from grader.course.rules import Course, Late

WORTH = {"runs": 10, "mean-not-sum": 30, "hidden-cases": 60}
BERLIN = ZoneInfo("Europe/Berlin")
WHOLE = """\
due = 2026-10-05 23:59:00
closes = 2026-10-12 23:59:00
zone = "Europe/Berlin"
counts = "best"
total = 90
timeout = 60
highest_hint = 2

[late]
percent_a_day = 10
floor = 50
days = 2
grace_minutes = 5

[points]
runs = 0

[extensions]
"ada@example.org" = 2026-10-08 12:00:00
s102 = 3

[late_days]
s103 = 0

[sections.B]
students = ["s104", "s105"]
due = 2026-10-06T23:59:00+02:00
"""


def course(text: str) -> Course:
    """Rules from text."""
    return parse(text.encode(), "course.toml", WORTH)


def test_file_on_the_page_is_right_and_whole() -> None:
    """The rules that docs/course.md shows can be used, and hold every key that there is."""
    page = (ROOT / "docs/course.md").read_text("utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, re.S)
    found = parse(shown.encode(), "course.toml", worth_of(EXERCISE))
    for table in (found, found.late):
        assert [f for f in table.__struct_fields__ if not re.search(rf"\b{f}\b", shown)] == []
    assert found.sections["Tue 12"].students == ("105", "dee@example.org")


def test_cap_of_hints_goes_into_the_kit() -> None:
    """The kit of a course holds its highest level of hints, and nothing else is another."""
    plain, capped = contents(EXERCISE), contents(EXERCISE, 2)
    (name,) = [name for name in plain if plain[name] != capped[name]]
    assert name.endswith("exercise/hints.toml")
    assert tomllib.loads(capped[name].decode())["highest_level"] == 2


def test_every_key_is_read() -> None:
    """A file with everything in it; a local time is one of the course's zone."""
    found = course(WHOLE)
    assert (found.counts, found.timeout, found.highest_hint, found.total) == ("best", 60, 2, 90)
    assert found.late == Late(10, 50, "earned", 2, 5)
    assert found.points == {"runs": 0}
    assert found.extensions == {"ada@example.org": datetime(2026, 10, 8, 12), "s102": 3}
    assert found.due is not None
    assert found.at(found.due) == datetime(2026, 10, 5, 23, 59, tzinfo=BERLIN)
    assert found.shown(found.at(found.due)) == "2026-10-05 23:59 CEST"
    assert course("") == Course()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("counts = ", "count = "), "line 4: count: there is no such key. Did you mean counts?"),
        (('"best"', '"bets"'), "line 4: counts: Invalid enum value 'bets'"),
        (("percent_a_day = 10", "percent_a_day = 101"), "line 10: late.percent_a_day: Expected"),
        (("floor = 50", 'floor = "half"'), "line 11: late.floor: Expected `float`, got `str`"),
        (("days = 2", "dys = 2"), "line 12: late.dys: there is no such key. Did you mean days?"),
        (("runs = 0", "run = 0"), "line 16: points.run: there is no such check. Did you mean runs"),
        (("runs = 0", "runs = -1"), "line 16: points.runs: Expected `int` >= 0"),
        (("runs = 0", "runs = true"), "line 16: points.runs: Expected `int`, got `bool`"),
        (
            ("runs = 0", "runs = 5"),
            "line 5: total: the checks sum to 95, and not to 90: runs 5 . mean",
        ),
        (("Europe/Berlin", "Europe/Berlinn"), "line 3: zone: there is no time zone"),
        (('zone = "Europe/Berlin"', ""), "line 1: due: this time has no zone"),
        (("s102 = 3", 's102 = "3 days"'), "line 20: extensions.s102: "),
        (("= 2026-10-05 23:59:00", "= 2026-10-05"), "line 1: due: .*a time belongs to a date"),
        (("= 2026-10-05 23:59:00", '= "2026-10-05T23:59:00Z"'), "line 1: due: a time has no quote"),
        (("10-12 23", "10-04 23"), "line 2: closes: it closes before it is due"),
        (('"s105"', '"S104"'), "line 26: sections.B.students: S104 is there twice"),
        (("[late]", "late = 3\n[lat]"), "line 9: late: this is a table: write .late., and its"),
        (("percent_a_day = 10", ""), "line 12: late.days: say what a day beyond these costs"),
        (("due = 2026-10-05 23:59:00", "due = "), "is no TOML: .*line 1"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(change: tuple[str, str], message: str) -> None:
    """Each fault ends with a message that names the line and the key."""
    text = WHOLE.replace(*change, 1)
    assert text != WHOLE
    with pytest.raises(UsageError, match=r"course\.toml.*" + message):
        course(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[late]\npercent_a_day = 10", "late"),
        ("[extensions]\nada = 3", "extensions"),
        ('counts = "last-before-due"', "counts"),
        ('zone = "UTC"\ncloses = 2026-10-05 23:59:00', "closes"),
    ],
)
def test_rule_that_needs_a_date_asks_for_one(text: str, key: str) -> None:
    """A rule that could never be applied is a mistake."""
    with pytest.raises(UsageError, match=rf"{key}: this needs a date: due = 2026"):
        course(text)


def test_message_on_hostile_text_is_one_inert_line() -> None:
    """A key can hold what acts in a terminal: it comes out as question marks."""
    with pytest.raises(UsageError) as raised:
        course('[points]\n"\\u001b[31m\\n::error::x" = 1\n')
    assert "\x1b" not in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "line 2" in str(raised.value)


def test_points_of_checks_are_those_of_reports(grade_sample) -> None:
    """What is read from the checks' source is what a report says of each."""
    report: Report = grade_sample("correct/course-loop.py")
    assert worth_of(EXERCISE) == {check.id: check.max_points for check in report.checks}


def test_course_file_lies_beside_the_source(tmp_path: Path) -> None:
    """Beside the folder or zip; what lies among the submissions may be a student's."""
    folder = tmp_path / "class"
    folder.mkdir()
    assert beside([folder]) is None
    (tmp_path / "course.toml").write_text("timeout = 5")
    found = beside([folder])
    assert found is not None
    assert read(found, WORTH)[0].timeout == 5
    (folder / "course.toml").write_text("")
    (folder / "ada.py").write_text("")
    assert beside([folder]) == found
    assert beside([folder / "ada.py"]) is None
    assert beside([tmp_path / "class.zip"]) == found
    with pytest.raises(UsageError, match="several course files"):
        beside([folder, folder / "class.zip"])


def at(text: str) -> datetime:
    """A time in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("handed_in", "days"),
    [
        ("2026-10-05 23:59:00", 0),
        ("2026-10-06 00:04:00", 0),
        ("2026-10-06 00:04:01", 1),
        ("2026-10-06 23:59:00", 1),
        ("2026-10-06 23:59:01", 2),
        ("2026-10-12 23:59:00", 7),
    ],
)
def test_days_begun_are_counted(handed_in: str, days: int) -> None:
    """To the second, after the minutes of grace; of them as many are free as are left."""
    rules = course(WHOLE)
    until = due(rules, (), ())
    assert until is not None
    seen = lateness(rules, until, at(handed_in))
    assert (seen.days, seen.free, seen.closed) == (days, min(days, 2), False)


def test_day_has_the_clocks_length() -> None:
    """When the clock is set back, a day late still ends at the hour it was due."""
    rules = course(WHOLE.replace("2026-10-05", "2026-10-24").replace("2026-10-12", "2026-10-30"))
    until = due(rules, (), ())
    assert until is not None
    assert lateness(rules, until, at("2026-10-25 23:59:00")).days == 1
    spring = due(rules, ("s102",), ())
    assert spring is not None
    assert spring.at == at("2026-10-27 23:59:00")


def test_dates_of_students_and_sections() -> None:
    """An extension, a section's date and the days left are each student's; a group has the last."""
    rules = course(WHOLE)
    ada, bob, sections = (
        due(rules, s, n)
        for s, n in ((("ada@example.org",), ()), (("ada@example.org", "s102"), ()), ((), ("B",)))
    )
    assert ada is not None
    assert bob is not None
    assert sections is not None
    assert (ada.at, ada.extended) == (at("2026-10-08 12:00:00"), True)
    assert bob.at == at("2026-10-08 23:59:00")
    assert (sections.at, sections.days) == (at("2026-10-06 23:59:00"), 2)
    left = due(rules, ("s103",), ())
    assert left is not None
    assert left.days == 0
    assert due(course("timeout = 3"), ("ada",), ()) is None


def test_after_it_has_closed_nothing_counts() -> None:
    """Whatever the floor; one second before, the floor holds."""
    rules = course(WHOLE)
    until = due(rules, (), ())
    assert until is not None
    for late, left in ((timedelta(0), 50), (timedelta(seconds=1), 0)):
        seen = lateness(rules, until, at("2026-10-12 23:59:00") + late)
        assert reduced(rules.late, seen, 80, 100) == (40 if left else 0)


@pytest.mark.parametrize(
    ("late", "points", "wanted"),
    [
        (Late(percent_a_day=10), 80, 56),
        (Late(percent_a_day=10, of="possible"), 80, 50),
        (Late(percent_a_day=10, of="possible"), 20, 0),
        (Late(percent_a_day=10, floor=80), 80, 64),
        (Late(percent_a_day=10, floor=60, of="possible"), 80, 60),
        (Late(percent_a_day=10, floor=60, of="possible"), 20, 20),
        (Late(percent_a_day=50), 80, 0),
        (Late(percent_a_day=10, days=1), 80, 64),
    ],
)
def test_percentages_of_three_days(late: Late, points: int, wanted: int) -> None:
    """Of what was earned or of what could be, never below the floor, never more than was earned."""
    rules = Course(due=at("2026-10-05 23:59:00"), late=late)
    until = due(rules, (), ())
    assert until is not None
    seen = lateness(rules, until, at("2026-10-08 12:00:00"))
    assert reduced(late, seen, points, 100) == wanted
