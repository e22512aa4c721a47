"""The sentences of a diagnosis: pure functions of a view and a story (trusted side).

Numbers are quoted from public cases alone. What is said of a fault is what would be without it.
"""

from collections.abc import Callable, Iterator

import numpy as np

from grader.authored.outcome import Outcome, allowed, is_whole, same_form, same_leaf
from grader.authored.stories import Story, form_faults
from grader.authored.view import View, name_of
from grader.core.case import Case
from grader.core.diagnosis import number
from grader.core.key import KeyCase
from grader.core.tree import Leaf, Path, written

ShowCall = Callable[[Case], str]
HIDDEN = "This shows with other inputs of the same sizes, and not in the public cases."
Index = tuple[int, ...]
MANY = 6  # keys of a dict that are named


def of_pitfall(view: View, story: Story, fault: str) -> str:
    """What shows a fault: a number as it is, and as it would be without that fault."""
    program = name_of(story.program)
    without = "+".join(id for id in story.program.faults if id != fault)
    part = f" of {_listed([written(p) for p in story.paths])}" if story.paths else ""
    for case, seen in view.wrong(public=True):
        mine, other = view.predicted(case, program), view.predicted(case, without)
        if mine is None or other is None or seen.raised != mine.raised:
            continue
        otherwise = f"without {fault}" if without else ""
        said = _difference(seen, other, view.tolerance, story.paths, otherwise)
        if said:
            whole = "The answers" if not story.in_part or story.paths else "The calls that return"
            whole += f"{part} are those of a program with this mistake"
            besides = f" and with {_listed(without.split('+'))}" if without else ""
            return f"{whole}{besides}. In {case.case.id} {said}."
    return HIDDEN


def of_form(view: View, fault: str, program: str) -> str:
    """What shows a fault of form: what a leaf is, and what it should be."""
    for case, seen in view.outcomes:
        wanted = view.predicted(case, program)
        if not case.case.public or wanted is None or seen.raised or wanted.raised:
            continue
        if fault not in form_faults(seen, wanted):
            continue
        if fault == "changed-arguments":
            return f"In {case.case.id} the call changed what it was handed."
        said = _form_difference(seen, wanted)
        if said is not None:
            return f"In {case.case.id} {', not '.join(said)}."
    return HIDDEN


def unstable(case: str) -> str:
    """Which case was answered in two ways."""
    if case.startswith("hidden"):
        return "A call with hidden inputs was answered in two ways."
    return f"{case} was answered in two ways: the same call gave other numbers."


def remark(view: View, story: Story | None) -> str:
    """What is seen where nothing explains everything."""
    public = [(case, seen) for case, seen in view.outcomes if case.case.public]
    returned = [(case, seen) for case, seen in public if not seen.raised]
    said = []
    if len(returned) < len(public) and returned:
        said.append(f"{len(public) - len(returned)} of {len(public)} public calls raised.")
    right, wrong = _by_path(view, returned)
    if right and wrong:
        said.append(f"{_listed(right)} {_is(right)} right in every public case.")
    explained = {written(path) for path in story.paths} if story else set()
    unknown = [path for path in wrong if path not in explained]
    if unknown and (story is None or story.paths):
        said.append(f"{_listed(unknown)} {_is(unknown)} not what any known mistake gives.")
    return " ".join(said)


def _by_path(view: View, returned: list[tuple[KeyCase, Outcome]]) -> tuple[list[str], list[str]]:
    """The leaves that are right wherever they are expected, and those that are not."""
    right: dict[str, bool] = {}
    for case, seen in returned:
        for path, leaf in view.expected(case).leaves.items():
            found = seen.leaves.get(path)
            is_right = found is not None and same_leaf(found, leaf, view.tolerance)
            right[written(path)] = right.get(written(path), True) and is_right
    return [p for p, r in right.items() if r], [p for p, r in right.items() if not r]


