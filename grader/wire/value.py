"""Values as they travel: trees of arrays, numbers and words (shared by both sides)."""

import msgspec

MAX_ELEMENTS = 100_000  # of one array: far above any right answer, far below MAX_FRAME
MAX_LEAVES = 1_000  # of one tree
MAX_DEPTH = 16


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True, tag_field="frame"):
    """Base of everything that travels: immutable, tagged with its class name, strict."""


class Array(Frame, frozen=True):
    """An array: its dtype's name, its shape, its elements (little-endian, C order).

    Dtypes that NumPy does not have (bfloat16, ...) keep their name and travel as float32; an array
    that is too large, or holds no numbers, travels without `data`.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes | None


class Map(Frame, frozen=True):
    """A dict, or what is used as one, with keys that are words."""

    items: dict[str, "Value"]


class Items(Frame, frozen=True):
    """A list or a tuple: which, and what is in it."""

    type: str
    items: tuple["Value", ...]


class Other(Frame, frozen=True):
    """Something that is none of these, and the name of its type."""

    type: str


Value = None | bool | int | float | str | Array | Map | Items | Other
