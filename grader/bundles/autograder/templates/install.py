"""Lets the Python that runs this grade: installs what is pinned, and makes lib/ importable."""

import compileall
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
PIP = [sys.executable, "-P", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]

subprocess.run([*PIP, "--no-deps", "--requirement", str(HERE / "requirements.txt")], check=True)
Path(sysconfig.get_path("purelib"), "lift-grader.pth").write_text(f"{HERE / 'lib'}\n", "utf-8")
compileall.compile_dir(HERE / "lib", quiet=1)  # once, and not at each start that may not write
