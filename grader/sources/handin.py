"""What was handed in on a platform that gives a folder: one submission (trusted side)."""

from pathlib import Path

from grader.core.submission import Submission, UnreadableError
from grader.sources import folder as folders
from grader.sources.choose import choose
from grader.sources.entry import Wanted
from grader.sources.pick import program
from grader.sources.tree import Tree


def handed_in(folder: Path, wanted: Wanted) -> tuple[Submission, Path]:
    """Give the program that counts in a folder, and its path; raises UnreadableError for none.

    A link that leads out of the folder could name any file of this machine, and is refused.
    """
    root = folder.resolve()
    tree = Tree.of(root.name, f"{root}", folders.members(root))
    choice = choose({m.path: m for m in tree.files}, wanted)
    if choice.member is None and choice.refused:
        raise UnreadableError(f"What was handed in {choice.reason}.")
    if choice.member is None:
        why = f": {choice.reason}" if choice.reason else ""
        raise UnreadableError(f"There is no {wanted.stub} in what was handed in{why}.")
    return program(choice, wanted, {}), folder / choice.path
