"""The grader as a platform gets it: its files, what it needs, and the key's numbers (trusted side).

The solution is in no bundle. The hidden half of the key is numbers too, and goes only where no
student can read it: to Gradescope.
"""

from collections.abc import Collection, Mapping
from importlib import resources
from pathlib import Path

from grader.bundles import distribution
from grader.core import key_file
from grader.core.errors import UsageError
from grader.core.exercise import Exercise

PINS = "grader/bundles/kit/requirements.txt"
INSTALL = "install.py"


def template(name: str, **words: str) -> bytes:
    """A file of templates/, with @WORD@ replaced."""
    text = resources.files(__package__).joinpath("templates", name).read_text("utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word.upper()}@", value)
    return text.encode()


def grader(exercise: Exercise) -> dict[str, bytes]:
    """The grader with the public half of the key, and what installs it."""
    files = distribution.files(exercise)
    library = {f"lib/{name}": content for name, content in files.items()}
    return {INSTALL: template(INSTALL), "requirements.txt": files[PINS], **library}


def hidden_half(exercise: Exercise) -> dict[str, bytes]:
    """The hidden half; raises UsageError without it, GraderError where it is not of this key."""
    key_file.read(exercise.public_key, exercise.hidden_key)
    return {hidden_place(exercise): exercise.hidden_key.read_bytes()}


def hidden_place(exercise: Exercise) -> str:
    """Where the grader of a bundle looks for the hidden half, from its own place."""
    inside = distribution.FOLDER if exercise.secret == exercise.folder else exercise.secret.name
    return f"lib/{inside}/{exercise.hidden_key.relative_to(exercise.secret).as_posix()}"


def write_folder(
    folder: Path, files: Mapping[str, bytes], executable: Collection[str] = ()
) -> None:
    """Write files to a new or empty folder; raises UsageError for any other.

    Whoever runs what is made of them may read them, whatever the umask here: an image's user.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty; name a new folder.")
        for name, content in sorted(files.items()):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o755 if name in executable else 0o644)
        for path in folder.rglob("*/"):
            path.chmod(0o755)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None
