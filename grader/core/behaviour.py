"""What one submission did, kept for the instructor: equal behaviour is found in it (trusted side).

Its answers to hidden cases are in here: this stays with the instructor. Numbers have five digits,
so that the last bits of a float do not make another file.
"""

import msgspec

SCHEMA = "lift-grader/behaviour/1"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came back on one case: an array, its numbers as text; another thing; an exception."""

    case: str
    raised: bool
    type: str
    dtype: str = ""
    shape: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()


class Behaviour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answers, the numbers recovered from them by case, what was printed in public cases."""

    schema: str = SCHEMA
    answers: tuple[Answer, ...] = ()
    recovered: dict[str, tuple[str, ...]] = {}
    printed: dict[str, tuple[str, ...]] = {}

    def to_json(self) -> bytes:
        """Give its bytes."""
        return msgspec.json.encode(self) + b"\n"


NOTHING = Behaviour()


def from_json(data: bytes) -> Behaviour:
    """Read it again; raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(data, type=Behaviour)
