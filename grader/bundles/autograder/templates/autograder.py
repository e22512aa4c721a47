"""Classroom 50 runs this in the student's checkout: sets up, grades, leaves result.json there."""

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = HERE / "env" / "bin" / "python"
GRADE = ("-P", "-m", "grader", "check", "--in", ".", "--format", "classroom50", "--exit-zero")

for name in ("result.json", "release-body.md"):
    Path(name).unlink(missing_ok=True)  # one that was committed is not ours
venv.create(HERE / "env", with_pip=True)
subprocess.run([PYTHON, HERE / "install.py"], check=True)
sys.exit(subprocess.run([PYTHON, *GRADE]).returncode)
