"""Code in a process that has only imported JAX, and sees the compile cache as a worker does.

It may use private parts of JAX, which are then no other test's.
"""

import sys

from grader.sandbox import cache
from grader.sandbox.environment import environment
from tests.support import forked


def said(code: str, *arguments: str) -> str:
    """What the code prints."""
    env = environment(cache.location(), fill_cache=False)
    done = forked.run(__name__, code, *arguments, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    del sys.argv[0]
    exec(sys.argv[0], {"__name__": "__main__"})  # noqa: S102
