"""The score that counts, beside the automatic one, as it is written (trusted side).

The automatic score stays as it is in the report. The course's points, a person's corrections, which
attempt counts and how late it was are steps from there, each with a sentence that a student reads.
"""

from datetime import datetime
from typing import Literal

import msgspec

Number = int | float


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: which rule, what a student reads of it, and the score after it."""

    rule: Literal["points", "attempt", "correction", "late"]
    said: str
    score: Number | None


class Timing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When it was due and handed in; `days` late, of which `free_days` cost nothing.

    `late` is null where that is not known; `days` also where only that it was late is known.
    """

    due: datetime | None
    handed_in: datetime | None
    late: bool | None
    days: int | None
    free_days: int | None
    told_by: str


class Final(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one submission counts; `score` is null where it is excused, or none is known.

    `automatic` is the score of the newest file, `attempt_score` that of the attempt that counts.
    `unknown` and `warnings` are for the instructor: what no rule could be applied to, and
    corrections under which something has changed.
    """

    id: str
    automatic: int | None
    automatic_max: int
    attempt_score: int | None
    score: Number | None
    max_score: Number
    without_late: Number | None
    state: Literal["scored", "excused", "none"]
    section: str
    sha256: str
    timing: Timing | None
    steps: tuple[Step, ...]
    unknown: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
