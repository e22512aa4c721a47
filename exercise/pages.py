"""A page for each fault, from the same data as its hints: python -m exercise.pages [--check].

Writes docs/faults/ of a checkout.
"""

import sys
from pathlib import Path

from exercise import EXERCISE
from grader.core import derived
from grader.verdict import hints

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "faults"
INDEX = "README.md"
NOTE = "<!-- Written by: python -m exercise.pages -->\n"


def pages() -> dict[str, str]:
    """The pages and their index, by file name."""
    faults = EXERCISE.wording.faults
    book = hints.read(EXERCISE.folder)
    made = {f"{id}.md": _page(id, book.where[id]) for id in faults}
    rows = "".join(f"| [{id}]({id}.md) | {page.title} |\n" for id, page in sorted(faults.items()))
    about = "What a report may name, and what it means. `grader explain NAME` prints a page, too.\n"
    return made | {INDEX: f"{NOTE}# Faults\n\n{about}\n| name | in words |\n|---|---|\n{rows}"}


def _page(id: str, where: str) -> str:
    page = EXERCISE.wording.faults[id]
    return (
        f"{NOTE}# {page.title[0].upper()}{page.title[1:]}\n\n`{id}`\n\n"
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


def main() -> int:
    """Write the pages, or tell whether they are right."""
    wanted = {FOLDER / name: text for name, text in pages().items()}
    return derived.main("exercise.pages", wanted, set(FOLDER.glob("*.md")) - set(wanted))


if __name__ == "__main__":
    sys.exit(main())
