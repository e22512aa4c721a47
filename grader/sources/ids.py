"""Names for reports: safe as file names, unique, the same on every run (trusted side)."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

MAX_BYTES = 120
_UNSAFE = re.compile(r"[^\w.+-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe(text: str) -> str:
    """Give a name without separators, blanks, leading signs, reserved words or excess length."""
    kept = _UNSAFE.sub("_", unicodedata.normalize("NFC", text)).strip("._+-") or "unnamed"
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    encoded = kept.encode()
    if len(encoded) > MAX_BYTES:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        kept = f"{encoded[: MAX_BYTES - 9].decode('utf-8', 'ignore')}-{digest}"
    return kept


def assign(wishes: Sequence[tuple[Sequence[str], str]]) -> list[str]:
    """Give each its first wish that nobody else has too; what is left over is numbered.

    A wish list goes with a string that says which is which (a path): the ids depend on these, and
    not on the order. Letter case does not tell two ids apart, since some file systems ignore it.
    """
    level = [0] * len(wishes)
    while True:
        names = [safe(w[n]) for (w, _), n in zip(wishes, level, strict=True)]
        groups = defaultdict(list)
        for index, name in enumerate(names):
            groups[name.casefold()].append(index)
        can_move = [
            index
            for group in groups.values()
            if len(group) > 1
            for index in group
            if level[index] + 1 < len(wishes[index][0])
        ]
        if not can_move:
            break
        for index in can_move:
            level[index] += 1
    taken = set(groups)
    for group in groups.values():
        for index in sorted(group, key=lambda i: wishes[i][1])[1:]:
            number = 2
            while f"{names[index]}-{number}".casefold() in taken:
                number += 1
            names[index] = f"{names[index]}-{number}"
            taken.add(names[index].casefold())
    return names
