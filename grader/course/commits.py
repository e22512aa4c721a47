"""The date of the last commit of a clone, asked of git (trusted side).

The clone may hold what a student chose: git is told to run nothing and to fetch nothing, and reads
no settings but the clone's own, which are written by who cloned it.
"""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

PATIENCE = 20.0
_QUIET = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}
_NOTHING = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")


def last_commit(folder: Path) -> datetime | None:
    """When the commit that is checked out was made; None where that cannot be told."""
    git = shutil.which("git")
    if git is None or not (folder / ".git").is_dir():
        return None
    # rev-list is plumbing: it checks no signature, starts no pager and reads no working tree.
    ask = ("rev-list", "--max-count=1", "--no-commit-header", "--format=%ct", "HEAD", "--")
    environment = {"PATH": os.environ.get("PATH", ""), **_QUIET}
    try:
        done = subprocess.run(
            [git, f"--git-dir={folder / '.git'}", *_NOTHING, *ask],
            capture_output=True,
            timeout=PATIENCE,
            env=environment,
            check=True,
        )
        return datetime.fromtimestamp(int(done.stdout), UTC)
    except (OSError, subprocess.SubprocessError, ValueError, OverflowError):
        return None
