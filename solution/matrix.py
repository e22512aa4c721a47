"""The matrix of wrong programs by case, and the file that keeps it: matrix.txt.

A line for each case and each program, so that a change shows as the lines that it changes. Hidden
cases are those of the secret for development.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from exercise.findings.form import TOLERANCE
from exercise.plan import first_plan
from grader.author import secret
from grader.core.case import Case
from grader.core.key import Key, KeyCase
from solution import cases as chosen
from solution import catalogue
from solution.build import JUDGING

ROOT = Path(__file__).resolve().parent
FILE = ROOT / "matrix.txt"
FEW = 3  # a program that fewer cases than this catch may need what comes before them
RIGHT, UNASKED = ".", "-"


@dataclass(frozen=True)
class Row:
    """How far off a program is on each case: 0 where it is right, None where it was not asked."""

    source: str
    off: tuple[float | None, ...]


@dataclass(frozen=True)
class Matrix:
    """All rows, and for each case its inputs' digest and the programs that pass without it."""

    cases: dict[str, str]
    needs: dict[str, tuple[str, ...]]
    programs: dict[str, Row]

    def passing(self) -> list[str]:
        """The wrong programs that no case catches."""
        return [name for name, row in self.programs.items() if not any(row.off)]

    def only(self, *cases: str) -> list[str]:
        """The programs that nothing but these cases catches."""
        inside = [id in cases for id in self.cases]
        return [
            name
            for name, row in self.programs.items()
            if any(row.off)
            and all(seen or not off for seen, off in zip(inside, row.off, strict=True))
            and None not in row.off
        ]

    def superfluous(self) -> list[str]:
        """What nothing would be missed without: sizes, and further cases of a size."""
        groups = by_size()
        found = [str(size) for size, ids in groups.items() if not self.only(*ids)]
        for ids in groups.values():
            halves = ([i for i in ids if i.startswith(half)] for half in ("public", "hidden"))
            further = [id for half in halves if len(half) > 1 for id in half]
            found += [id for id in further if not self.only(id) and not self.needs.get(id)]
        return found

    def smallest_wrong(self) -> tuple[float, str]:
        """The least deviation by which a program is caught, and which one."""
        most = {name: max(o or 0 for o in row.off) for name, row in self.programs.items()}
        return min((off, name) for name, off in most.items() if off)

    def stale(self) -> list[str]:
        """The programs whose row is missing, or is of another source or of other cases."""
        same = self.cases == {c.id: _digest_of(c) for c in all_cases()}
        return [
            name
            for name, source in sources().items()
            if not same or name not in self.programs or self.programs[name].source != source
        ]

    def gone(self) -> list[str]:
        """The programs that have a row and are no more."""
        return [name for name in self.programs if name not in sources()]

    def verdicts(self) -> dict[str, list[bool]]:
        """Which answers are wrong, without by how much."""
        return {name: [bool(off) for off in row.off] for name, row in self.programs.items()}

    def write(self) -> None:
        """Keep it."""
        lines = [
            f"case {id} {digest} {','.join(self.needs.get(id, ())) or RIGHT}"
            for id, digest in self.cases.items()
        ]
        for name, row in self.programs.items():
            lines.append(" ".join((name, row.source, *map(_text, row.off))))
        FILE.write_text("\n".join(lines) + "\n", "utf-8")


def read() -> Matrix:
    """The matrix that is kept; an empty one, if there is none."""
    cases, needs, programs = {}, {}, {}
    text = FILE.read_text("utf-8") if FILE.exists() else ""
    for line in text.splitlines():
        name, *parts = line.split()
        if name == "case":
            id, cases[id], without = parts[0], parts[1], parts[2]
            needs[id] = tuple(without.split(",")) if without != RIGHT else ()
        else:
            programs[name] = Row(parts[0], tuple(map(_number, parts[1:])))
    return Matrix(cases, needs, programs)


def compute(kept: Matrix, key: Key) -> Matrix:
    """Run what is stale, on the key's cases."""
    plan, stale = first_plan(key), kept.stale()
    found = catalogue.measure(stale, {"": (key.cases, plan)})
    rows = kept.programs | {
        name: Row(sources()[name], tuple(_kept(off) for off in found[name][""])) for name in stale
    }
    now = {k.case.id: _digest_of(k.case) for k in key.cases}
    new = Matrix(now, {}, {name: rows[name] for name in sources()})
    return replace(new, needs=_needs(new, key) if stale or kept.gone() else kept.needs)


def _needs(matrix: Matrix, key: Key) -> dict[str, tuple[str, ...]]:
    """For a case that alone catches nothing: the programs that pass where it is left out."""
    plan = first_plan(key)
    rarely = [n for n, row in matrix.programs.items() if 0 < sum(map(bool, row.off)) <= FEW]
    rarely = [name for name in rarely if name.endswith(catalogue.SAMPLE)]
    without = {
        id: ([k for k in key.cases if k.case.id != id], plan)
        for id in matrix.cases
        if not matrix.only(id)
    }
    found = catalogue.measure(rarely, without)
    return {
        id: tuple(n for n in rarely if not any(catalogue.wrong(found[n][id]))) for id in without
    }


def all_cases() -> tuple[Case, ...]:
    """All cases, the hidden ones those of the secret for development."""
    return chosen.public_cases() + chosen.hidden_cases(secret.DEVELOPMENT)


def by_size() -> dict[chosen.Size, list[str]]:
    """The cases of each size."""
    groups: dict[chosen.Size, list[str]] = {}
    for case in all_cases():
        size = len(case.array("x")), case.integer("n_copies"), case.integer("features")
        groups.setdefault(size, []).append(case.id)
    return groups


def sources() -> dict[str, str]:
    """A digest of what each program is made of."""
    steps = (ROOT / "pitfalls.py").read_bytes() + (ROOT / "reference.py").read_bytes()
    mutants = _digest(steps)
    return {
        name: _digest((catalogue.FOLDER / name).read_bytes())
        if name.endswith(catalogue.SAMPLE)
        else mutants
        for name in catalogue.names()
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:12]


def _digest_of(case: Case) -> str:
    """A digest of a case, and of how answers are judged."""
    judging = (_digest(path.read_bytes()) for path in JUDGING)
    values = (np.asarray(v).tobytes().hex() for v in case.arguments.values())
    parts = [case.id, *values, *judging]
    return _digest("\n".join(parts).encode())


def _kept(off: float | None) -> float | None:
    """Three digits of a wrong answer's deviation; nothing of a right one's."""
    return off if off is None else float(f"{off:.2e}") if off > TOLERANCE else 0.0


def _text(off: float | None) -> str:
    return UNASKED if off is None else f"{off:.2e}" if off else RIGHT


def _number(text: str) -> float | None:
    return None if text == UNASKED else 0.0 if text == RIGHT else float(text)


def development_key() -> Key:
    """All cases with their expected answers, whatever key was built."""
    from solution.reference import custom_lift_forward

    def answered(case: Case) -> KeyCase:
        return KeyCase(case, np.asarray(custom_lift_forward(**case.arguments)), {})  # type: ignore[arg-type]

    public = tuple(map(answered, chosen.public_cases()))
    hidden = tuple(map(answered, chosen.hidden_cases(secret.DEVELOPMENT)))
    return Key({}, np.zeros(0), public, hidden, len(hidden), "")
