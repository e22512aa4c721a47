"""The page on platforms: its commands lead from a platform's zip to its gradebook."""

import re
import shlex
from pathlib import Path

import pytest

from grader import ROOT
from grader.sources.find import LAYOUTS
from tests.conftest import SAMPLES
from tests.support import forked
from tests.support.lms_tools import as_folder, as_zip

PAGE = (ROOT / "docs/lms.md").read_text("utf-8")
BLOCKS = [block.splitlines() for block in re.findall(r"```bash\n(.*?)```", PAGE, re.S)]


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what an instructor has downloaded, of two students."""
    folder = tmp_path_factory.mktemp("downloads")
    right = (SAMPLES / "correct/course-loop.py").read_bytes()
    wrong = (SAMPLES / "syntax-error/missing-colon.py").read_bytes()
    names = ("lovelaceada_101_9001_custom_lift.py", "oneilbob_LATE_102_9002_custom_lift-1.py")
    as_zip(folder, "submissions", dict(zip(names, (right, wrong), strict=True)))
    names = (
        "Ada Lovelace_11_assignsubmission_file/custom_lift.py",
        "Bob_12_assignsubmission_file_b.py",
    )
    as_zip(folder, "lift-submissions", dict(zip(names, (right, wrong), strict=True)))
    metadata = "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: s101\n    :email: a@b.c\n"
    export = {"submission_metadata.yml": metadata, "submission_1/custom_lift.py": wrong}
    as_zip(
        folder, "assignment_12_export", {f"assignment_12_export/{k}": v for k, v in export.items()}
    )
    as_folder(folder, "lift-submissions", {"lift-ann/custom_lift.py": wrong})
    (folder / "Grades.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Lift (71),Quiz (72)\r\n"
        '    Points Possible,,,,,20.0,5\r\n"Lovelace, Ada",101,s101,a@b.c,A,,\r\n'
        '"O\'Neil, Bob",102,s102,b@b.c,A,,\r\n'
    )
    (folder / "worksheet.csv").write_text(
        "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
        "Last modified (grade),Feedback comments\n"
        "Participant 11,Ada Lovelace,a@b.c,x,,50.00,Yes,-,\n"
        "Participant 12,Bob,b@b.c,x,,50.00,Yes,-,\n"
    )
    return folder


@pytest.mark.parametrize("commands", BLOCKS, ids=lambda commands: commands[-1].split()[2])
def test_commands_lead_to_a_gradebook(downloads: Path, commands: list[str]) -> None:
    """Each block ends with exit 0, one command after the other."""
    for command in commands:
        done = forked.run(*shlex.split(command), cwd=downloads)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    if "--canvas" in command and " results " in command:
        filled = (downloads / "Grades-filled.csv").read_text()
        assert [line.split(",")[-2] for line in filled.splitlines()[2:]] == ["20", "0"]


def test_page_names_every_layout() -> None:
    """The table has a row for each layout."""
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M)) == set(LAYOUTS)
    assert len(BLOCKS) == 4
