"""What learning platforms pack is recognised by content, packed or unpacked, and has owners."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.core.errors import UsageError
from grader.sources.find import LAYOUTS, find
from tests.support.lms_tools import FORMS, WANTED, Files, as_folder, as_tar, as_zip, refused, seen

CANVAS = {
    "adalovelace_101_9001_custom_lift.py": "ada",
    "bobün_LATE_102_9002_my lift.py": "bob",
    "cy_103_9003_custom_lift.py": "cy, first",
    "cy_103_9007_custom_lift-1.py": "cy, second",
    "cy_103_9010_custom_lift-2.py": "cy, third",
    "dee_104_9004_custom_lift.py": "dee",
    "dee_104_9005_notes.txt": "notes",
    "dee_104_9006_helper.py": "helper",
    "eve_105_text.html": "typed in",
    "adalovelace_106_9008_custom_lift.py": "the other Ada",
}
CANVAS_SEEN = {
    "adalovelace-101": ("canvas:101", "adalovelace", "ada"),
    "adalovelace-106": ("canvas:106", "adalovelace", "the other Ada"),
    "bobün": ("canvas:102", "bobün", "bob"),
    "cy": ("canvas:103", "cy", "cy, third"),
    "dee": ("canvas:104", "dee", "dee"),
    "eve": ("canvas:105", "eve", "There is no Python file in eve_105_text.html."),
}
MOODLE = {
    "Ada Lovelace_11_assignsubmission_file/custom_lift.py": "ada",
    "Bob O'Neil, jr._12_assignsubmission_file_/sub/lift.py": "bob",
    "Bob O'Neil, jr._12_assignsubmission_onlinetext/onlinetext.html": "<p>",
    "Zoë Ünal_13_assignsubmission_file_custom_lift.py": "zoë",
    "Zoë Ünal_13_assignsubmission_file_data.txt": "data",
    "Dee_14_assignsubmission_onlinetext.html": "<p>",
    "Ada Lovelace_15_assignsubmission_file/custom_lift.py": "the other Ada",
}
MOODLE_SEEN = {
    "Ada_Lovelace-11": ("moodle:11", "Ada Lovelace", "ada"),
    "Ada_Lovelace-15": ("moodle:15", "Ada Lovelace", "the other Ada"),
    "Bob_O_Neil_jr": ("moodle:12", "Bob O'Neil, jr.", "bob"),
    "Dee": (
        "moodle:14",
        "Dee",
        "There is no Python file in Dee_14_assignsubmission_onlinetext.html.",
    ),
    "Zoë_Ünal": ("moodle:13", "Zoë Ünal", "zoë"),
}
GRADESCOPE = {
    "submission_metadata.yml": """---
submission_71:
  :submitters:
  - :name: Ada Lovelace
    :sid: 0123
    :email: ada@example.org
  :created_at: 2026-01-02 03:04:05.000000000 Z
  :score: 0.0
submission_72:
  :submitters:
  - :name: Bob
    :sid: 'b2'
    :email: bob@example.org
  - :name: Cy
    :sid:
    :email: cy@example.org
  :history:
  - :id: 70
