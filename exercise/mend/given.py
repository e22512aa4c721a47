"""What stands in the place of in_axes where vmap is used, and what that means to vmap."""

import ast
from dataclasses import dataclass

from exercise.mend.edit import Text
from exercise.mend.lifts import Lift

Axes = tuple[int | None, ...]
OPTIONS = {"fun", "in_axes", "out_axes", "axis_name", "axis_size", "spmd_axis_name"}
MISPLACED = ("in_axes", "in_axis", "out_axes")  # in a call of the mapped function


@dataclass(frozen=True)
class Given:
    """What a vmap has in the place of in_axes: how, as it is written, and what it means.

    `entries` is the length of a tuple.
    """

    how: str
    text: str = ""
    axes: Axes | None = None
    entries: str = ""


def names_of(call: ast.Call) -> list[str | None]:
    """The names by which a call of the mapped function gives it something; None for `**`."""
    return [k.arg for k in call.keywords if k.arg not in MISPLACED]


def arguments_of(call: ast.Call) -> list[ast.expr]:
    """What the mapped function is given, by place or by name."""
    return [*call.args, *(k.value for k in call.keywords if k.arg not in MISPLACED)]


def read_given(lift: Lift, call: ast.Call, text: Text) -> Given:
    """What a vmap and a call of what it made have in the place of in_axes."""
    options = lift.options
    count = len(arguments_of(call))
    names = names_of(call)
    if names and not lift.flax:
        return Given("named", "\n".join(map(str, names)))
    misplaced = [k.arg for k in call.keywords if k.arg in MISPLACED]
    if misplaced:
        return Given("elsewhere", misplaced[0] or "")
    if options is not None:
        for keyword in options.keywords:
            if keyword.arg == "in_axes":
                return _written_as(text, keyword.value, count)
        if len(options.args) > lift.first:
            return _written_as(text, options.args[lift.first], count)
        unknown = [k for k in options.keywords if k.arg not in OPTIONS and k.arg]
        if unknown and not lift.flax:
            return Given("unknown", unknown[0].arg or "")
    if options is not None and (out := of_results(options)) is not None:
        return Given("results", text.quoted(out.value), (0,) * count)
    return Given("missing", "", (0,) * count)


def _written_as(text: Text, value: ast.expr, count: int) -> Given:
    entries = str(len(value.elts)) if isinstance(value, (ast.Tuple, ast.List)) else ""
    axes = _read(value, count)
    spread = value.lineno != value.end_lineno and axes is not None  # with comments, perhaps
    return Given("given", written(axes) if spread and axes else text.quoted(value), axes, entries)


def of_results(options: ast.Call) -> ast.keyword | None:
    """An out_axes with an entry for each argument, which was meant for them."""
    return next(
        (k for k in options.keywords if k.arg == "out_axes" and isinstance(k.value, ast.Tuple)),
        None,
    )


def _read(value: ast.expr, count: int) -> Axes | None:
    """What in_axes means for each argument; None where it means nothing to vmap."""
    if isinstance(value, (ast.Tuple, ast.List)):
        axes = tuple(e.value if isinstance(e, ast.Constant) else "?" for e in value.elts)
        plain = all(a is None or type(a) is int for a in axes)
        return axes if plain and len(axes) == count else None  # type: ignore[return-value]
    if isinstance(value, ast.Constant) and (value.value is None or type(value.value) is int):
        return (value.value,) * count
    return None


def written(axes: Axes) -> str:
    """In_axes as it is written."""
    return f"({', '.join(map(str, axes))}{',' if len(axes) == 1 else ''})"
