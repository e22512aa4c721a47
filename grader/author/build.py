"""Builds an exercise in two files: proves it, writes its key and what is derived from it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np

from grader import wire
from grader.author import derive, secret
from grader.author.answers import answers, in_numbers, variants
from grader.author.draw import Cases
from grader.author.proof import Proof, prove
from grader.author.solution import Solution, load, name_of
from grader.authored import definition as definitions
from grader.authored import exercise as exercises
from grader.authored.built import SOLUTION, source_digest
from grader.authored.view import REFERENCE
from grader.core import key_file
from grader.core.case import Case
from grader.core.errors import UsageError
from grader.core.key import KeyCase
from grader.core.observation import parse_tree
from grader.core.tree import leaves, written
from grader.sandbox import cache
from grader.sandbox.environment import environment
from grader.worker.arrays import draw_probe


@dataclass(frozen=True)
class Built:
    """What was built: how many of everything, and what was proved."""

    programs: int
    public: int
    hidden: int
    is_development: bool
    proof: Proof

    def lines(self) -> Iterator[str]:
        """What its author reads."""
        proof = self.proof
        yield f"{self.programs} programs, {self.public} public and {self.hidden} hidden cases."
        (far, variant), (near, name) = proof.legitimate, proof.nearest
        yield (
            f"Tolerance {proof.tolerance:.1e}: {variant} is off by {far:.1e}, "
            f"the nearest wrong program ({name}) by {near:.1e}."
        )
        yield from proof.remarks


def build(folder: Path) -> Built:
    """Prove and build a folder's exercise; raises UsageError that says what its author can mend."""
    definition = definitions.read(folder)
    drawn, course = Cases(definition), secret.course_secret()
    public, hidden = drawn.public(), drawn.hidden(course)
    cases = [*public, *hidden]
    with cache.filling(cache.location("builder")) as place:
        os.environ.update(environment(place, fill_cache=True))
        solution = load(folder, definition)
        programs = {
            name_of(program): answers(solution, program, cases) for program in solution.programs()
        }
        _require_sound(folder, programs[REFERENCE], cases, solution)
        others = _variants(solution, public)
        probe = draw_probe()
    proof = prove(programs, others)
    if proof.troubles:
        lines = {p.fault: f":{p.line}" for ps in solution.pitfalls.values() for p in ps}
        told = (f"{folder / SOLUTION}{lines.get(name, '')}: {why}." for name, why in proof.troubles)
        raise UsageError("\n".join(told))
    derive.write(folder, definition)
    kept = [
        _key_case(case, {name: row[place] for name, row in programs.items()})
        for place, case in enumerate(cases)
    ]
    _write_key(folder, course, kept, solution, proof.tolerance, probe)
    known = course == secret.DEVELOPMENT
    return Built(len(programs), len(public), len(hidden), known, proof)


def _require_sound(
    folder: Path, row: list[wire.Answer], cases: list[Case], solution: Solution
) -> None:
    """Refuse a reference that raises, changes what it is handed, or gives what is no tree."""
    for case, answer in zip(cases, row, strict=True):
        if isinstance(answer, wire.Raised):
            said = f"the reference raised on {case.id}: {answer.type}: {answer.message}"
            line = f":{answer.frames[-1][0]}" if answer.frames else ""
            raise UsageError(f"{folder / SOLUTION}{line}: {said}")
        if answer.mutated:
            raise UsageError(f"{folder / SOLUTION}: the reference changes what it is handed.")
        for path, leaf in leaves(parse_tree(answer.tree)):
            if leaf.values is None and leaf.kind not in ("str", "NoneType"):
                told = f"{written(path)} of the reference's answer is a {leaf}"
                raise UsageError(f"{folder / SOLUTION}: {told}, which is compared with nothing.")
    if answers(solution, (), cases) != row:
        raise UsageError(
            f"{folder / SOLUTION}: the reference gives other answers when called again."
        )


def _variants(solution: Solution, cases: list[Case]) -> Mapping[str, list[tuple[int, wire.Answer]]]:
    found: dict[str, list[tuple[int, wire.Answer]]] = {}
    for place, case in enumerate(cases[:-1]):
        for name, answer in variants(solution, case):
            found.setdefault(name, []).append((place, answer))
    return found


def _write_key(
    folder: Path,
    course: str,
    cases: Sequence[KeyCase],
    solution: Solution,
    tolerance: float,
    probe: wire.Array,
) -> None:
    """Write both halves."""
    front, back = (tuple(k for k in cases if k.case.public == public) for public in (True, False))
    exercise = exercises.read(folder)
    write = partial(
        key_file.write,
        versions={name: version(name) for name in ("jax", "flax")},
        probe=probe,
        hidden_count=len(back),
        steps={step: tuple(p.fault for p in found) for step, found in solution.pitfalls.items()},
        tolerance=tolerance,
    )
    public, known = exercise.public_key, course == secret.DEVELOPMENT
    write(public, front, source=source_digest(folder))
    hidden = source_digest(folder, course)
    write(exercise.hidden_key, back, source=hidden, front=public, is_development=known)


def _key_case(case: Case, programs: Mapping[str, wire.Answer]) -> KeyCase:
    kept = {name: _as_kept(answer) for name, answer in programs.items()}
    return KeyCase(case, _expected(programs[REFERENCE]), {}, programs=kept)


def _as_kept(answer: wire.Answer) -> wire.Answer:
    """An answer without the lines of the author's file."""
    return wire.Raised(answer.type, answer.message) if isinstance(answer, wire.Raised) else answer


def _expected(answer: wire.Answer) -> np.ndarray:
    numbers = in_numbers(answer)
    assert numbers is not None
    return np.asarray(numbers.real)
