"""Finds what to grade: recognises by content what a source is, and whose each part is (trusted).

A source is a file, a folder, a zip or a tar. All but a file become a `Tree`, which the first of
`LAYOUTS` that it fits takes apart; a further platform is one more function there.
"""

import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.submission import SUFFIXES, UnreadableError
from grader.core.text import printable
from grader.sources import (
    alone,
    blackboard,
    brightspace,
    canvas,
    classroom,
    folder,
    gradescope,
    ids,
    moodle,
    nbgrader,
    plain,
    tars,
    zips,
)
from grader.sources.bounds import WRAPPED
from grader.sources.entry import Class, Entry, Found, Listing, Refused, Wanted
from grader.sources.names import is_archive, is_program
from grader.sources.tree import Tree

LAYOUTS: dict[str, Callable[[Tree, Wanted], Listing]] = {
    "gradescope": gradescope.layout,
    "moodle": moodle.layout,
    "blackboard": blackboard.layout,
    "canvas": canvas.layout,
    "brightspace": brightspace.layout,
    "nbgrader": nbgrader.layout,
    "classroom": classroom.layout,
    "plain": plain.layout,
}
_TARS = (".tar", ".tar.gz", ".tgz")
_OTHERS = {b"7z\xbc\xaf": "7z", b"Rar!": "rar", b"\xfd7zX": "xz", b"BZh": "bzip2"}


def find(
    sources: Sequence[Path], wanted: Wanted, layout: str | None = None, out: Path | None = None
) -> Class:
    """Find all submissions; `layout` is a known one, if it is not to be recognised.

    Two submissions of one owner are both refused: only a platform can tell which one counts. The
    folder `out`, with the results of earlier runs, may lie in a source and is passed over.
    """
    if layout is not None and layout not in LAYOUTS:
        raise UsageError(f"There is no layout {layout}; there are {', '.join(LAYOUTS)}.")
    found: dict[str, Found] = {}
    refused: set[Refused] = set()
    files: dict[Path, list[str]] = defaultdict(list)
    results = None if out is None else out.resolve()
    listings = []
    for source in sources:
        if source.resolve() == results:
            raise UsageError(f"{source} holds the submissions: name another folder with --out.")
        listing = _listing(source, wanted, layout, results)
        if listing is None:
            files[source.parent.resolve()].append(source.name)
        else:
            listings.append(listing)
    for folder_of, names in files.items():
        listings.append(alone.listing(folder_of, sorted(set(names)), wanted))
    for listing in listings:
        found |= {f.place: f for f in listing.found}
        refused |= set(listing.refused)
    single, double = _single(list(found.values()))
    everything = tuple(sorted(refused | double))
    if not single:
        reasons = "".join(f"\n  {r.place}: {r.reason}" for r in everything[:20])
        raise UsageError(f"There is nothing to grade there.{reasons}")
    names = ids.assign([(f.wishes, f.place) for f in single])
    named = zip(names, single, strict=True)
    entries = [Entry(id, f.name, f.read, f.owners, f.shown) for id, f in named]
    return Class(tuple(sorted(entries, key=lambda entry: entry.id)), everything)


def tree(source: Path, results: Path | None = None) -> Tree | None:
    """Open a folder or an archive as a tree; None for any other file."""
    place = f"{source.resolve()}"
    if source.is_dir():
        return Tree.of(source.resolve().name, place, folder.members(source.resolve(), results))
    if source.name.lower().endswith(SUFFIXES) or not source.is_file():
        return None
    name = source.name.lower()
    ending = next((s for s in _TARS if name.endswith(s)), source.suffix)
    stem = source.name[: len(source.name) - len(ending)]
    if name.endswith(".zip") or zipfile.is_zipfile(source):
        return Tree.of(stem, place, zips.members(source, source.name), packed=True)
    if name.endswith(_TARS) or tars.is_tar(source):
        return Tree.of(stem, place, tars.members(source, source.name), packed=True)
    with source.open("rb") as file:
        head = file.read(8)
    if kind := next((k for magic, k in _OTHERS.items() if head.startswith(magic)), None):
        shown = printable(source.name)
        raise UsageError(f"{shown} is a {kind} archive; a zip, a tar or a .tar.gz can be read.")
    return None


def views(whole: Tree) -> Iterator[Tree]:
    """A tree, and what is left of it without folders that only wrap it."""
    inner: Tree | None = whole
    for _ in range(WRAPPED + 1):
        if inner is not None:
            yield inner
            inner = inner.inner()


def _listing(
    source: Path, wanted: Wanted, layout: str | None, results: Path | None
) -> Listing | None:
    """What a folder or an archive holds; None for a file."""
    try:
        whole = tree(source, results)
    except OSError as error:
        raise UsageError(f"{printable(source.name)} cannot be read: {error.strerror}.") from None
    if whole is None:
        return None
    for name in (layout,) if layout else LAYOUTS:
        for view in (whole,) if name == "plain" else views(whole):
            try:
                listing = LAYOUTS[name](view, wanted)
            except UnreadableError as error:
                raise UsageError(f"{printable(source.name)}: {error}") from None
            beside = _beside(whole, view)
            if (listing.fits or (layout and listing.found)) and len(beside) <= len(listing.found):
                return replace(listing, refused=(*listing.refused, *beside))
    raise UsageError(f"{printable(source.name)} holds nothing that the layout {layout} knows.")


def _beside(whole: Tree, view: Tree) -> list[Refused]:
    """What may be submissions, and lies outside of what a layout was shown."""
    paths = [m.path for m in whole.files if not f"{m.path}".startswith(view.above)]
    outside = [path for path in paths if is_program(path) or is_archive(path)]
    return [Refused(whole.shown(path), "lies beside the folder of submissions") for path in outside]


def _single(found: Sequence[Found]) -> tuple[list[Found], set[Refused]]:
    """Take out what belongs to an owner who has another submission too."""
    by_owner: dict[tuple[str, str], dict[str, Found]] = defaultdict(dict)
    for each in found:
        for owner in each.owners:
            by_owner[owner.system, owner.id][each.place] = each
    reasons: dict[str, str] = {}
    for (_, id), several in sorted(by_owner.items()):
        if len(several) > 1:
            places = ", ".join(sorted(f.shown for f in several.values()))
            for place, each in several.items():
                name = next(o.name for o in each.owners if o.id == id)
                reasons[place] = f"{name or id} has several submissions: {places}"
    double = {Refused(f.shown, reasons[f.place], f.owners) for f in found if f.place in reasons}
    return [f for f in found if f.place not in reasons], double
