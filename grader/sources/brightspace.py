"""Brightspace: `<n>-<n> - First Last - Mon D, YYYY HMM AM/` and an index.html (trusted side)."""

import re
from collections import Counter, defaultdict
from datetime import datetime

from grader.core.text import printable
from grader.sources.entry import Listing, Owner, Wanted
from grader.sources.member import Member
from grader.sources.pick import HandedIn, listing
from grader.sources.tree import Tree

SYSTEM = "brightspace"
INDEX = "index.html"
FOLDER = re.compile(
    r"(?P<a>\d+)-(?P<b>\d+) ?- ?(?P<name>.+?) ?- ?(?P<month>[^\W\d]{3,}) (?P<day>\d{1,2}), "
    r"(?P<year>\d{4}) (?P<time>\d{3,4}) (?P<half>[AP]M)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def layout(tree: Tree, wanted: Wanted) -> Listing:
    """Take the newest folder of each student."""
    tops = {n: m for n, m in tree.by_top().items() if n != INDEX}
    parsed = {name: known for name in tops if (known := FOLDER.fullmatch(name))}
    numbers = numbers_of(list(parsed.values()))
    groups: dict[Owner, list[tuple[datetime | None, str]]] = defaultdict(list)
    for top, known in parsed.items():
        owner = Owner(SYSTEM, "-".join(known[n] for n in numbers), printable(known["name"]))
        groups[owner].append((when(known), top))
    unsure = Counter(owner.name for owner in groups) if len(numbers) > 1 else Counter()
    handed_in = [
        _handed_in(owner, times, tops, unsure[owner.name] > 1) for owner, times in groups.items()
    ]
    return listing(tree, wanted, handed_in, sorted(set(tops) - set(parsed)))


def numbers_of(parsed: list[re.Match[str]]) -> tuple[str, ...]:
    """Which of the two numbers is the student's: it goes with one name, and takes few values.

    The other is the item's, one for all, or the attempt's. Where neither is, both are.
    """
    names = {g: {(p[g], p["name"]) for p in parsed} for g in ("a", "b")}
    values = {g: {p[g] for p in parsed} for g in ("a", "b")}
    own = [g for g in ("a", "b") if len(names[g]) == len(values[g])]
    if len({p["name"] for p in parsed}) < 2 or not own:
        own = []
    return (min(own, key=lambda g: len(values[g])),) if own else ("a", "b")


def _handed_in(
    owner: Owner,
    times: list[tuple[datetime | None, str]],
    tops: dict[str, list[Member]],
    unsure: bool,
) -> HandedIn:
    order = [when for when, _ in times if when is not None]
    last = max(order, default=None)
    newest = min(top for when, top in times if when == last)
    clear = len(times) == 1 or (len(order) == len(times) and order.count(max(order)) == 1)
    refusal = "" if clear else "was handed in several times, and which is newest cannot be told"
    if unsure:
        refusal = "has a name that is there with other numbers, and may be one student or two"
    files = tuple((m.path.relative_to(newest), m) for m in tops[newest] if len(m.path.parts) > 1)
    return HandedIn((owner,), (owner.name, f"{owner.name}-{owner.id}"), newest, files, refusal)


def when(known: re.Match[str]) -> datetime | None:
    """The time in a folder's name; None where it cannot be read."""
    short = known["month"][:3].lower()
    hour, minute = divmod(int(known["time"]), 100)
    hour = hour % 12 + 12 * (known["half"] == "PM")
    try:
        return datetime(
            int(known["year"]), _MONTHS.index(short) + 1, int(known["day"]), hour, minute
        )
    except ValueError:
        return None