""",
    "submission_71/custom_lift.py": "ada",
    "submission_72/custom_lift.py": "bob and cy",
    "submission_72/helper.py": "helper",
}
GRADESCOPE_SEEN = {
    "Ada_Lovelace": ("gradescope:0123", "Ada Lovelace", "ada"),
    "Bob+Cy": ("gradescope:b2 gradescope:cy@example.org", "Bob, Cy", "bob and cy"),
}
BRIGHTSPACE = {
    "index.html": "<html>",
    "501-77 - Ada Lovelace - Jan 2, 2026 1159 PM/custom_lift.py": "ada, second",
    "501-77 - Ada Lovelace - Jan 2, 2026 1201 PM/custom_lift.py": "ada, first",
    "502-77 - Bob Smith-Jones - Dec 31, 2025 905 AM/lift.py": "bob",
}
BRIGHTSPACE_SEEN = {
    "Ada_Lovelace": ("brightspace:501", "Ada Lovelace", "ada, second"),
    "Bob_Smith-Jones": ("brightspace:502", "Bob Smith-Jones", "bob"),
}
_ABOUT = "Name: {} ({})\nAssignment: Lift\nDate Submitted: today\n\nName: Eve (eve)\n"
BLACKBOARD = {
    "Lift_1_ada_attempt_2026-01-02-03-04-05_custom_lift.py": "ada, first",
    "Lift_1_ada_attempt_2026-01-02-03-04-05.txt": _ABOUT.format("Ada Lovelace", "ada"),
    "Lift_1_ada_attempt_2026-01-03-03-04-05_custom_lift.py": "ada, second",
    "Lift_1_ada_attempt_2026-01-03-03-04-05.txt": _ABOUT.format("Ada Lovelace", "ada"),
    "Lift_1_b_ob_attempt_2026-01-02-03-04-05_lift.py": "bob",
    "Lift_1_b_ob_attempt_2026-01-02-03-04-05.txt": _ABOUT.format("Bob", "b_ob"),
    "Lift_1_cy_attempt_2026-01-02-03-04-05_lift.py": "cy",
}
BLACKBOARD_SEEN = {
    "ada": ("blackboard:ada", "Ada Lovelace", "ada, second"),
    "b_ob": ("blackboard:b_ob", "Bob", "bob"),
    "cy": ("blackboard:cy", "", "cy"),
}
NBGRADER = {
    "submitted/ada/lift/custom_lift.py": "ada",
    "submitted/ada/lift/timestamp.txt": "2026-01-02 03:04:05 UTC",
    "submitted/ada/other/task.py": "another assignment",
    "submitted/bob/lift/lift.py": "bob",
    "release/lift/custom_lift.py": "the stub",
    "source/lift/custom_lift.py": "the reference",
}
NBGRADER_SEEN = {"ada": ("nbgrader:ada", "", "ada"), "bob": ("nbgrader:bob", "", "bob")}
CLASSROOM_50 = {
    "scores.csv": "username,section,score\nann-lee,,0\nann-poe,,0\n",
    "jax-lift-ann-lee/custom_lift.py": "lee",
    "jax-lift-ann-lee/.git/config": "[core]",
    "jax-lift-ann-poe/src/custom_lift.py": "poe",
    "jax-lift-ann-poe/tests/test_lift.py": "a test",
}
CLASSROOM_50_SEEN = {
    "ann-lee": ("github:ann-lee", "", "lee"),
    "ann-poe": ("github:ann-poe", "", "poe"),
}
SEEN: dict[str, tuple[Files, dict[str, tuple[str, str, str]]]] = {
    "canvas": (CANVAS, CANVAS_SEEN),
    "moodle": (MOODLE, MOODLE_SEEN),
    "gradescope": (GRADESCOPE, GRADESCOPE_SEEN),
    "brightspace": (BRIGHTSPACE, BRIGHTSPACE_SEEN),
    "blackboard": (BLACKBOARD, BLACKBOARD_SEEN),
    "nbgrader": (NBGRADER, NBGRADER_SEEN),
    "classroom": (CLASSROOM_50, CLASSROOM_50_SEEN),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("system", SEEN)
def test_platform_is_recognised_in_every_form(
    tmp_path: Path, system: str, form: Callable[[Path, str, Files], Path]
) -> None:
    """A folder, a zip, a tar and a wrapped zip of the same files give the same owners."""
    files, expected = SEEN[system]
    source = form(tmp_path, "export", files)
    assert seen(source) == expected
    assert seen(source, layout=system) == expected


def test_every_layout_has_a_sample() -> None:
    """No layout goes untested."""
    assert {*SEEN, "plain"} == set(LAYOUTS)


def test_the_flag_overrules_what_is_recognised(tmp_path: Path) -> None:
    """Files of a Canvas export taken as plain files have no owners; a wrong layout says so."""
    source = as_zip(tmp_path, "export", {"ada_1_2_custom_lift.py": "ada"})
    assert seen(source, "plain") == {"ada_1_2_custom_lift": ("", "", "ada")}
    with pytest.raises(UsageError, match="nothing that the layout moodle knows"):
        seen(source, "moodle")
    with pytest.raises(UsageError, match="no layout moddle; there are gradescope"):
        seen(source, "moddle")


def test_plain_files_are_not_taken_for_an_export(tmp_path: Path) -> None:
    """One file named as a platform would name it does not change how a class is read."""
    files = {"ann.py": "a", "bob.py": "b", "x_1_2_lift.py": "c"}
    files |= {"y_1_assignsubmission_file_z.py": "d", "submission_metadata.yml": "e: f"}
    expected = {"ann", "bob", "x_1_2_lift", "y_1_assignsubmission_file_z"}
    assert set(seen(as_folder(tmp_path, "class", files))) == expected


def test_github_classroom_is_named_by_its_folder(tmp_path: Path) -> None:
    """`<assignment>-submissions/<assignment>-<username>` gives the user names."""
    files = {"lift-ann-lee/custom_lift.py": "lee", "lift-bob/custom_lift.py": "bob"}
    expected = {"ann-lee": ("github:ann-lee", "", "lee"), "bob": ("github:bob", "", "bob")}
    assert seen(as_folder(tmp_path, "lift-submissions", files)) == expected


def test_classroom_without_a_table_is_read_by_what_names_share(tmp_path: Path) -> None:
    """`<classroom>-<assignment>-<username>` is cut where the names begin to differ."""
    files = {f"jax-lift-{user}/custom_lift.py": user for user in ("ann", "bob-x")}
    assert {*seen(as_folder(tmp_path, "clones", files))} == {"ann", "bob-x"}


def test_anonymous_canvas_and_blind_moodle_have_ids(tmp_path: Path) -> None:
    """Without names, ids alone say whose a submission is."""
    canvas = {"anon_aB3xy_5_custom_lift.py": "a", "LATE_anon_Q7_6_lift.py": "b"}
    assert seen(as_zip(tmp_path, "anonymous", canvas)) == {
        "anon_aB3xy": ("canvas:anon_aB3xy", "", "a"),
        "anon_Q7": ("canvas:anon_Q7", "", "b"),
    }
    blind = {"Participant_7_assignsubmission_file/custom_lift.py": "c"}
    assert seen(as_zip(tmp_path, "blind", blind)) == {"Participant-7": ("moodle:7", "", "c")}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"ada_1_5_a.py": "", "ada_1_6_b.py": ""}, "cannot be told: a.py, b.py"),
        ({"ada_1_5_a.py": "", "ada_1_6_a.py": ""}, "which one is newer cannot be told"),
        ({"ada_1_9_a.py": "", "ada_1_6_a-1.py": ""}, "which one is newer cannot be told"),
        ({"ada_1_5_a.py": "", "bob_1_6_b.py": ""}, "the user 1 has several names: ada, bob"),
        ({"ada_1_5_a.zip": ""}, "a.zip cannot be read as a zip"),
        ({"notes.pdf": ""}, "is nobody's by its name"),
    ],
)
def test_what_is_open_is_refused_and_named(tmp_path: Path, files: Files, reason: str) -> None:
    """Several files, several names, a nested archive, a stray: listed, and never guessed."""
    honest = {"cy_8_50_custom_lift.py": "cy", "dee_9_51_custom_lift.py": "dee"}
    found = find([as_zip(tmp_path, "export", honest | dict(files))], WANTED)
    assert [e.id for e in found.entries] == ["cy", "dee"]
    (only,) = refused(found).values()
    assert reason in only


def test_two_submissions_of_one_owner_are_both_refused(tmp_path: Path) -> None:
    """Across sources and within a group, an owner who is found twice gets no grade by chance."""
    one = as_zip(tmp_path, "one", {"ada_1_5_custom_lift.py": "x", "bob_2_6_custom_lift.py": "y"})
    two = as_zip(tmp_path, "two", {"ada_1_9_custom_lift.py": "z", "cy_3_7_custom_lift.py": "w"})
    found = find([one, two], WANTED)
    assert [e.id for e in found.entries] == ["bob", "cy"]
    both = "ada_1_5_custom_lift.py, ada_1_9_custom_lift.py"
    assert refused(found) == dict.fromkeys(both.split(", "), f"ada has several submissions: {both}")
    metadata = "".join(
        f"submission_{n}:\n  :submitters:\n  - :name: {name}\n    :sid: {name}\n"
        for n, name in ((1, "ada"), (2, "ada"), (3, "bob"))
    )
    export = {f"submission_{n}/custom_lift.py": f"{n}" for n in (1, 2, 3)}
    found = find([as_zip(tmp_path, "gs", export | {"submission_metadata.yml": metadata})], WANTED)
    assert [e.id for e in found.entries] == ["bob"]
    assert set(refused(found)) == {"submission_1", "submission_2"}


def test_gradescope_folder_and_metadata_must_agree(tmp_path: Path) -> None:
    """A folder without submitters, and submitters without a folder, are refused."""
    files = GRADESCOPE | {"submission_73/custom_lift.py": "whose?"}
    gone = {k: v for k, v in files.items() if not k.startswith("submission_72/")}
    found = find([as_zip(tmp_path, "export", gone)], WANTED)
    assert [e.id for e in found.entries] == ["Ada_Lovelace"]
    reasons = refused(found)
    assert "its files are not here" in reasons["submission_72"]
    assert "has no submitters" in reasons["submission_73"]
    assert [o.name for r in found.refused for o in r.owners] == ["Bob", "Cy"]


@pytest.mark.parametrize(
    "metadata",
    ["- a list", "a: [", "!!python/object/apply:os.system [id]", "\x00", "[" * 50_000],
)
def test_hostile_metadata_is_a_usage_error(tmp_path: Path, metadata: str) -> None:
    """Metadata that is no YAML of the kind, or would make objects, is refused in words."""
    files = GRADESCOPE | {"submission_metadata.yml": metadata}
    with pytest.raises(UsageError, match=r"submission_metadata\.yml"):
        find([as_zip(tmp_path, "export", files)], WANTED)


def test_names_are_shown_without_what_acts(tmp_path: Path) -> None:
    """Right-to-left marks and controls in a name are replaced; a formula stays a name."""
    files = {
        "\u202eeve\x1b[31m_1_assignsubmission_file/custom_lift.py": "eve",
        "=cmd()|'x'!A0_2_assignsubmission_file/custom_lift.py": "cmd",
    }
    owners = {o for e in find([as_tar(tmp_path, "x", files)], WANTED).entries for o in e.owners}
    assert {o.name for o in owners} == {"?eve?[31m", "=cmd()|'x'!A0"}


def test_refusals_do_not_tell_where_the_source_lies(tmp_path: Path) -> None:
    """The summary is the same wherever the class lies: places start at the source."""
    files = CANVAS | {"stray.txt": "", "adalovelace_101_9011_other.py": ""}
    one = find([as_folder(tmp_path / "here", "export", files)], WANTED)
    two = find([as_zip(tmp_path / "here" / "export", "elsewhere", files)], WANTED)
    assert one.refused == two.refused != ()
    assert str(tmp_path) not in repr(one.refused)


def test_group_with_one_id_twice_is_one_submission(tmp_path: Path) -> None:
    """Two submitters of one id and two names are no two submissions."""
    metadata = "submission_1:\n  :submitters:\n"
    metadata += "".join(f"  - :name: {name}\n    :sid: s1\n" for name in ("Ada", "Ida"))
    files = {"submission_metadata.yml": metadata, "submission_1/custom_lift.py": "x"}
    assert [*seen(as_zip(tmp_path, "export", files))] == ["Ada+Ida"]


def test_loose_files_beside_the_export_do_not_hide_it(tmp_path: Path) -> None:
    """Beside the one folder of an export a note is passed over, and a program is refused."""
    files = {f"canvas/{name}": content for name, content in CANVAS.items()}
    assert seen(as_zip(tmp_path, "x", files | {"README.txt": "note"})) == CANVAS_SEEN
    source = as_zip(tmp_path, "x", files | {"late.py": "late"})
    assert seen(source) == CANVAS_SEEN
    assert refused(find([source], WANTED)) == {"late.py": "lies beside the folder of submissions"}
    mostly = as_zip(
        tmp_path, "y", {f"{n}.py": "" for n in range(3)} | {"z/a_1_2_b.py": "", "n": ""}
    )
    assert len(seen(mostly)) == 4


def test_numbers_too_long_to_be_ids_are_no_ids(tmp_path: Path) -> None:
    """A file name of thousands of digits is nobody's, and stops nothing."""
    files = {f"x_1_{'9' * 5000}_a.py": "", f"y_{'9' * 5000}_assignsubmission_file/a.py": ""}
    found = find([as_zip(tmp_path, "x", CANVAS | files)], WANTED)
    assert len(found.entries) == len(CANVAS_SEEN)
    assert len(found.refused) == 2


