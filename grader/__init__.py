"""The engine: grades one submission, on the trusted side. Knows no exercise in particular."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.kernel.live import Checked

__version__ = "0.1.0"
NAME = "lift-grader"
SCRATCH = "grader-run-"  # how a folder of ours in the temporary directory begins
ROOT = Path(__file__).resolve().parent.parent  # of the checkout, or where it was installed


def check(
    function: object = None, *, timeout: float = 30.0, verbose: bool = False
) -> "Checked | None":
    """Grade the function that a notebook's cells define, and show what its answers show.

    Without an argument, the function that the exercise asks for. Whatever it needs of other cells
    comes along. It runs in processes of its own, for at most `timeout` seconds. The first screen
    has what helps most; `verbose` shows every check, number and remark. A submission that is being
    graded and calls this itself has another one (`grader.worker.script`).
    """
    from grader.kernel.live import check_live

    return check_live(function, timeout, verbose)
