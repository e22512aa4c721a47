"""When one submission was handed in, as a platform tells it (pure, trusted side)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_ISO = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)? ?"
    r"(?P<zone>Z|UTC|[+-]\d\d:?\d\d|[A-Za-z]+(?:/[A-Za-z_+\-\d]+)+)?"
)
MAX_STAMP = 200


@dataclass(frozen=True)
class Stamp:
    """What a platform tells of one submission: a time, or only whether it was late; and who does.

    A time without a zone is one of the course's zone.
    """

    at: datetime | None
    late: bool | None
    by: str
    told: int = 0  # attempts that the platform tells of, this one with them


def time(written: str) -> datetime | None:
    """A time as platforms write it, with its zone where it has one; None for anything else."""
    known = _ISO.fullmatch(written.strip()[:MAX_STAMP])
    if known is None:
        return None
    zone = known["zone"] or ""
    try:
        at = datetime.fromisoformat(f"{known['date']}T{known['time']}")
        if zone in ("Z", "UTC"):
            return at.replace(tzinfo=UTC)
        if zone[:1] in ("+", "-"):
            return datetime.fromisoformat(f"{at.isoformat()}{zone}")
        return at.replace(tzinfo=ZoneInfo(zone)) if zone else at
    except (ValueError, OSError, LookupError):
        return None


def later(one: Stamp | None, other: Stamp) -> Stamp:
    """The newest attempt is the one that is graded."""
    return one if one and one.at and other.at and one.at >= other.at else other