def test_what_a_student_names_cannot_pose_as_another(tmp_path: Path) -> None:
    """A student called `ada_1_9` is not user 1; a file may be called as an attempt is."""
    files = {"ada_1_9_7_8_custom_lift.py": "", "ada_1_7_8_custom_lift-2.py": ""}
    honest = {f"x{n}_{n}_5{n}_2026_lift.py": "" for n in (2, 3, 4)}
    found = find([as_zip(tmp_path, "canvas", files | honest)], WANTED)
    assert {o.id for e in found.entries for o in e.owners} == {"2", "3", "4"}
    assert set(refused(found)) == set(files)
    name = "Lift_ada_attempt_2026-01-02-03-04-05"
    files = {
        f"{name}.txt": "Name: Ada (ada)\n" + "x" * 2_000_000,
        f"{name}_bob_attempt_2026-01-02-03-04-05_a.py": "ada",
    }
    assert seen(as_zip(tmp_path, "bb", files)) == {"ada": ("blackboard:ada", "Ada", "ada")}


def test_numbers_of_brightspace_are_told_apart(tmp_path: Path) -> None:
    """The student's number is the one that goes with a name; one name alone decides nothing."""
    when = "Jan {}, 2026 1159 PM/custom_lift.py"
    resubmitted = {
        f"501-9001 - Ada - {when.format(2)}": "first",
        f"501-9002 - Ada - {when.format(3)}": "second",
        f"502-9003 - Bob - {when.format(2)}": "bob",
    }
    assert seen(as_zip(tmp_path, "x", resubmitted)) == {
        "Ada": ("brightspace:501", "Ada", "second"),
        "Bob": ("brightspace:502", "Bob", "bob"),
    }
    swapped = {f"77-{name}": said for name, said in BRIGHTSPACE.items() if "-77 " in name}
    swapped = {name.replace("-77 ", " "): said for name, said in swapped.items()}
    assert {o for o, _, _ in seen(as_zip(tmp_path, "y", swapped)).values()} == {
        "brightspace:501",
        "brightspace:502",
    }
    alone = {name: said for name, said in resubmitted.items() if "Ada" in name}
    with pytest.raises(UsageError, match="may be one student or two"):
        find([as_zip(tmp_path, "z", alone)], WANTED)


