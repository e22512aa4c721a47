"""A program that raised, with what raised repaired in a copy of it (trusted side)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.core.run import Run
from grader.core.submission import Submission


@dataclass(frozen=True)
class Mend:
    """One repair: the program with it, which fault it mends and on which line of the file.

    The fault is empty where none of the exercise's is behind it, as with a misspelt name. `kind`
    and `words` are what the exercise's wording of it is made of. One that is not `public` mends
    what calls with hidden inputs alone raise: where it is could tell them.
    """

    content: bytes
    fault: str
    line: int
    kind: str
    words: Mapping[str, str] = field(default_factory=dict)
    public: bool = True


@dataclass(frozen=True)
class Mended:
    """The mended program, its repairs in the order in which they were made, and its run."""

    mends: tuple[Mend, ...]
    program: Submission
    run: Run
