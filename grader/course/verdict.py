"""The score that counts, in one sentence, for whoever reads it (pure, trusted side)."""

from grader.course.final import Final
from grader.course.words import shown


def verdict(final: Final) -> str:
    """What counts."""
    if final.state == "excused":
        return "Excused: no score counts."
    if final.score is None:
        return "There is no score yet."
    return f"{shown(final.score)} of {shown(final.max_score)} points."
