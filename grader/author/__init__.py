"""Writing an exercise in two files: proved, built and tried (the author's side).

`solution.py` of an exercise is run here, and nowhere else. It imports `instead_of` from here.
"""

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["build", "new", "trial", "warm"]

MARK = "instead_of"
_Function = TypeVar("_Function", bound=Callable[..., Any])


def instead_of(step: Callable[..., Any]) -> Callable[[_Function], _Function]:
    """Say that a function is a pitfall: what students write instead of a step.

    Its name, with hyphens, is the id of the fault in `exercise.toml`. Within it the step's own name
    is the right step, and all others are whatever stands for them in the program.
    """

    def mark(pitfall: _Function) -> _Function:
        setattr(pitfall, MARK, step)
        return pitfall

    return mark
