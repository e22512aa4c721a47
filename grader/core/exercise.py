"""What the engine needs to know of an exercise: the seam between the two (trusted side)."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from grader.core.errors import GraderError

if TYPE_CHECKING:
    from grader.core.case import Case
    from grader.core.diagnosis import Asks, Diagnosis
    from grader.core.key import Key
    from grader.core.mended import Mend, Mended
    from grader.core.run import Plan, Run
    from grader.core.submission import Submission


class FaultPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wording of one fault: a hint for the report, and the page that `explain` prints."""

    title: str
    hint: str
    what: str
    why: str
    wrong: str
    right: str


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All wording of an exercise that is data: faults and advice by id."""

    faults: dict[str, FaultPage]
    advice: dict[str, str]


Levels = tuple[str, str, str, str]


class Hints(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An exercise's hints: the highest level given, and what its fault pages do not say.

    `where` tells by fault what to look at in the student's line; `endings` are all levels of a
    hint on how a run ended.
    """

    highest_level: int
    where: dict[str, str]
    endings: dict[str, Levels] = msgspec.field(default_factory=dict)


@dataclass(frozen=True)
class Exercise:
    """One exercise: its function, its folder of public files, and how its answers are explained.

    `secret` is the folder of the secret side, which no submission may read and nothing packs, but
    for the hidden half of the key. `packed` are the names of the public files that are handed out,
    where it is not an installed package. With `whole` answers are trees, and looked at whole.
    """

    id: str
    title: str
    function: str
    parameters: tuple[str, ...]
    folder: Path
    secret: Path
    plan: Callable[["Key"], "Plan"]
    second_plan: Callable[["Key", "Asks"], "Plan"]
    diagnose: Callable[["Submission", "Key", "Run", "Run | None", "Mended | None"], "Diagnosis"]
    mend: Callable[["Submission", "Run"], Sequence["Mend"]]  # of a run with calls that raised
    show_call: Callable[["Case"], str]
    sizes: Callable[["Key"], Sequence[tuple[int, ...]]]  # for the warm-up script
    right_answer: Path  # a sample that earns all points, where this is a whole checkout
    read_wording: Callable[[], Wording]
    read_hints: Callable[[], Hints]
    warmup: Path  # a neutral script: what every submission needs of JAX, for warm processes
    skeleton: Path  # templates of a new pitfall's files, where the secret side is at hand
    whole: bool = False
    packed: tuple[str, ...] = ()
    build: str = "make key"  # the command that builds the key
    require_built: Callable[[], None] = lambda: None  # raises UsageError

    @property
    def stub(self) -> Path:
        """The unfinished file handed out."""
        return self.folder / f"{self.id}.py"

    @property
    def checks(self) -> Path:
        """The pytest file with the graded properties."""
        return self.folder / "checks.py"

    @property
    def public_key(self) -> Path:
        """The half of the key that may be handed out."""
        return self.folder / "key" / "public.key"

    @property
    def hidden_key(self) -> Path:
        """The half that stays with the instructor, where the secret side is."""
        return self.secret / "key" / "hidden.key"

    @property
    def hints_file(self) -> Path:
        """The public file that says what the highest level of hints is."""
        return self.folder / ("exercise.toml" if self.packed else "hints.toml")

    @cached_property
    def wording(self) -> Wording:
        """The fault pages and the advice."""
        return self.read_wording()

    @cached_property
    def hints(self) -> Hints:
        """What hints say besides."""
        return self.read_hints()


_Told = TypeVar("_Told", Wording, Hints)


def read_toml(path: Path, kind: type[_Told]) -> _Told:
    """Read wording or hints from a file; raises GraderError when it is damaged."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), kind)
    except (OSError, msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise GraderError(f"{path.name} is damaged: {error}") from None
