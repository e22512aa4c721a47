"""How a call is written."""

import numpy as np

from grader.core.case import Case
from grader.core.diagnosis import number


def show_call(case: Case) -> str:
    """Write the call of a case as a student would type it."""
    parts = []
    for name, value in case.arguments.items():
        text = str(value)
        if isinstance(value, np.ndarray):
            text = "[" + ", ".join(number(float(v)) for v in value) + "]"
        parts.append(f"{name}={text}")
    return f"custom_lift_forward({', '.join(parts)})"
