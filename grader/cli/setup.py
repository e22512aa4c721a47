"""What the commands share: exit codes, the exercise with its key, a sandbox, how to end."""

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

import click

from grader import wiring
from grader.core.errors import GraderError, UsageError
from grader.verdict.command import command

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from grader.core.exercise import Exercise
    from grader.core.key import Key
    from grader.verdict.last import Last

EXIT_FULL, EXIT_NOT_FULL, EXIT_USAGE, EXIT_GRADER_ERROR = 0, 1, 2, 3
EXIT_INTERRUPTED = 130  # as shells have it


def public_knowledge(exercise: "Exercise", key: "Key") -> None:
    """Say so in one line where the hidden cases were drawn from the word for development."""
    if key.is_development:
        click.echo(development(exercise), err=True)


def development(exercise: "Exercise") -> str:
    """What that line says."""
    return (
        "The hidden cases are public knowledge: the key was built without a course secret. Set "
        f"GRADER_COURSE_SECRET or GRADER_COURSE_SECRET_FILE and build it again: {exercise.build}"
    )


def console(stderr: bool = False) -> "Console":
    """Give a console that takes no text for markup."""
    from rich.console import Console

    for stream in (sys.stdout, sys.stderr):  # a code page that lacks a character shows `?`
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def hint_for_last() -> "Text | str":
    """The next hint on the last diagnosis, if there is one."""
    return next_hint() or "There is nothing to hint at: nothing was found."


def last_exercise() -> "Exercise":
    """The exercise that was chosen, else the one of the last diagnosis."""
    known = _last()
    return wiring.exercise() if known is None else known[1]


def _last() -> "tuple[Last, Exercise] | None":
    """What was diagnosed last, and for what; None where that is gone, or another one was chosen."""
    from grader.verdict import last

    before = last.load()
    if before is None:
        return None
    try:
        task = wiring.at(before.exercise)
    except (UsageError, GraderError, ValueError):  # moved since, another grader's, or no path
        return None
    chosen = wiring.exercise() if os.environ.get(wiring.VARIABLE) else task
    return (before, chosen) if chosen.id == task.id else None


def next_hint() -> "Text | None":
    """The hint one level above the last one, noted as given; the highest again at the end."""
    from msgspec import structs
    from rich.text import Text

    from grader.verdict import hints, last

    known = _last()
    if known is None:
        return None
    before, task = known
    book = hints.read(task)
    top = hints.highest(book)
    level = max(1, min(before.level + 1, top))
    last.save(structs.replace(before, level=level))
    about = before.subject
    again = f"`{command('hint')}` again tells more."
    more = again if level < top else "This is the last hint."
    name = hints.LEVELS[level - 1]
    head = f"{about.id}, hint {level} of {top}: {name}"
    return Text.assemble((head, "bold"), f"\n{hints.hint(task, book, about, level)}\n{more}")


def fail(message: str, code: int) -> NoReturn:
    """Say why, and end."""
    click.echo(message, err=True)
    sys.exit(code)


def leave(message: str, code: int) -> NoReturn:
    """End at once, without waiting for threads whose workers may have long to go."""
    click.echo(message, err=True)
    sys.stdout.flush()
    os._exit(code)
