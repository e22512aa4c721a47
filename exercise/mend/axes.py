"""A vmap that maps the wrong arguments: in_axes missing, wrong, or where it does not belong.

What in_axes should be is read off where each argument comes from; its run tells whether it is.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from exercise.facts.syntax import last_name, mentions
from exercise.mend.edit import Edit, Text
from exercise.mend.lifts import Lift, lifts
from grader.mended import Mend
from grader.observation import Raised
from grader.source import Source

Axes = tuple[int | None, ...]
OPTIONS = {"fun", "in_axes", "out_axes", "axis_name", "axis_size", "spmd_axis_name"}
_SAYS = re.compile(
    r"vmap|in_ax|out_axes|axes|tuple index out of range|RNGs should be of shape|contracting dim"
    r"|expected to generate shape|unexpected keyword|[Ii]ncompatible shapes"
)
_WHOLE = re.compile(r"expected to generate shape")
_ALONG = {  # what gives its result an axis of copies
    *("split", "fold_in", "stack", "tile", "repeat", "broadcast_to", "arange", "vmap", "range"),
    *("linspace", "concatenate", "random_split"),
}
_MAPPED = re.compile(r"key|rng|param|stack|variable|weight|batched|states?$|tree", re.IGNORECASE)
MOST_ARGUMENTS = 4
FUNCTIONS = (ast.FunctionDef, ast.Lambda)


@dataclass(frozen=True)
class _Given:
    """What a vmap has in the place of in_axes: how, as it is written, and what it means.

    `entries` is the length of a tuple.
    """

    how: str
    text: str = ""
    axes: Axes | None = None
    entries: str = ""


def mends(source: Source, raised: Raised) -> Iterator[Mend]:
    """The repairs of the vmaps that an exception may come from, the likeliest first."""
    if not _SAYS.search(raised.message):
        return
    text = Text(source)
    found = [(lift, call) for lift in lifts(source) if (call := _failing(lift, raised))]
    inner_first = sorted(found, key=lambda f: (f[1].end_lineno or 0, f[1].end_col_offset or 0))
    for lift, call in inner_first:
        given = _given(lift, call, text)
        wanted = _wanted(source, call.args)
        if lift.flax:
            if given.how == "missing":
                yield from _mend(text, lift, call, given, "None", raised)
            continue
        # Where it is as it should be by its look, another one if the exception is vmap's own.
        others = _others(wanted) if given.axes != wanted or "vmap" in raised.message else []
        for axes in (wanted, *others[:2]):
            if axes != given.axes:
                yield from _mend(text, lift, call, given, _written(axes), raised)


def _failing(lift: Lift, raised: Raised) -> ast.Call | None:
    """The call of the mapped function that the exception came through, or else that of vmap."""
    calls = [c for c in lift.calls if c.args and not _starred(c)]
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
    return any(isinstance(a, ast.Starred) for a in call.args)


def _given(lift: Lift, call: ast.Call, text: Text) -> _Given:
    options = lift.options
    count = len(call.args)
    if options is not None:
        for keyword in options.keywords:
            if keyword.arg == "in_axes":
                return _written_as(text, keyword.value, count)
        if len(options.args) > lift.first:
            return _written_as(text, options.args[lift.first], count)
        unknown = [k for k in options.keywords if k.arg not in OPTIONS and k.arg]
        if unknown and not lift.flax:
            return _Given("unknown", unknown[0].arg or "")
    if any(k.arg == "in_axes" for k in call.keywords):
        return _Given("elsewhere", "", None)
    if options is not None and (out := _results(options)) is not None:
        return _Given("results", text.quoted(out.value), (0,) * count)
    return _Given("missing", "", (0,) * count)


def _written_as(text: Text, value: ast.expr, count: int) -> _Given:
    entries = str(len(value.elts)) if isinstance(value, ast.Tuple) else ""
    return _Given("given", text.quoted(value), _read(value, count), entries)


def _results(options: ast.Call) -> ast.keyword | None:
    """An out_axes with an entry for each argument, which was meant for them."""
    return next(
        (k for k in options.keywords if k.arg == "out_axes" and isinstance(k.value, ast.Tuple)),
        None,
    )


def _read(value: ast.expr, count: int) -> Axes | None:
    """What in_axes means for each argument; None where it means nothing to vmap."""
    if isinstance(value, ast.Tuple):
        axes = tuple(e.value if isinstance(e, ast.Constant) else "?" for e in value.elts)
        plain = all(a is None or type(a) is int for a in axes)
        return axes if plain and len(axes) == count else None  # type: ignore[return-value]
    if isinstance(value, ast.Constant) and (value.value is None or type(value.value) is int):
        return (value.value,) * count
    return None


def _wanted(source: Source, arguments: Sequence[ast.expr]) -> Axes:
    axes: Axes = tuple(0 if _is_mapped(source, a) else None for a in arguments)
    return axes if 0 in axes else (0, *axes[1:])


def _others(wanted: Axes) -> list[Axes]:
    """Other ways to map some of the arguments, those that are the most like it first."""
    if len(wanted) > MOST_ARGUMENTS:
        return []
    all_ways = [a for a in product((0, None), repeat=len(wanted)) if 0 in a and a != wanted]
    return sorted(all_ways, key=lambda a: sum(b != c for b, c in zip(a, wanted, strict=True)))


def _is_mapped(source: Source, argument: ast.expr) -> bool:
    """Tell whether an argument has an axis of copies: by what it was made of, or by its name."""
    waiting, seen = [argument], set[str]()
    while waiting:
        node = waiting.pop()
        if mentions(node, *_ALONG) or isinstance(node, (ast.ListComp, ast.List)):
            return True
        name = last_name(node)
        made = _assigned(source, name, argument) if name and name not in seen else []
        waiting += made
        if not made and any(_MAPPED.search(last_name(part)) for part in ast.walk(node)):
            return True
        seen.add(name)
    return False


def _assigned(source: Source, name: str, seen_from: ast.expr) -> list[ast.expr]:
    """What is assigned to a name in the innermost function that does so, or that is given it."""
    made = [a for a in source.find(ast.Assign) if name in map(last_name, a.targets)]
    around = [a for a in source.above(seen_from) if isinstance(a, FUNCTIONS)]
    for function in (*around, None):
        here = [a.value for a in made if _function_of(source, a) is function]
        given = [a.arg for a in function.args.args] if function is not None else []
        if here or name in given:
            return here
    return []


def _function_of(source: Source, node: ast.AST) -> ast.AST | None:
    return next((a for a in source.above(node) if isinstance(a, FUNCTIONS)), None)


def _written(axes: Axes) -> str:
    return f"({', '.join(map(str, axes))}{',' if len(axes) == 1 else ''})"


def _mend(
    text: Text, lift: Lift, call: ast.Call, given: _Given, wanted: str, raised: Raised
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
        "arguments": "" if lift.flax else "\n".join(text.quoted(a) for a in call.args),
        "axes": "" if axes is None else "\n".join(map(str, axes)),
        "entries": given.entries,
    }
    fault = "unsliced-params" if whole else "missing-in-axes"
    yield Mend(content, fault, where.lineno, f"axes-{given.how}", words)


def _maps_more(axes: Axes, wanted: str) -> bool:
    """Tell whether an argument was mapped that all copies share."""
    needed = wanted.strip("(,)").split(", ")
    return any(a is not None and b == "None" for a, b in zip(axes, needed, strict=False))


def _edits(
    text: Text, lift: Lift, call: ast.Call, given: _Given, new: str
) -> Iterator[Sequence[Edit]]:
    """Ways to write the repair, of which the first one that is a program is taken."""
    misplaced = [text.without(k) for k in call.keywords if k.arg in ("in_axes", "out_axes")]
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
    out = _results(options)
    if out is not None:
        yield [text.replaced(out, new), *misplaced]
        return
    for edit in text.given(options, new):
        yield [edit, *misplaced]
