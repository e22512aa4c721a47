"""A run beside its key: what each case came to, and what each program would have (trusted side)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from grader.authored.outcome import Outcome, outcome, same
from grader.core.key import Key, KeyCase
from grader.core.observation import Observation, parse
from grader.core.run import Run
from grader.search import Model, Program, Row, Step

REFERENCE = ""


def _row(fault: str) -> Row:
    """A pitfall, or the right step; what it does was done when the key was built."""
    return Row(fault, lambda before, _: (*(before or ()), fault), (fault,))


def name_of(program: Program) -> str:
    """The name under which the key has a program's answers."""
    return "+".join(row.name for row in program.replaced.values())


@dataclass(frozen=True)
class View:
    """A run, its key, and the run in the other order if there was one."""

    key: Key
    run: Run
    second: Run | None

    @cached_property
    def model(self) -> Model:
        """The steps of the key, and the pitfalls that may stand in their places."""
        steps = self.key.steps.items()
        return Model(tuple(Step(step, (_row(""), *map(_row, faults))) for step, faults in steps))

    @property
    def tolerance(self) -> float:
        """How far a number may be off, relative to its array's."""
        return self.key.tolerance

    @cached_property
    def seen(self) -> list[tuple[KeyCase, Observation]]:
        """What was seen, case by case, in the order of the key."""
        seen = self.run.seen
        return [(k, seen[k.case.id]) for k in self.key.cases if k.case.id in seen]

    @cached_property
    def outcome_of(self) -> dict[str, Outcome]:
        """What each case came to, by id."""
        return {case.case.id: seen for case, seen in self.outcomes}

    @cached_property
    def outcomes(self) -> list[tuple[KeyCase, Outcome]]:
        """The same, looked at leaf by leaf."""
        return [(case, outcome(seen)) for case, seen in self.seen]

    @cached_property
    def _predicted(self) -> dict[tuple[str, str], Outcome]:
        return {}

    def predicted(self, case: KeyCase, program: str) -> Outcome | None:
        """What a program does on a case; None for one that the key does not know."""
        place = (case.case.id, program)
        if place not in self._predicted and program in case.programs:
            self._predicted[place] = outcome(parse(case.programs[program], whole=True))
        return self._predicted.get(place)

    def expected(self, case: KeyCase) -> Outcome:
        """What the reference does."""
        found = self.predicted(case, REFERENCE)
        assert found is not None
        return found

    @cached_property
    def matches(self) -> dict[str, bool]:
        """For each case that was called, whether its answer is the expected one."""
        return {
            case.case.id: same(seen, self.expected(case), self.tolerance)
            for case, seen in self.outcomes
        }

    def wrong(self, *, public: bool) -> Iterator[tuple[KeyCase, Outcome]]:
        """The cases that went wrong, public or hidden ones."""
        for case, seen in self.outcomes:
            if case.case.public == public and not self.matches[case.case.id]:
                yield case, seen
