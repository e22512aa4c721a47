"""A command that the tests run as a fork does what it does as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.support import forked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks are Linux's here")
SAMPLE = SAMPLES / "sum-not-mean" / "loop_returns_total.py"
COMMANDS = {
    "grades": ("grader", "check", str(SAMPLE)),
    "usage": ("grader", "chekc"),
    "prints": ("grader", "explain", "sum-not-mean"),
    "no module": ("grader.nothing",),
    "what it is given": ("tests.support.echo", "a b", "c"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_fork_is_like_a_process(name: str, tmp_path: Path) -> None:
    """Exit code, output and errors are the same; so are folder, environment, input, arguments."""
    module, *arguments = COMMANDS[name]
    env = os.environ | {"GRADER_STATE_DIR": str(tmp_path), "COLUMNS": "70", "NEW": "1"}
    env["PYTHONPATH"] = str(SAMPLES.parent.parent)
    command = [sys.executable, "-P", "-m", module, *arguments]
    real = subprocess.run(
        command, cwd=tmp_path, env=env, input="word\n", capture_output=True, encoding="utf-8"
    )
    fork = forked.run(module, *arguments, cwd=tmp_path, env=env, input="word\n")
    assert (fork.returncode, fork.stdout) == (real.returncode, real.stdout)
    last = [done.stderr.splitlines()[-1:] for done in (fork, real)]
    assert last[0] == last[1] or name == "no module"


def test_what_hangs_is_ended_and_the_next_one_runs() -> None:
    """The process that is forked is ended as well, and another takes its place."""
    with pytest.raises(TimeoutError):
        forked.run("tests.support.echo", "hang", timeout=1)
    assert forked.run("tests.support.echo", "on").returncode == 7
