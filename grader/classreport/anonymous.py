"""Takes out of texts and sources what could tell who wrote them (pure, trusted side).

Comments, strings and what a program printed go; words from the ids and file names of the class are
replaced wherever they stand; a pseudonym depends on the file alone, so that it stays the same.
"""

import builtins
import hashlib
import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import structs

from grader.classreport.strip import strip
from grader.core.report import DiagnosisPart, Report

SHORTEST = 2  # letters of a word that could be a name
INSIDE = range(4, 25)  # letters of one that is replaced inside a longer word too
SOMEONE = "someone"
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d{4,}")
_RAISED = re.compile(r"\braised (?:an exception|(\w*)).*", re.DOTALL)
_EXCEPTIONS = frozenset(
    name
    for name, known in vars(builtins).items()
    if isinstance(known, type) and issubclass(known, BaseException)
)


def words(text: str) -> set[str]:
    """The words of a text or a name, parts of compound ones too, in plain letters."""
    parts = {p for found in (_WORD.findall(text), re.findall(r"[^\W\d_]+", text)) for p in found}
    return {_plain(part) for part in parts if len(part) >= SHORTEST}


def _plain(word: str) -> str:
    """Small letters without accents: who is called Zoë may write `zoe` in a program."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


@dataclass(frozen=True)
class Mask:
    """The words that could be names: those of the class, less those of the task and of Python."""

    names: frozenset[str]
    known: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ids: Iterable[str], task: str) -> "Mask":
        """Take the words of ids and file names; `task` holds the words that everyone uses."""
        names = {word for id in ids for word in words(id)}
        known = words(task) | {w for name in (*keyword.kwlist, *dir(builtins)) for w in words(name)}
        return cls(frozenset(names - known), frozenset(known))

    def text(self, text: str) -> str:
        """A text without words that could be names."""
        return _WORD.sub(self._word, text)

    def source(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """A source without comments, strings and names of the class; none if it is not Python."""
        return tuple(self.text(line) for line in strip(lines))

    def _word(self, found: re.Match[str]) -> str:
        word = _plain(found[0])
        return SOMEONE if word in self.names or self._holds_one(word) else found[0]

    def _holds_one(self, word: str) -> bool:
        """Tell whether a name runs on into other letters, as in `adasmodel`."""
        return word not in self.known and any(
            word[start : start + size] in self.names
            for size in INSIDE
            for start in range(len(word) - size + 1)
        )

    def report(self, report: Report, pseudonym: str) -> Report:
        """A report without names, and without what an exception said."""

        def said(text: str) -> str:
            return self.text(_RAISED.sub(_raised, text))

        found = report.diagnosis
        example = found.example
        if example is not None:
            example = structs.replace(example, came_back=said(example.came_back))
        faults = tuple(structs.replace(f, evidence=said(f.evidence)) for f in found.faults)
        diagnosis = DiagnosisPart(
            faults, found.alternatives, found.picture, said(found.remark), example
        )
        return structs.replace(
            report,
            submission=structs.replace(report.submission, name=pseudonym, sha256=""),
            message="" if report.status == "graded" else f"The run ended as {report.status}.",
            raised="",
            checks=tuple(structs.replace(c, message=said(c.message)) for c in report.checks),
            diagnosis=diagnosis,
        )


def _raised(found: re.Match[str]) -> str:
    """Of what was raised, the type alone, and only one of Python's own."""
    return f"raised {found[1] if found[1] in _EXCEPTIONS else 'an exception'}."


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