def _difference(
    seen: Outcome, other: Outcome, tolerance: float, paths: tuple[Path, ...], otherwise: str
) -> str:
    """In what an answer differs from another; empty where in nothing.

    The other one is that of a program `otherwise`, or, where that is empty, the expected one.
    """
    if seen.raised:
        return "the call raised, as it does with the mistake" if not other.raised else ""
    if other.raised:
        return f"the call returned; {otherwise or 'without the mistake'} it would raise"
    form = _form_difference(seen, other)
    if form and not paths:
        is_so, wanted = form
        return f"{is_so}; {otherwise} it would be {wanted}" if otherwise else ", not ".join(form)
    for path, leaf in seen.leaves.items():
        meant = other.leaves.get(path)
        if meant is None or (paths and path not in paths):
            continue
        index = worst(leaf, meant, tolerance)
        if index is not None:
            other_number = number_at(meant, index)
            would = f"{otherwise} it would be {other_number}" if otherwise else ""
            would = would or f"{other_number} is expected"
            return f"{written(path, index)} is {number_at(leaf, index)}; {would}"
    return ""


def worst(leaf: Leaf, wanted: Leaf, tolerance: float) -> Index | None:
    """Where two arrays of one shape differ most; None where they do not, or are not such."""
    for index in worst_first(leaf, wanted, tolerance):
        return index
    return None


def worst_first(leaf: Leaf, wanted: Leaf, tolerance: float) -> Iterator[Index]:
    """Where two arrays of one shape differ, the largest difference first; ties by place."""
    if leaf.values is None or wanted.values is None or leaf.values.shape != wanted.values.shape:
        return
    off = np.abs(leaf.values - wanted.values).ravel()
    off = np.where(np.isfinite(off), off, np.inf)
    wrong = np.flatnonzero(off > allowed(leaf, wanted, tolerance))
    for place in wrong[np.argsort([-float(f"{off[i]:.3g}") for i in wrong], kind="stable")]:
        yield tuple(int(i) for i in np.unravel_index(int(place), leaf.values.shape))


def _form_difference(seen: Outcome, wanted: Outcome) -> tuple[str, str] | None:
    """In what two answers differ besides numbers, the outermost first, and what it is not."""
    paths = {*dict(seen.kinds), *dict(wanted.kinds), *seen.leaves, *wanted.leaves}
    for path in sorted(paths, key=lambda path: (len(path), path)):
        mine, other = _what(seen, path), _what(wanted, path)
        if mine != other and not _is_as_good(seen, wanted, path):
            return f"{written(path)} is {mine}", other
    return None


def _is_as_good(seen: Outcome, wanted: Outcome, path: Path) -> bool:
    leaf, other = seen.leaves.get(path), wanted.leaves.get(path)
    return leaf is not None and other is not None and same_form(leaf, other)


def _what(outcome: Outcome, path: Path) -> str:
    """What there is at a path: `a dict with kernel and bias`, `float32[3]`, `not there`."""
    kinds = dict(outcome.kinds)
    if path not in kinds:
        return str(outcome.leaves[path]) if path in outcome.leaves else "not there"
    below = (p for p in (*kinds, *outcome.leaves) if len(p) > len(path) and p[: len(path)] == path)
    inside = sorted({p[len(path)] for p in below})
    if kinds[path] != "dict":
        return f"a {kinds[path]} of {len(inside)}"
    shown = inside[:MANY] + (["more"] if len(inside) > MANY else [])
    return f"a dict with {_listed(shown)}" if inside else "an empty dict"


def number_at(leaf: Leaf, index: Index) -> str:
    """One number as it is read: a whole one with all of its digits."""
    assert leaf.values is not None
    value = leaf.values[index]
    if is_whole(leaf):
        return f"{value:.0f}"
    return number(float(value.real)) if np.isrealobj(value) else f"{complex(value):.4g}"


def _is(words: list[str]) -> str:
    return "is" if len(words) == 1 else "are"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
