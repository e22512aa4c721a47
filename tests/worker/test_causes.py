"""A cause that is known is named, with what to do: no false cause, and no guess."""

import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path

import jax.numpy as jnp
import pytest

from exercise import EXERCISE
from grader import settings
from grader.cause import KINDS
from grader.core import changed_settings
from grader.core.isolation import WITHOUT
from grader.core.report import Report
from grader.grading import unreadable
from grader.verdict import hints
from grader.verdict.view import look
from grader.worker import causes
from grader.worker.raised import describe
from grader.worker.removed import REMOVED, Removed, sentence
from tests.conftest import SAMPLES

RIGHT = (SAMPLES / "correct/course-loop.py").read_text("utf-8")
# What a student reads, and the kind of its hints.
SAID = {
    "import-error/flax-nn": ("removed-name", "flax.nn was removed in Flax 0.3.6", "use flax.linen"),
    "import-error/flax-optim": ("removed-name", "removed in Flax 0.6.0", "use optax"),
    "import-error/config-module": ("removed-name", "no module any more", "`import jax`"),
    "import-error/misspelt-name": (
        "removed-name",
        "There is no jax.numpy.tree_map",
        "jax.tree.map",
    ),
    "import-error/matplotlib": ("not-installed", "matplotlib is not in this environment"),
    "import-error/torch-habit": ("not-installed", "torch is not in this environment"),
    "import-error/missing-package": (
        "not-installed",
        "lecture_helpers_week7.py is a file of yours",
    ),
    "import-error/relative-import": ("not-installed", "With a dot in front"),
    "import-error/misspelt-submodule": ("unknown-name", "Did you mean jax.numpy?"),
    "import-error/name-error": ("unknown-name", "`import numpy as np` makes this name known"),
    "import-error/asks-for-input": ("asks-for-input", "nobody is there to answer"),
    "import-error/quit": ("ended-itself", "SystemExit: This ends the whole program"),
    "import-error/system-exit": ("ended-itself", "take it out (line 19)"),
    "import-error/exit-after-test": ("ended-itself", "ends the whole program"),
    "import-error/arguments-required": ("ended-itself", '`if __name__ == "__main__":`'),
    "crashed/tree-map-of-old": ("removed-name", "removed in JAX 0.6.0", "use jax.tree.map"),
    "crashed/imports-left-in-another-cell": ("unknown-name", "`import flax.linen as nn` makes"),
    "crashed/jit-without-static": ("concrete-value", "Under jit, an argument", "static_argnames"),
    "crashed/jit-loop-only": ("concrete-value", 'static_argnames=("n_copies",)', "leave jit out"),
    "crashed/transfer-guard": ("setting", "jax_transfer_guard", "Take that setting out"),
    "syntax-error/utf-16": ("encoding", "encoded as UTF-16", "Save it as UTF-8"),
    "syntax-error/not-utf8": ("encoding", "0xfc, which would be “ü” in Windows-1252", "(line 1)"),
    "syntax-error/cp1252": ("encoding", "0xf6, which would be “ö” in Windows-1252", "(line 1)"),
    "syntax-error/markdown-fence": ("pasted", "Line 7 and line 17: ``` is a fence of Markdown"),
    "syntax-error/chat-answer": ("pasted", "Line 3 and line", "with all text around the program"),
    "syntax-error/merge-conflict": ("pasted", "a merge with a conflict"),
    "syntax-error/prompts": ("pasted", "the prompt of an interactive Python"),
    "syntax-error/smart-quotes": ("pasted", "copied from a page or a word processor"),
    "syntax-error/non-breaking-space": ("pasted", "copied from a page or a word processor"),
}
MISLEADING = ("etils", "encoding declaration", "codec", "?. Did", ".. ")


@pytest.mark.parametrize("name", SAID)
def test_cause_is_named(name: str, grade_sample: Callable[[str], Report]) -> None:
    """The first screen has the sentence, and the hints are about that cause."""
    kind, *said = SAID[name]
    report = grade_sample(f"{name}.py")
    failure = look(report).failure
    assert failure is not None
    shown = f"{failure.came_back} {failure.shows}"
    assert report.cause == kind
    for part in said:
        assert part in report.message
        assert part in shown
    assert not [text for text in MISLEADING if text in report.message]
    about = hints.subject(report, [])
    assert about is not None
    assert about.id == kind


