"""Whether an answer is the expected one."""

import numpy as np

from exercise.findings.form import RIGHT_DTYPES, TOLERANCE, scale
from exercise.model import Inputs
from exercise.model.layer import dense
from exercise.model.names import OF_64_BITS
from grader.core.key import KeyCase
from grader.core.observation import Observation, Returned


def agrees(seen: Observation, case: KeyCase) -> bool:
    """Tell whether an observation is the expected answer, within the tolerance."""
    if not isinstance(seen, Returned) or not seen.bare or seen.dtype not in RIGHT_DTYPES:
        return False
    array = seen.array
    if array is None or array.shape != case.expected.shape:
        return False
    right = [case.expected]
    if OF_64_BITS in case.parts:
        inputs = Inputs.of(case)
        right.append(dense(inputs.drawn(OF_64_BITS), inputs).mean(axis=0))
    return any(np.abs(array - answer).max() <= TOLERANCE * scale(case) for answer in right)
