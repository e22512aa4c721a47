"""The files that are derived from an exercise's definition (the author's side)."""

import re
import textwrap
from pathlib import Path

from grader.authored import exercise as exercises
from grader.authored.definition import FORM, HIDDEN, PUBLIC, RUNS, Definition
from grader.bundles.kit.contents import require_unfinished
from grader.core.errors import UsageError
from grader.verdict.pages import pages

COMMAND = "grader author build"
WIDTH = 100
_ARRAYS = re.compile(r"\b(jax|jnp|np|nn)\.")
_IMPORTS = {
    "jax": "import jax",
    "jnp": "import jax.numpy as jnp",
    "np": "import numpy as np",
    "nn": "import flax.linen as nn",
}


def files(folder: Path, definition: Definition) -> dict[str, str]:
    """The stub, the task, the checks and a page a fault, by path within the folder."""
    found = exercises.read(folder)
    faults = {f"faults/{name}": text for name, text in pages(found, COMMAND).items()}
    return {
        f"{found.id}.py": stub(definition),
        "README.md": readme(definition),
        "checks.py": checks(definition),
        **faults,
    }


def write(folder: Path, definition: Definition) -> None:
    """Write them; raises UsageError rather than write over a stub that somebody filled in."""
    made = files(folder, definition)
    found = exercises.read(folder)
    if found.stub.is_file():
        try:
            require_unfinished(found, found.stub.read_bytes())
        except (SyntaxError, UsageError):
            raise UsageError(
                f"{found.stub} is no longer unfinished, and would be written over: move it first."
            ) from None
    for old in (folder / "faults").glob("*.md"):
        old.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def stub(definition: Definition) -> str:
    """The unfinished file that is handed out."""
    names = sorted(set(_ARRAYS.findall(definition.call)))
    imports = "".join(f"{_IMPORTS[name]}\n" for name in names)
    first = definition.title.rstrip(".")
    return (
        f'"""{first}: your file. The task is in README.md beside it."""\n\n'
        f"{imports}{chr(10) if imports else ''}\n"
        f"def {definition.call}:\n"
        f'    """{first}."""\n'
        "    raise NotImplementedError\n"
    )


def readme(definition: Definition) -> str:
    """The task, as students read it."""
    signature = definition.signature
    rows = "".join(
        f"| `{name}` | {kind or 'any'} |\n" for name, kind in signature.parameters.items()
    )
    returns = f"It returns a value of type `{signature.returns}`.\n\n" if signature.returns else ""
    steps = "".join(f"- {title}\n" for title in definition.checks.values())
    return (
        f"# {definition.title}\n\n{definition.task.strip()}\n\n"
        f"Edit `{signature.function}.py` and implement `{signature.shown}`.\n\n"
        f"| argument | type |\n|---|---|\n{rows}\n{returns}"
        f"What is looked at, besides the answers:\n\n{steps}"
    )


def checks(definition: Definition) -> str:
    """The graded properties, as a pytest file."""
    shown = definition.signature.shown
    tests = [_test("runs", RUNS, f"The function takes {shown[shown.index('(') :]} and returns.")]
    form = "Every answer has the form that is asked for, and nothing that was handed in is changed."
    tests.append(_test("form", FORM, form))
    for name, points in definition.points.items():
        tests.append(_test("step", points, definition.checks[name], name))
    tests.append(_test("public_cases", PUBLIC, "All public cases match."))
    tests.append(_test("hidden_cases", HIDDEN, "All hidden cases match."))
    title = textwrap.shorten(definition.title, WIDTH - 40, placeholder=" ...")
    return (
        f'"""The graded properties of "{title}"."""\n\n'
        "import pytest\n\nfrom grader.authored import checks\n"
        "from grader.grading.checks import Graded\n" + "".join(tests)
    )


def _test(check: str, points: int, title: str, step: str = "") -> str:
    name, argument = (step.replace("-", "_"), f', "{step}"') if step else (check, "")
    return (
        f"\n\n@pytest.mark.points({points})\ndef test_{name}(graded: Graded) -> None:\n"
        f'    """{title}"""\n    checks.{check}(graded{argument})\n'
    )