def test_every_kind_of_cause_has_hints() -> None:
    """What a report may say in `cause` has four levels of hints."""
    assert set(hints.read(EXERCISE).endings) >= set(KINDS)


def found(name: str) -> object:
    """What a dotted name stands for; None where it is not there."""
    try:
        return pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return None


@pytest.mark.parametrize("record", REMOVED.values(), ids=lambda r: r.name)
def test_removed_name_is_gone_and_its_successor_is_there(record: Removed) -> None:
    """A record holds in the installed versions, and says what can be tried."""
    if record.name != record.instead:  # of jax.config, the module is gone
        assert found(record.name) is None
    assert not record.instead or found(record.instead) is not None
    assert record.name in sentence(record, "1.2")


def test_look_for_names_can_fail() -> None:
    """A name that is there is found, whether module, function or method."""
    for name in ("jax.tree.map", "jax.numpy", "jax.numpy.ndarray.at", "math.prod"):
        assert found(name) is not None


@pytest.mark.parametrize("statement", causes.IMPORTS.values())
def test_import_that_is_advised_works(statement: str) -> None:
    """Each makes the name that it is there for."""
    made: dict[str, object] = {}
    exec(statement, made)  # noqa: S102  # our own statements
    (name,) = (name for name, value in causes.IMPORTS.items() if value == statement)
    assert name in made


@pytest.mark.parametrize("name", causes.ADDED)
def test_name_of_a_later_python_is_there_from_it_on(name: str) -> None:
    """The table is right about this Python."""
    assert (found(name) is not None) == (sys.version_info >= causes.ADDED[name])


def raised(source: str) -> tuple[str, str]:
    """What is said of the exception that a source raises: its cause's kind, and the message."""
    try:
        exec(compile(source, "mine.py", "exec"), {"jnp": jnp})  # noqa: S102  # our own sources
    except BaseException as error:  # noqa: BLE001  # SystemExit among them
        seen = describe(error, "mine.py")
        return seen.cause, seen.message
    raise AssertionError(source)


@pytest.mark.parametrize(
    "module", ["utils", "util", "helpers", "models", "layers", "tests", "stats", "codes", "lift"]
)
def test_module_of_ones_own_is_not_taken_for_another(module: str) -> None:
    """No package that lies around, and no corner of the library, is held for a misspelt helper."""
    _, said = raised(f"import {module}_")
    assert "Did you mean" not in said
    _, said = raised(f"import {module}" if module not in ("tests",) else "import tests_")
    assert "Did you mean" not in said


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ("import maths", "unknown-name", "Did you mean math?"),
        ("import flex", "unknown-name", "Did you mean flax?"),
        ("from google.colab import drive", "pasted", "in Colab alone"),
        ("get_ipython()", "pasted", "get_ipython is there in a notebook alone"),
        ("jnp.ones(3).to_py()", "removed-name", "There is no jax.Array.to_py"),
        ("import jax; jax.config.config", "removed-name", "removed in JAX 0.4.25"),
        ("from jax.core import get_aval", "removed-name", "use jax.typeof"),
        ("jnp.fix", "removed-name", "Use jax.numpy.trunc"),  # which JAX says itself
        ("import jax; jax.devices('gpu')", "one-device", "graded on a CPU"),
        ("exit()", "ended-itself", "This ends the whole program"),
        ("raise NameError('x')", "unknown-name", "x"),
        ("1 / 0", "", "division by zero"),
    ],
)
def test_exception_is_told_with_its_cause(source: str, kind: str, said: str) -> None:
    """Kind and sentence of a cause; an exception that explains itself stays as it is."""
    cause, message = raised(source)
    assert cause == kind
    assert message.count(said) == 1
    assert message.count("trunc") < 2


