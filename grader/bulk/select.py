"""Which submissions a run is asked to grade: by id, by status, by fault (trusted side)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from grader.core.errors import UsageError
from grader.results.summary import Row
from grader.sources.entry import Entry


@dataclass(frozen=True)
class Selection:
    """Ids, statuses, faults; nothing selects all. Who has a status or a fault is graded again."""

    only: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything was asked for."""
        return bool(self.only or self.statuses or self.faults)

    @property
    def again(self) -> bool:
        """Tell whether what is done is graded again: who is selected by a result has one."""
        return bool(self.statuses or self.faults)

    def choose(self, entries: Sequence[Entry], earlier: Mapping[str, Row]) -> list[Entry]:
        """Give what all of it leaves; raises UsageError for a name that is nobody's."""
        ids = {id for listed in self.only for id in re.split(r"[,\s]+", listed) if id}
        _check("submission with the id", ids, {entry.id for entry in entries})
        rows = [earlier[entry.id] for entry in entries if entry.id in earlier]
        known = {fault for row in rows for fault in row.faults}
        _check(
            "submission among these results with the status",
            self.statuses,
            {row.status for row in rows},
        )
        _check("submission among these results with the fault", self.faults, known)
        return [e for e in entries if (not ids or e.id in ids) and self._has(earlier.get(e.id))]

    def _has(self, row: Row | None) -> bool:
        if not self.again:
            return True
        if row is None:
            return False
        status = not self.statuses or row.status in self.statuses
        return status and (not self.faults or bool(set(self.faults) & set(row.faults)))


def _check(what: str, asked: Collection[str], known: Collection[str]) -> None:
    for name in sorted(asked):
        if name not in known:
            import difflib

            close = difflib.get_close_matches(name, known, n=1)
            also = f" Did you mean {close[0]}?" if close else ""
            raise UsageError(f"There is no {what} {name}.{also}")
