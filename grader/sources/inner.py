"""An archive that a student handed in: read in memory, within limits, once (trusted side)."""

import io
from collections.abc import Mapping
from pathlib import PurePosixPath

from grader.core.submission import UnreadableError
from grader.core.text import printable
from grader.sources.member import Member
from grader.sources.names import OPENED
from grader.sources.tree import Tree

MAX_BYTES = 16 * 2**20


def opened(name: str, member: Member) -> Mapping[PurePosixPath, Member]:
    """Give the files in an archive; raises UnreadableError or UsageError where that cannot be."""
    shown = printable(name)[:200]
    if not name.lower().endswith(OPENED):
        kind = PurePosixPath(name).suffix.removeprefix(".")
        raise UnreadableError(
            f"{shown} is not opened: a zip or a .tar.gz can be, a {kind} file cannot."
        )
    data = member.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"{shown} is larger than {MAX_BYTES:,} bytes, and not opened.")
    if name.lower().endswith(".zip"):
        from grader.sources.zips import members
    else:
        from grader.sources.tars import members
    tree = Tree.of(shown, shown, members(io.BytesIO(data), name), packed=True)
    return {m.path: m for m in tree.files}