def test_sentence_survives_a_long_message() -> None:
    """Of a message that fills the report, the end goes and not the sentence."""
    cause, message = raised(f"class A: pass\nraise NameError('{'long ' * 999}', name='jnp')")
    assert cause == "unknown-name"
    assert message.endswith("[...]. `import jax.numpy as jnp` makes this name known")
    assert len(message) < 300


NEWER = {
    "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n": "3.14",
    'def f(a):\n    return t"a{a}"\n': "3.14",
    "def f[T](x: T) -> T:\n    return x\n": "3.12",
    "class A[T]:\n    pass\n": "3.12",
    "type Key = int\n": "3.12",
    'def f(d):\n    return f"{d["a"]}"\n': "3.12",
    "x = f\"{'\\n'.join(a)}\"\n": "3.12",
    'x = f"{\n   a\n}"\n': "3.12",
    "lazy import json\n": "3.15",
    "x = [*a for a in b]\n": "3.15",
}
OLDER = ["def f(x)\n    return x\n", "x = f'{a'\n", "types = (1,\n", "print 'x'\n", "except A:\n"]


@pytest.mark.parametrize("source", NEWER)
def test_syntax_of_a_newer_python_is_named(
    source: str, grade_text: Callable[[str], Report]
) -> None:
    """The release that reads it is named, and the grader's own; there, it is not an error."""
    report = grade_text(RIGHT + source)
    if report.status != "syntax-error":  # this Python is that new
        assert report.environment["python"] > NEWER[source]
        return
    assert report.cause == "newer-python"
    assert f"Python {NEWER[source]} and later read" in report.message
    assert f"the grader runs Python {report.environment['python']}" in report.message


@pytest.mark.parametrize("source", OLDER)
def test_plain_syntax_error_is_not_taken_for_a_newer_python(
    source: str, grade_text: Callable[[str], Report]
) -> None:
    """What no Python reads has no such cause."""
    report = grade_text(RIGHT + source)
    assert (report.status, report.cause) == ("syntax-error", "")


def test_a_python_that_reads_it_is_told_nothing() -> None:
    """The version decides: the same line is no newer syntax to a Python that has it."""
    from grader.core.observation import Raised
    from grader.core.submission import Submission

    submission = Submission.of("mine.py", b"type Key = int\n")
    error = Raised("SyntaxError", "invalid syntax", ((1, "<module>"),))
    assert unreadable.why(submission, error, "3.11.9") is not None
    assert unreadable.why(submission, error, "3.12.0") is None


WALLED = {
    "at import": "import logging\nlogging.basicConfig(filename='lift.log')\n" + RIGHT,
    "in the function": RIGHT.replace("    model =", "    open('p.pkl', 'wb')\n    model =", 1),
    "a file that is not there": "DATA = open('data.csv').read()\n" + RIGHT,
}


@pytest.mark.parametrize("name", WALLED)
def test_what_the_walls_forbid_is_told(name: str, grade_text: Callable[[str], Report]) -> None:
    """The first screen says that there are no files, and shows no folder of this machine."""
    report = grade_text(WALLED[name])
    if not report.environment["isolation"]:
        pytest.skip("this machine has no walls")
    assert (report.cause, report.score) == ("walls", 0)
    failure = look(report).failure
    assert failure is not None
    assert WITHOUT in failure.shows
    assert "/" not in f"{failure.came_back} {failure.shows}"


FILES = {
    "UTF-16 without a mark": ("x = 1\n".encode("utf-16-le"), "encoding", "UTF-16"),
    "UTF-32": ("x = 1\n".encode("utf-32"), "encoding", "UTF-32"),
    "another encoding": ("x = '\u4e2d'\n".encode("gbk"), "encoding", "not UTF-8"),
    "one NUL": (b"a = '\x00'\n", "", "null byte"),
    "an unknown encoding": (b"# coding: utf-99\nx = 1\n", "", "utf-99"),
}


@pytest.mark.parametrize("name", FILES)
def test_file_that_is_no_program_is_told_as_what_it_is(
    name: str, grade_text: Callable[[bytes], Report]
) -> None:
    """Encodings are told by their bytes."""
    content, kind, said = FILES[name]
    report = grade_text(content)
    assert (report.status, report.cause, report.score) == ("syntax-error", kind, 0)
    assert said in report.message


