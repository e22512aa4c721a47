"""Takes out of texts and sources what could tell who wrote them (pure, trusted side).

Comments, strings and what a program printed go; words from the ids and file names of the class are
put out wherever they stand; a pseudonym depends on the file alone, so that it stays the same.
"""

import builtins
import hashlib
import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import structs

from grader.classreport.strip import strip
from grader.report import DiagnosisPart, Report

SHORTEST = 3  # letters of a word that could be a name
SOMEONE = "someone"
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d{4,}")
_RAISED = re.compile(r"\braised .*", re.DOTALL)


def words(text: str) -> set[str]:
    """The words of a text or a name, parts of compound ones too, in small letters."""
    parts = {p for found in (_WORD.findall(text), re.findall(r"[^\W\d_]+", text)) for p in found}
    return {part.casefold() for part in parts if len(part) >= SHORTEST}


@dataclass(frozen=True)
class Mask:
    """The words that could be names: those of the class, less those of the task and of Python."""

    names: frozenset[str]

    @classmethod
    def of(cls, ids: Iterable[str], task: str) -> "Mask":
        """Take the words of ids and file names; `task` holds the words that everyone uses."""
        names = {word for id in ids for word in words(id)}
        known = words(task) | {w for name in (*keyword.kwlist, *dir(builtins)) for w in words(name)}
        return cls(frozenset(names - known))

    def text(self, text: str) -> str:
        """A text without words that could be names."""
        return _WORD.sub(self._word, text)

    def source(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """A source without comments, strings and names of the class; none if it is not Python."""
        return tuple(self.text(line) for line in strip(lines))

    def _word(self, found: re.Match[str]) -> str:
        return SOMEONE if found[0].casefold() in self.names else found[0]

    def report(self, report: Report, pseudonym: str) -> Report:
        """A report without names, and without what an exception said."""

        def said(text: str) -> str:
            return self.text(_RAISED.sub("raised an exception.", text))

        found = report.diagnosis
        example = found.example
        if example is not None:
            example = structs.replace(example, came_back=said(example.came_back))
        faults = tuple(structs.replace(f, evidence=said(f.evidence)) for f in found.faults)
        diagnosis = DiagnosisPart(
            faults, found.alternatives, found.weights, said(found.remark), example
        )
        return structs.replace(
            report,
            submission=structs.replace(report.submission, name=pseudonym, sha256=""),
            message="" if report.status == "graded" else f"The run ended as {report.status}.",
            checks=tuple(structs.replace(c, message=said(c.message)) for c in report.checks),
            diagnosis=diagnosis,
        )


def pseudonyms(digests: Mapping[str, str]) -> dict[str, str]:
    """A pseudonym for each id, from the digest of its file; equal files are numbered."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for id in sorted(digests, key=lambda id: (digests[id], id)):
        name = f"anon-{hashlib.sha256(f'pseudonym {digests[id]}'.encode()).hexdigest()[:8]}"
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        given[id] = free
    return given
