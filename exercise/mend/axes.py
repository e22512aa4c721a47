"""A vmap that maps the wrong arguments: in_axes missing, wrong, or where it does not belong.

What in_axes should be is read off where each argument comes from; its run tells whether it is.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from exercise.mend.edit import Edit, Text
from exercise.mend.given import (
    MISPLACED,
    OPTIONS,
    Axes,
    Given,
    arguments_of,
    names_of,
    of_results,
    read_given,
    written,
)
from exercise.mend.lifts import Lift, lifts
from exercise.mend.mapped import other_axes, wanted_axes
from grader.core.mended import Mend
from grader.core.observation import Raised
from grader.core.source import Source

_SAYS = re.compile(
    r"vmap|in_ax|out_axes|axes|tuple index out of range|RNGs should be of shape|contracting dim"
    r"|expected to generate shape|unexpected keyword|[Ii]ncompatible shapes"
)
_WHOLE = re.compile(r"expected to generate shape")
_MOST_ARGUMENTS = 4


def mends(source: Source, raised: Raised) -> Iterator[Mend]:
    """The repairs of the vmaps that an exception may come from, the likeliest first."""
    if not _SAYS.search(raised.message):
        return
    text = Text(source)
    found = [(lift, call) for lift in lifts(source) if (call := _failing(lift, raised))]
    inner_first = sorted(found, key=lambda f: (f[1].end_lineno or 0, f[1].end_col_offset or 0))
    likely, others = [], []
    for lift, call in inner_first:
        given = read_given(lift, call, text)
        wanted = wanted_axes(source, arguments_of(call))
        if lift.flax:
            likely += [(lift, call, given, "None")] if given.how == "missing" else []
        elif given.axes != wanted:
            likely.append((lift, call, given, written(wanted)))
        elif "out_axes" in raised.message:
            yield from _without_results(text, lift)
        if "vmap" in raised.message and not lift.flax:
            others += [(lift, call, given, written(a)) for a in other_axes(wanted)[:2]]
    for lift, call, given, axes in (*likely, *others):
        if given.how != "given" or given.text != axes:
            yield from _mend(text, lift, call, given, axes, raised)


def _failing(lift: Lift, raised: Raised) -> ast.Call | None:
    """The call of the mapped function that the exception came through, or else that of vmap."""
    calls = [c for c in lift.calls if arguments_of(c) and not _starred(c)]
    for line, _ in reversed(raised.frames):
        for call in calls:
            if call.lineno <= line <= (call.end_lineno or line):
                return call
        if lift.options is not None:
            options = lift.options
            if calls and options.lineno <= line <= (options.end_lineno or line):
                return calls[0]
    return lift.options if lift.flax else None


def _starred(call: ast.Call) -> bool:
    many = len(arguments_of(call)) > _MOST_ARGUMENTS
    return many or any(isinstance(a, ast.Starred) for a in call.args) or None in names_of(call)


def _mend(
    text: Text, lift: Lift, call: ast.Call, given: Given, wanted: str, raised: Raised
) -> Iterator[Mend]:
    for edits in _edits(text, lift, call, given, f"in_axes={wanted}"):
        content = text.changed(edits)
        if content is not None:
            break
    else:
        return
    axes = given.axes
    whole = _WHOLE.search(raised.message) and axes is not None and not _maps_more(axes, wanted)
    where = call if given.how == "elsewhere" else lift.options or lift.vmap
    mapped = lift.mapped
    words = {
        "function": text.quoted(mapped) if isinstance(mapped, ast.expr) else "",
        "decorated": mapped.name if isinstance(mapped, ast.FunctionDef) else "",
        "given": given.text,
        "arguments": "" if lift.flax else "\n".join(text.quoted(a) for a in arguments_of(call)),
        "axes": "" if axes is None else "\n".join(map(str, axes)),
        "entries": given.entries,
    }
    fault = "unsliced-params" if whole else "missing-in-axes"
    yield Mend(content, fault, where.lineno, f"axes-{given.how}", words)


def _without_results(text: Text, lift: Lift) -> Iterator[Mend]:
    """The mend of an out_axes that does not fit: the one that is not given does."""
    for keyword in () if lift.options is None else lift.options.keywords:
        if keyword.arg == "out_axes" and (content := text.changed([text.without(keyword)])):
            yield Mend(content, "", keyword.value.lineno, "axes-out")


def _maps_more(axes: Axes, wanted: str) -> bool:
    """Tell whether an argument was mapped that all copies share."""
    needed = wanted.strip("(,)").split(", ")
    return any(a is not None and b == "None" for a, b in zip(axes, needed, strict=False))


def _edits(
    text: Text, lift: Lift, call: ast.Call, given: Given, new: str
) -> Iterator[Sequence[Edit]]:
    """Ways to write the repair, of which the first one that is a program is taken."""
    misplaced = [
        text.without(k) if k.arg in MISPLACED else text.replaced(k, text.of(k.value))
        for k in (() if lift.flax else call.keywords)
    ]
    options = lift.options
    if options is None:
        vmap = text.of(lift.vmap)
        yield [text.replaced(lift.vmap, f"(lambda function: {vmap}(function, {new}))"), *misplaced]
        return
    for keyword in options.keywords:
        if keyword.arg == "in_axes" or (keyword.arg not in OPTIONS and given.how == "unknown"):
            yield [text.replaced(keyword, new), *misplaced]
            return
    if len(options.args) > lift.first:
        value = options.args[lift.first]
        yield [text.replaced(value, new.removeprefix("in_axes=")), *misplaced]
        return
    out = of_results(options)
    if out is not None:
        yield [text.replaced(out, new), *misplaced]
        return
    for edit in text.given(options, new):
        yield [edit, *misplaced]