DRAWS = {
    "jax_threefry_partitionable": "False",
    "jax_default_prng_impl": "'rbg'",
}


@pytest.mark.parametrize("name", DRAWS)
def test_setting_that_changes_draws_is_named(
    name: str, grade_text: Callable[[str], Report]
) -> None:
    """Wrong answers of a program that changes such a setting come with its name and with hints."""
    update = f"import jax\njax.config.update('{name}', {DRAWS[name]})\n"
    report = grade_text(update + RIGHT)
    assert (report.status, report.cause) == ("graded", "setting")
    assert name in report.message
    assert "take the setting out" in report.message
    assert report.message in look(report).also
    about = hints.subject(report, [])
    assert about is not None
    assert about.id == "setting"


def test_setting_of_a_block_is_named(grade_text: Callable[[str], Report]) -> None:
    """A setting that holds for a few lines is seen in the source."""
    line = "    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)\n"
    assert line in RIGHT
    block = f"    with jax.threefry_partitionable(False):\n    {line}"
    report = grade_text(RIGHT.replace(line, block))
    assert "jax_threefry_partitionable" in report.message


def test_harmless_setting_is_no_cause(grade_text: Callable[[str], Report]) -> None:
    """A right program is told nothing; a wrong one is told, and keeps the hints of its fault."""
    update = "import jax\njax.config.update('jax_enable_x64', True)\n"
    right = grade_text(update + RIGHT)
    assert (right.score, right.message, right.cause) == (100, "", "")
    wrong = grade_text(update + RIGHT.replace(" / n_copies", ""))
    assert "jax_enable_x64" in wrong.message
    about = hints.subject(wrong, [])
    assert about is not None
    assert about.id == "sum-not-mean"


def test_claims_on_settings_are_bounded() -> None:
    """Only names of the table pass, once each, in the table's order."""
    claimed = ["jax_enable_x64", "<script>", "jax_enable_x64", "x" * 9999]
    assert settings.known(claimed) == ("jax_enable_x64",)
    assert changed_settings.sentence(["nothing"]) == ""


PROCESS = """
import os, sys
sys.stdout.reconfigure(encoding="utf-8")
from grader import check
check(print)
import __main__
assert sys.argv == ["custom_lift.py"] == sys.orig_argv[1:], sys.argv
assert __main__ is sys.modules[__name__] and __name__ == "custom_lift", __main__
assert "zygote" not in str(vars(__main__).keys()) and __main__.__file__ == "custom_lift.py"
own = [n for n in os.environ if n.startswith(("GRADER", "JAX", "XLA"))]
assert own == ["XLA_FLAGS"], own  # by which JAX finds its cached programs
assert os.environ["HOME"] and os.environ["PATH"]
assert not [p for p in sys.path if "lift" in os.path.basename(p)], sys.path
if __name__ == "__main__":
    raise SystemExit("for a terminal")
"""


def test_process_looks_like_that_of_a_script(grade_text: Callable[[str], Report]) -> None:
    """Arguments, main module and environment are those of `python custom_lift.py`."""
    report = grade_text(PROCESS + RIGHT)
    assert (report.score, report.message) == (100, "")


@pytest.mark.parametrize("name", ["arguments-with-defaults", "sixty-four-bits"])
def test_right_programs_of_this_kind_have_full_marks(
    name: str, grade_sample: Callable[[str], Report]
) -> None:
    """What is unusual and right is right."""
    assert grade_sample(f"correct/{name}.py").score == 100


def test_megabytes_of_output_are_no_trouble(grade_text: Callable[[str], Report]) -> None:
    """A file that prints without measure while it is loaded is graded all the same."""
    assert grade_text("for _ in range(50):\n    print('x' * 100_000)\n" + RIGHT).score == 100


def test_samples_here_exist() -> None:
    """Each sample of the table is a file."""
    assert [n for n in SAID if not Path(SAMPLES / f"{n}.py").exists()] == []
