"""Least squares: with which weights an answer is made of copies.

Evidence where no program of the error model gives the answers, and the picture of those that do.
"""

import numpy as np

from exercise.findings.form import TOLERANCE
from exercise.model import Inputs
from exercise.model.layer import dense
from grader.core.key import KeyCase
from grader.search import Row

WEIGHT = 1e-3  # a weight smaller than this is nothing, two closer than this are equal


@np.errstate(over="ignore", invalid="ignore")  # answers may be as large as they like
def solve(copies: np.ndarray, answer: np.ndarray) -> np.ndarray | None:
    """The only weights (n,) with weights @ copies == answer; copies (n, F), answer (F,).

    None where no weights give the answer, or more than one choice of them does.
    """
    if answer.shape != copies.shape[1:] or not np.isfinite(answer).all():
        return None
    weights, _, rank, _ = np.linalg.lstsq(copies.T, answer, rcond=1e-6)
    if rank < len(copies):
        return None
    scale = max(1.0, float(np.abs(answer).max()))
    residual = float(np.abs(weights @ copies - answer).max())
    return weights if residual <= TOLERANCE * scale else None


def right_copies(case: KeyCase) -> np.ndarray:
    """The outputs (n, F) of the copies that a right program averages."""
    inputs = Inputs.of(case)
    return dense(inputs.kernels["split"][: inputs.n], inputs)


def different_copies(keys: Row, case: KeyCase) -> int:
    """How many different copies a row of keys makes."""
    return len(np.unique(keys.do(None, Inputs.of(case)), axis=0))


def of_right_copies(case: KeyCase, answer: np.ndarray) -> np.ndarray | None:
    """The weights (n,) of an answer (F,) that is a weighted sum, not zero, of the right copies.

    None where there are as many copies as numbers: then any answer is such a sum.
    """
    copies = right_copies(case)
    weights = solve(copies, answer) if len(copies) < answer.size else None
    return weights if weights is not None and np.abs(weights).max() > WEIGHT else None
