"""The sentences on what was mended: pure functions of a mend and of what the shown call raised."""

import re
from collections.abc import Callable, Mapping

from grader.core.mended import Mend

_SIZES = re.compile(r"had size (\d{1,9})")
SHAPES = re.compile(
    r'parameter "(\w{1,40})".{0,200}generate shape \(([\d, ]{0,40})\)'
    r".{0,200}received has shape \(([\d, ]{0,40})\)",
    re.DOTALL,
)
_PLACES = re.compile(r"array is (\d)-dimensional, but (\d) were indexed")
Words = Mapping[str, str]


def sentence(mend: Mend, message: str = "") -> str:
    """Say what was mended, with the numbers of the exception that is shown beside it, if any."""
    return _SENTENCES[mend.kind](mend.words, message)


def _named(words: Words) -> list[str]:
    return words["arguments"].split("\n")


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _vmap(words: Words) -> str:
    if words["decorated"]:
        return f"The vmap of {words['decorated']}"
    return f"vmap({words['function']})" if words["function"] else "vmap"


def _all(words: Words, message: str) -> str:
    """What a vmap without in_axes maps."""
    names = _named(words)
    count = {1: "its argument,", 2: "both arguments,"}.get(len(names), "all arguments,")
    return f"maps over axis 0 of {count} {_joined(names)}.{_sizes(message)}"


def _sizes(message: str) -> str:
    sizes = list(dict.fromkeys(_SIZES.findall(message)))
    return f" Here these axes have sizes {_joined(sizes)}." if len(sizes) > 1 else ""


def _missing(words: Words, message: str) -> str:
    if not words["arguments"]:
        return "vmap is given no in_axes, so it maps over axis 0 of every input."
    return f"{_vmap(words)} is given no in_axes, so it {_all(words, message)}"


def _given(words: Words, message: str) -> str:
    names, given = _named(words), f"in_axes={words['given']}"
    if words["entries"] and int(words["entries"]) != len(names):
        entries = f"{words['entries']} {'entry' if words['entries'] == '1' else 'entries'}"
        count = f"{len(names)} {'argument' if len(names) == 1 else 'arguments'}"
        return f"{given} has {entries}, and the call has {count}: {_joined(names)}."
    if not words["axes"]:
        return f"{given} does not fit the arguments {_joined(names)}."
    axes = words["axes"].split("\n")
    mapped = [f"axis {a} of {n}" for a, n in zip(axes, names, strict=True) if a != "None"]
    whole = [n for a, n in zip(axes, names, strict=True) if a == "None"]
    if not mapped:
        return f"{given} maps over none of the arguments {_joined(names)}."
    rest = f", and hands all of {_joined(whole)} to each copy" if whole else ""
    return f"{given} maps over {_joined(mapped)}{rest}.{_sizes(message)}"


def _unknown(words: Words, _: str) -> str:
    return f"vmap takes no argument called {words['given']}."


def _by_name(words: Words, _: str) -> str:
    names = _joined(words["given"].split("\n"))
    return f"vmap maps what is given by name over axis 0, whatever in_axes says: {names}."


def _elsewhere(words: Words, _: str) -> str:
    called = words["function"] or words["decorated"] or "the mapped function"
    return f"{words['given']} is given where {called} is called, and vmap is what takes it."


def _results(words: Words, message: str) -> str:
    return (
        f"out_axes={words['given']} is about the results, and there is no in_axes: "
        f"vmap {_all(words, message)}"
    )


def _whole(words: Words, message: str) -> str:
    return f"{words['function']} is given {words['code']}, all copies at once.{_shapes(message)}"


def _shapes(message: str) -> str:
    found = SHAPES.search(message)
    if not found:
        return ""
    return f" Here the {found[1]} has shape ({found[3]}), where one copy's has ({found[2]})."


def _places(words: Words, message: str) -> str:
    found = _PLACES.search(message)
    if not found:
        return f"{words['code']} has more places than each leaf has axes."
    return f"{words['code']} has {found[2]} places, and a leaf has {found[1]} axes."


_SENTENCES: dict[str, Callable[[Words, str], str]] = {
    "axes-missing": _missing,
    "axes-given": _given,
    "axes-unknown": _unknown,
    "axes-elsewhere": _elsewhere,
    "axes-named": _by_name,
    "axes-out": lambda _, __: "no out_axes",
    "axes-results": _results,
    "slice-whole": _whole,
    "slice-tree": lambda w, _: f"{w['code']} indexes the tree of parameters, and not its leaves.",
    "slice-kept": lambda w, _: f"{w['code']} keeps the axis of the copies, with length 1.",
    "slice-added": lambda w, _: f"{w['code']} adds an axis of length 1 to what it picks.",
    "slice-places": _places,
    "slice-axis": lambda w, _: (
        f"{w['code']} leaves the first axis as it is, and that is the axis of the copies."
    ),
    "slice-leaf": lambda w, _: f"{w['code']} is that of all copies: none is picked from it.",
    "name": lambda w, _: f"{w['meant']} for {w['absent']}",  # a part of one, with its line
}
