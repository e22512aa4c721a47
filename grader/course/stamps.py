"""When each was handed in, as far as a source tells: a function a platform (trusted side).

What a platform does not tell is not known: the times of files themselves are those of a download.
"""

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from grader.core.submission import UnreadableError
from grader.core.text import printable
from grader.course.commits import last_commit
from grader.course.stamp import MAX_STAMP, Stamp, later, time
from grader.sources import blackboard, brightspace, canvas, classroom, gradescope, nbgrader
from grader.sources.entry import Entry
from grader.sources.find import tree, views
from grader.sources.pick import text
from grader.sources.tree import Tree

Stamps = Mapping[str, Stamp]  # by the owner's id


def stamps(sources: Sequence[Path], entries: Sequence[Entry]) -> dict[str, Stamp]:
    """The stamps of submissions, by their ids; one whose owners differ has none."""
    systems = {owner.system for entry in entries for owner in entry.owners}
    known: dict[tuple[str, str], Stamp] = {}
    for system in sorted(systems & set(READERS)):
        for source in sources:
            for owner, stamp in _of_source(READERS[system], source).items():
                known[system, owner] = stamp
    found = {}
    for entry in entries:
        own = ((owner.system, owner.id) for owner in entry.owners)
        told = {known[key] for key in own if key in known}
        if len(told) == 1:
            found[entry.id] = told.pop()
    return found


def _of_source(read: Callable[[Tree, Path], Stamps], source: Path) -> Stamps:
    whole = tree(source)
    for view in views(whole) if whole is not None else ():
        with suppress(UnreadableError):
            if found := read(view, source):
                return found
    return {}


def _canvas(tree: Tree, _source: Path) -> Stamps:
    found: dict[str, Stamp] = {}
    for top in tree.by_top():
        hidden = canvas.ANONYMOUS.fullmatch(top)
        known = hidden or canvas.NAMED.fullmatch(top)
        if known is not None:
            owner = f"anon_{known['id']}" if hidden else known["id"]
            late = top.startswith("LATE_") if hidden else top[known.end("name") :][:6] == "_LATE_"
            late |= owner in found and bool(found[owner].late)
            found[owner] = Stamp(None, late, "Canvas's LATE in the file's name")
    return found


def _gradescope(tree: Tree, _source: Path) -> Stamps:
    metadata = tree.get(gradescope.METADATA)
    if metadata is None:
        return {}
    found = {}
    content = text(metadata, gradescope.MAX_BYTES, gradescope.METADATA)
    for entry in gradescope.parse(content).values():
        at = time(str(entry.get(":created_at", ""))) if isinstance(entry, dict) else None
        if at is not None:
            history = entry.get(":history")
            before = (
                [h for h in history if isinstance(h, dict)] if isinstance(history, list) else []
            )
            told = 1 + sum(h.get(":created_at") != entry[":created_at"] for h in before)
            for owner in gradescope.owners_of(entry):
                found[owner.id] = Stamp(at, None, "Gradescope's :created_at", told)
    return found


def _blackboard(tree: Tree, _source: Path) -> Stamps:
    found: dict[str, Stamp] = {}
    for top in tree.by_top():
        known = blackboard.FILE.fullmatch(top)
        if known is not None:
            with suppress(ValueError):
                at = datetime.strptime(known["stamp"], "%Y-%m-%d-%H-%M-%S")
                who = known["who"]
                found[who] = later(found.get(who), Stamp(at, None, "Blackboard's file name"))
    return _by_user(found, "_")


def _by_user(found: Stamps, sign: str) -> dict[str, Stamp]:
    """By what may be the user's name, which stands after some sign; what ends two names is none."""
    ends = [
        (sign.join(parts[n:]), stamp)
        for parts, stamp in ((name.split(sign), stamp) for name, stamp in found.items())
        for n in range(len(parts))
    ]
    times = Counter(end for end, _ in ends)
    return {printable(end): stamp for end, stamp in ends if times[end] == 1}


def _brightspace(tree: Tree, _source: Path) -> Stamps:
    tops = {top: known for top in tree.by_top() if (known := brightspace.FOLDER.fullmatch(top))}
    numbers = brightspace.numbers_of(list(tops.values()))
    found: dict[str, Stamp] = {}
    for known in tops.values():
        at, user = brightspace.when(known), "-".join(known[n] for n in numbers)
        if at is not None:
            found[user] = later(found.get(user), Stamp(at, None, "Brightspace's folder name"))
    return found


def _nbgrader(tree: Tree, _source: Path) -> Stamps:
    if nbgrader.FOLDER in tree.by_top():
        tree = tree.below(nbgrader.FOLDER)
    found: dict[str, list[datetime]] = {}
    for member in tree.files:
        if len(member.path.parts) == 3 and member.path.name == nbgrader.STAMP:
            at = time(member.read(MAX_STAMP).decode("utf-8", "replace"))
            if at is not None:
                found.setdefault(printable(member.path.parts[0]), []).append(at)
    by = f"nbgrader's {nbgrader.STAMP}"
    return {user: Stamp(ats[0], None, by) for user, ats in found.items() if len(ats) == 1}


def _classroom(tree: Tree, source: Path) -> Stamps:
    found = {}
    for name, user, at in ((classroom.SCORES, "username", "datetime"), *_GITHUB):
        member = tree.get(name)
        if member is None:
            continue
        with suppress(csv.Error):
            for row in csv.DictReader(text(member, classroom.MAX_BYTES, name).splitlines()):
                when, who = time(row.get(at) or ""), printable((row.get(user) or "").strip())
                if when is not None and who:
                    found[who] = Stamp(when, None, f"{name}, {at}")
    folder = source / tree.above
    if not found and source.is_dir():
        dates = {top: last_commit(folder / top) for top in tree.by_top()}
        by = "the date of the last commit"
        found = _by_user({t: Stamp(at, None, by) for t, at in dates.items() if at}, "-")
    return found


_GITHUB = (("grades.csv", "github_username", "submission_timestamp"),)
READERS: dict[str, Callable[[Tree, Path], Stamps]] = {
    "canvas": _canvas,
    "gradescope": _gradescope,
    "blackboard": _blackboard,
    "brightspace": _brightspace,
    "nbgrader": _nbgrader,
    "github": _classroom,
}
