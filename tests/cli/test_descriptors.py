"""A standard stream that is closed costs nobody a point: none of what we open is taken for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES

if sys.platform == "win32":
    pytest.skip("closes streams as a shell of POSIX does", allow_module_level=True)

RIGHT = SAMPLES / "correct" / "course-loop.py"


@pytest.mark.parametrize("closed", ["2>&-", "<&- 2>&-", ">&-", "<&- >&- 2>&-"])
def test_score_is_the_same_without_a_stream(closed: str, tmp_path: Path) -> None:
    """What is written to a file is what it is with all three open."""
    target = tmp_path / "report.json"
    command = f'exec "$0" -P -m grader check "$1" --format pytest-json --output "$2" {closed}'
    arguments = ["sh", "-c", command, sys.executable, str(RIGHT), str(target)]
    done = subprocess.run(arguments, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (report,) = json.loads(target.read_bytes())["submissions"].values()
    assert (report["score"], report["status"]) == (100, "graded")
