"""What the engine needs to know of an exercise: the seam between the two (trusted side)."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.core.errors import GraderError

if TYPE_CHECKING:
    from grader.core.case import Case
    from grader.core.diagnosis import Diagnosis
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


@dataclass(frozen=True)
class Exercise:
    """One exercise: its function, its folder of public files, and how its answers are explained."""

    id: str
    title: str
    function: str
    parameters: tuple[str, ...]
    folder: Path
    plan: Callable[["Key"], "Plan"]
    second_plan: Callable[["Key"], "Plan"]
    diagnose: Callable[["Submission", "Key", "Run", "Run | None", "Mended | None"], "Diagnosis"]
    mend: Callable[["Submission", "Run"], Sequence["Mend"]]  # of a run with calls that raised
    show_call: Callable[["Case"], str]
    sizes: Callable[["Key"], Sequence[tuple[int, ...]]]  # for the warm-up script
    right_answer: Path  # a sample that earns all points, where this is a whole checkout
    whole: bool = False  # answers are trees, and looked at whole

    @property
    def stub(self) -> Path:
        """The unfinished file handed out."""
        return self.folder / f"{self.id}.py"

    @property
    def warmup(self) -> Path:
        """A neutral script: what every submission needs of JAX, for processes that stay warm."""
        return self.folder / "warmup.py"

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
        """The half that stays with the instructor, beside the secret side where there is one."""
        return self.folder.parent / "solution" / "key" / "hidden.key"

    @property
    def skeleton(self) -> Path:
        """Templates of a new pitfall's files, on the secret side where there is one."""
        return self.folder.parent / "solution" / "skeleton"

    @cached_property
    def wording(self) -> Wording:
        """The fault pages and the advice of `faults.toml`."""
        text = (self.folder / "faults.toml").read_text("utf-8")
        try:
            return msgspec.convert(tomllib.loads(text), Wording)
        except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
            raise GraderError(f"faults.toml is damaged: {error}") from None
