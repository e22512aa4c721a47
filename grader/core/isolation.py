"""Which layers must be in force before a stranger's program is run (trusted side).

Something has to say which files a program may read, and something which calls it may make. For the
files there are three ways, best first; a machine needs one of them.
"""

from collections.abc import Sequence

from grader.core.errors import GraderError

FILES = ("landlock", "bubblewrap", "private-key")
CALLS = ("seccomp",)
SHARED_FILES = (
    "Graded without landlock or bubblewrap: the key was out of a program's reach, but files that "
    "every user of this machine may read were not."
)

WITHOUT = (
    "The grader runs programs without files (temporary ones too), other programs, the network and "
    "sockets (asyncio's event loop has one); this exercise needs none of them."
)


def missing(isolation: Sequence[str]) -> tuple[str, ...]:
    """The layers that are called for and that are not in force: the best of each kind."""
    present = {layer if layer in FILES else layer.split("-")[0] for layer in isolation}
    return tuple(ways[0] for ways in (FILES, CALLS) if not present.intersection(ways))


def require(isolation: Sequence[str]) -> None:
    """Refuse to go on without walls where there is a hidden key; raises GraderError."""
    if lacking := " and ".join(missing(isolation)):
        raise GraderError(
            f"This machine has no {lacking} to hold a program back with, and the hidden half of "
            "the key is here, where the program could read it: so it was not run. For the "
            "instructor: `grader doctor` says what to do; --unsafe grades all the same, and says "
            "so in each report."
        )


def warnings(isolation: Sequence[str]) -> tuple[str, ...]:
    """What a report has to say about the layers that it was made behind."""
    lacking = " and ".join(missing(isolation))
    if lacking:
        return (f"Graded without {lacking}: a program could have reached outside.",)
    return (SHARED_FILES,) if "private-key" in isolation else ()
