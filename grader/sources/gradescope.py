"""Gradescope's export: `submission_metadata.yml` beside `submission_<id>/` (trusted side)."""

import re
from collections.abc import Iterable
from typing import Any

from grader.core.errors import UsageError
from grader.core.text import printable
from grader.sources.entry import Listing, Owner, Wanted
from grader.sources.pick import HandedIn, listing, text
from grader.sources.tree import Tree

SYSTEM = "gradescope"
METADATA = "submission_metadata.yml"
MAX_BYTES = 16 * 2**20
MAX_DEPTH = 50
_FOLDER = re.compile(r"submission_\d+")
_NOTHING = ("", "~", "null")


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """Put folders and metadata together; what only one of the two knows is refused."""
    metadata = tree.get(METADATA)
    if metadata is None:
        return Listing(False)
    tops = {name: below for name, below in tree.by_top().items() if name != METADATA}
    folders = {name for name in tops if _FOLDER.fullmatch(name)}
    if 2 * len(folders) <= len(tops):
        return Listing(False)
    known = parse(text(metadata, MAX_BYTES, METADATA))
    handed_in = []
    for name in sorted(folders | set(known)):
        owners = owners_of(known.get(name))
        files = tuple(
            (m.path.relative_to(name), m) for m in tops.get(name, ()) if len(m.path.parts) > 1
        )
        refusal = "" if owners else f"has no submitters in {METADATA}"
        if name not in folders:
            refusal = f"is in {METADATA}, and its files are not here"
        people = "+".join(o.name or o.id for o in owners)
        wishes = (people, f"{people}-{name.removeprefix('submission_')}")
        handed_in.append(HandedIn(owners, wishes, printable(name), files, refusal))
    unknown = sorted(set(tops) - folders)
    return listing(tree, wanted, handed_in, unknown)


def parse(content: str) -> dict[str, Any]:
    """The metadata by folder; raises UsageError for what is no list of submissions."""
    import yaml

    # Every scalar is left as text: an id such as 0123 is no number. No tag makes an object.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _check_depth(yaml.parse(content, Loader=loader))
        read = yaml.load(content, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UsageError(f"{METADATA} cannot be read as YAML: {printable(reason)}.") from None
    if not isinstance(read, dict) or not all(isinstance(name, str) for name in read):
        raise UsageError(f"{METADATA} is no list of submissions.")
    return read


def _check_depth(events: Iterable[Any]) -> None:
    """Raise ValueError for nesting that would exhaust the loader's stack."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > MAX_DEPTH:
            raise ValueError(f"it is nested more than {MAX_DEPTH} deep")


def owners_of(entry: Any) -> tuple[Owner, ...]:
    """The members of a group; none where one of them has no id."""
    submitters = entry.get(":submitters") if isinstance(entry, dict) else None
    people = submitters if isinstance(submitters, list) else []
    owners = [_owner(person) for person in people if isinstance(person, dict)]
    if any(not owner.id for owner in owners):
        return ()
    return tuple(sorted(set(owners), key=lambda o: (o.id, o.name, o.email)))


def _owner(person: dict[Any, Any]) -> Owner:
    name, sid, email = (_scalar(person.get(f":{key}")) for key in ("name", "sid", "email"))
    return Owner(SYSTEM, sid or email, name, email)


def _scalar(value: Any) -> str:
    return "" if not isinstance(value, str) or value in _NOTHING else printable(value.strip())
