"""A page for each fault of an exercise, from the same data as its hints. Pure (trusted side)."""

from grader.core.exercise import Exercise
from grader.verdict import hints

INDEX = "README.md"


def pages(exercise: Exercise, written_by: str) -> dict[str, str]:
    """The pages and their index, by file name; each says what has written it."""
    faults, note = exercise.wording.faults, f"<!-- Written by: {written_by} -->\n"
    where = hints.read(exercise).where
    made = {f"{id}.md": note + _page(exercise, id, where[id]) for id in faults}
    rows = "".join(f"| [{id}]({id}.md) | {page.title} |\n" for id, page in sorted(faults.items()))
    about = "What a report may name, and what it means. `grader explain NAME` prints a page, too.\n"
    return made | {INDEX: f"{note}# Faults\n\n{about}\n| name | in words |\n|---|---|\n{rows}"}


def _page(exercise: Exercise, id: str, where: str) -> str:
    page = exercise.wording.faults[id]
    return (
        f"# {page.title[0].upper()}{page.title[1:]}\n\n`{id}`\n\n"
        f"**Ask yourself.** {page.hint}\n\n"
        f"**What happens.** {page.what}\n\n"
        f"**Why.** {page.why}\n\n"
        f"**At the line that the report names.** {where}\n\n"
        "## The pattern, on another example\n\n"
        f"Not this:\n\n{_code(page.wrong)}\nThis:\n\n{_code(page.right)}\n"
        f"[All faults]({INDEX})\n"
    )


def _code(text: str) -> str:
    return f"```python\n{text.strip()}\n```\n"