def test_notebooks_are_submissions_in_exports_too(tmp_path: Path) -> None:
    """A notebook with the stub's name is taken; beside a program of that name, neither is."""
    files = {
        "ada_1_2_custom_lift-1.ipynb": "{}",
        "ada_1_3_helper.py": "",
        "bob_2_4_custom_lift.py": "b",
        "cy_3_5_custom_lift.py": "c",
        "cy_3_6_custom_lift.ipynb": "{}",
    }
    found = find([as_zip(tmp_path, "export", files)], WANTED)
    assert [(e.id, e.name) for e in found.entries] == [
        ("ada", "custom_lift.ipynb"),
        ("bob", "custom_lift.py"),
    ]
    assert "holds 2 files called custom_lift.py" in refused(found)["cy_3_5_custom_lift.py"]


def test_names_that_no_repository_has_are_no_repositories(tmp_path: Path) -> None:
    """Folders that begin alike, and are called as GitHub allows nobody to, have no owners."""
    files = {f"1-2 - {name} - 5 January/custom_lift.py": name for name in ("Ada", "Bob")}
    assert {owners for owners, _, _ in seen(as_zip(tmp_path, "class", files)).values()} == {""}


def test_folders_of_attachments_are_students_of_canvas(tmp_path: Path) -> None:
    """Someone unpacked it: a folder a student, called as the files are or as they begin."""
    files = {
        "adalovelace_1001/custom_lift.py": "ada",
        "adalovelace_1001/utils.py": "",
        "bob_LATE_1002/bob_LATE_1002_502_lift.py": "bob",
        "cy_1003_503_custom_lift/custom_lift.py": "cy",
        "dee_1004/essay.pdf": "",
        "eve_1005_505_custom_lift.py": "eve",
        "anon_x7_506/custom_lift.py": "x7",
    }
    source = as_zip(tmp_path, "export", files)
    assert {id: (owner, said) for id, (owner, _, said) in seen(source).items()} == {
        "adalovelace": ("canvas:1001", "ada"),
        "bob": ("canvas:1002", "bob"),
        "cy": ("canvas:1003", "cy"),
        "dee": (
            "canvas:1004",
            "There is no Python file in dee_1004: what is there is essay.pdf.",
        ),
        "eve": ("canvas:1005", "eve"),
        "anon_x7": ("canvas:anon_x7", "x7"),
    }


@pytest.mark.parametrize(
    "places",
    [
        ("lab_2026/ann", "lab_2026/bob"),
        ("hw_2026_1/ann", "hw_2026_1/bob"),
        ("team_1001", "team_1002"),
    ],
)
def test_folders_with_numbers_are_not_all_of_canvas(tmp_path: Path, places: list[str]) -> None:
    """A folder around a class, or folders of teams, are no users of Canvas."""
    found = seen(as_zip(tmp_path, "class", {f"{place}/lift.py": place for place in places}))
    assert {owner for owner, _, _ in found.values()} == {""}
    assert [said for _, _, said in found.values()] == [*places]
