"""What a bulk run left behind, read again: one submission at a time (trusted side)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.core import behaviour
from grader.core.behaviour import NOTHING, Behaviour
from grader.core.errors import UsageError
from grader.core.report import Report, from_json
from grader.core.source import shown
from grader.results import summary
from grader.results.store import BEHAVIOUR, REPORTS, SOURCES
from grader.results.summary import Summary


@dataclass(frozen=True)
class Result:
    """One submission: its report, what it did, and the lines of its source, fit to be shown."""

    id: str
    report: Report
    behaviour: Behaviour
    source: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """The folder of a bulk run and its summary; iterating reads one submission after the other."""

    folder: Path
    summary: Summary

    def __iter__(self) -> Iterator[Result]:
        """Read them in the order of their ids."""
        return (self.load(row.id) for row in self.summary.submissions)

    def load(self, id: str) -> Result:
        """Read one submission; raises UsageError where its report is missing or damaged.

        What was seen and the source may be missing: results of older runs have neither.
        """
        try:
            report = from_json((self.folder / REPORTS / f"{id}.json").read_bytes())
        except (OSError, msgspec.MsgspecError) as error:
            raise UsageError(f"The report of {id} cannot be read: {error}.") from None
        seen, source = NOTHING, b""
        with suppress(OSError, msgspec.MsgspecError):
            seen = behaviour.from_json((self.folder / BEHAVIOUR / f"{id}.json").read_bytes())
        with suppress(OSError):
            source = (self.folder / SOURCES / f"{id}.py").read_bytes()
        return Result(id, report, seen, shown(source))


def read(folder: Path) -> Results:
    """Open the results of a bulk run; raises UsageError where there are none."""
    return Results(folder, summary.read(folder))
