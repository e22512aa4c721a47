"""A page for each fault, from the same data as its hints: python -m exercise.pages [--check].

Writes docs/faults/ of a checkout.
"""

import sys

from exercise import EXERCISE
from grader import ROOT
from grader.core import derived
from grader.verdict.pages import pages

COMMAND = "exercise.pages"
FOLDER = ROOT / "docs" / "faults"


def main() -> int:
    """Write the pages, or tell whether they are right."""
    made = pages(EXERCISE, f"python -m {COMMAND}")
    wanted = {FOLDER / name: text for name, text in made.items()}
    return derived.main(COMMAND, wanted, set(FOLDER.glob("*.md")) - set(wanted))


if __name__ == "__main__":
    sys.exit(main())
