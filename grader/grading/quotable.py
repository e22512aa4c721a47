"""What of a submission may be quoted to the person who handed it in (trusted side).

A process that starts after another one of the same submission was sent a hidden input may have been
told it, in a way that nobody thought of. So the first that is sent one is the last that is quoted:
with what it had said before. What later ones say of public cases is put aside, and what they add is
that a call raised, or did not, and the answers to hidden cases, which are never quoted.
"""

from dataclasses import dataclass, field

from grader.core.observation import Observation, unworded


@dataclass
class Quotable:
    """What was seen and printed before any process of a submission was sent a hidden input."""

    closed: bool = False
    seen: dict[str, Observation] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)

    def close(self, seen: dict[str, Observation], printed: dict[str, str]) -> None:
        """Take this for all that may ever be quoted: a hidden input is about to be sent."""
        if not self.closed:
            self.closed, self.seen, self.printed = True, dict(seen), dict(printed)

    def instead(self, case: str, seen: Observation) -> Observation:
        """What stands for what a later process has shown of a public case."""
        return self.seen.get(case, unworded(seen))
