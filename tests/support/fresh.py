"""Code in a fresh process that sees the compile cache as a worker does, and only reads it."""

import subprocess
import sys

from grader.sandbox import cache
from grader.sandbox.environment import environment


def said(code: str, *arguments: str) -> str:
    """What the code prints."""
    command = [sys.executable, "-W", "ignore", "-c", code, *arguments]
    env = environment(cache.location(), fill_cache=False)
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout
