"""What is behind an exception: it is found, said and credited; and no more than that."""

from collections.abc import Callable

import pytest

from exercise import EXERCISE
from exercise.wording.evidence import HIDDEN as HIDDEN_ONLY
from exercise.wording.mends import _SENTENCES, sentence
from grader.core.key import Key
from grader.core.mended import Mend
from grader.core.report import Report
from grader.core.run import Run
from grader.core.submission import Submission
from grader.grading.grade import grade
from grader.sandbox.sandbox import Sandbox
from tests.exercise.test_mend import INIT, SIZES, WHOLE, program

GradeText = Callable[[str | bytes], Report]
PLAIN = INIT.replace(", in_axes=(0, None)", "")


def outcomes(report: Report) -> dict[str, str]:
    """How each check came out."""
    return {check.id: check.outcome for check in report.checks}


def test_what_raised_costs_its_own_checks_alone(grade_text: GradeText) -> None:
    """Without in_axes, what the mended program shows is credited; the cases are not."""
    report = grade_text(program(PLAIN))
    (fault,) = report.diagnosis.faults
    assert fault.id == "missing-in-axes"
    assert fault.evidence == (
        "vmap(model.init) is given no in_axes, so it maps over axis 0 of both arguments, keys and "
        "x. Here these axes have sizes 3 and 4. With line 12 mended, all 10 public cases are right."
    )
    assert (report.status, report.score, report.correct) == ("crashed", 50, False)
    assert outcomes(report) == {
        "runs": "failed",
        "shape": "passed",
        "independent-copies": "passed",
        "maps-only-the-keys": "failed",
        "every-copy-counts": "passed",
        "mean-not-sum": "passed",
        "vmapped-init": "passed",
        "public-cases": "skipped",
        "hidden-cases": "skipped",
    }


def test_fault_behind_is_named_with_its_condition(grade_text: GradeText) -> None:
    """The sum behind a missing in_axes is found, at its line, and costs what a sum costs."""
    report = grade_text(program(PLAIN).replace(" / n_copies", ""))
    first, behind = report.diagnosis.faults
    assert (first.id, behind.id) == ("missing-in-axes", "sum-not-mean")
    assert behind.evidence.startswith("With line 12 mended, the total is not divided by 3")
    assert report.score == 40
    assert report.diagnosis.alternatives == ()


def test_several_exceptions_are_mended_one_behind_the_other(grade_text: GradeText) -> None:
    """Two vmaps on one line, and a tree that is indexed: each is told, of the student's text."""
    text = program(
        "stacked = jax.vmap(lambda p: p)(jax.vmap(model.init)(keys, x))",
        "one = lambda i: jax.tree.map(lambda p: p[:, i], stacked)",
    )
    report = grade_text(text)
    axes, index = report.diagnosis.faults
    assert (axes.id, index.id) == ("missing-in-axes", "wrong-axis")
    assert "With line 12 and line 13 mended, all 10 public cases are right." in index.evidence
    assert "in_axes=(0, None)" not in axes.evidence


def test_misspelt_name_is_no_fault_and_hides_none(grade_text: GradeText) -> None:
    """What is behind a misspelt name is found too, and the name itself costs the calls alone."""
    text = program().replace("random.split", "random.spilt")
    report = grade_text(text)
    assert report.diagnosis.faults == ()
    assert report.score == 60
    assert report.message.endswith("Did you mean split? (line 11)")
    assert report.diagnosis.remark == (
        "With split for spilt on line 11, all 10 public cases are right."
    )
    (behind,) = grade_text(text.replace(" / n_copies", "")).diagnosis.faults
    assert behind.evidence.startswith(
        "With split for spilt on line 11, the total is not divided by 3"
    )


FEIGNED = """
import jax
import jax.numpy as jnp


def custom_lift_forward(seed, x, n_copies, features):
    stacked = jax.vmap(lambda k, v: k{axes})(jnp.zeros((n_copies, 2)), x)
    return {answer}
"""


@pytest.mark.parametrize("answer", ["jnp.zeros(features)", "jnp.ones((n_copies, features))", "x"])
def test_raising_on_purpose_earns_no_more_than_the_answers(
    answer: str, grade_text: GradeText
) -> None:
    """A program that is mended into one that knows nothing earns what that one earns, and less."""
    mended = grade_text(FEIGNED.format(axes="", answer=answer))
    plain = grade_text(FEIGNED.format(axes=", in_axes=(0, None)", answer=answer))
    passed = {check for check, how in outcomes(mended).items() if how == "passed"}
    allowed = {check for check, how in outcomes(plain).items() if how == "passed"}
    assert passed - {"vmapped-init"} <= allowed
    assert not {"runs", "public-cases", "hidden-cases"} & passed


HIDDEN = """
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    axes = 0 if 100 < seed < 2**31 - 1 else (0, None)
    stacked = jax.vmap(model.init, in_axes=axes)(keys, x)
    return jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(0)
"""


def test_what_hidden_inputs_raise_is_mended_without_a_word(grade_text: GradeText) -> None:
    """Neither the line nor the words of a repair are shown where hidden calls alone raise."""
    report = grade_text(HIDDEN)
    (fault,) = report.diagnosis.faults
    assert (fault.id, fault.line) == ("missing-in-axes", None)
    assert fault.evidence == HIDDEN_ONLY
    assert report.diagnosis.example is None
    assert "axes" not in report.diagnosis.remark


def test_what_the_mended_program_says_is_quoted_nowhere(grade_text: GradeText) -> None:
    """Types, messages and shapes that the mended program chooses are not in the report."""
    text = program(PLAIN).replace("return sum", "return Said(x), sum")
    text = text.replace("def custom", "class Said(tuple):\n    pass\n\n\ndef custom")
    report = grade_text(text)
    assert [f.id for f in report.diagnosis.faults][:1] == ["missing-in-axes"]
    assert b"tuple" not in report.to_json()
    shaped = program(PLAIN).replace("/ n_copies", "/ n_copies * jax.numpy.ones((4321, 1))")
    shaped_report = grade_text(shaped)
    assert "wrong-shape" in [f.id for f in shaped_report.diagnosis.faults]
    assert b"4321" not in shaped_report.to_json()


def test_time_limit_is_for_all_runs(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run is told what was used before it, and none is started when nothing is left."""
    from grader.grading import mending

    spent: list[float] = []
    raising = Run("crashed", {"public-1": _raised()}, used=20.0)

    def execute(*given: object) -> Run:
        spent.append(float(str(given[-2])))
        return Run("crashed", {"public-1": _raised("ValueError", "other")}, used=spent[-1] + 6)

    monkeypatch.setattr(mending, "execute", execute)
    submission = Submission.of("custom_lift.py", program(PLAIN).encode())
    sandbox = Sandbox(timeout=30)
    mended, used = mending.mend(EXERCISE, submission, key, sandbox, raising)
    assert mended is None
    assert spent == [20.0, 26.0]
    assert used == 32.0


def _raised(type: str = "ValueError", message: str = SIZES) -> object:
    from grader.core.observation import Raised

    line = next(n for n, c in enumerate(program(PLAIN).splitlines(), 1) if "stacked = " in c)
    return Raised(type, message, ((line, "custom_lift_forward"),))


def test_right_program_is_not_run_again(
    key: Key, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no call raised there is nothing to mend: no repair is looked for."""
    from exercise import mend as repairs

    monkeypatch.setattr(repairs, "mend", None)
    submission = Submission.of("custom_lift.py", program().encode())
    assert grade(EXERCISE, submission, key, sandbox).correct


@pytest.mark.parametrize("kind", sorted(_SENTENCES))
@pytest.mark.parametrize("message", ["", SIZES, WHOLE])
@pytest.mark.parametrize("axes", ["", "0\n0", "None\n0", "None\nNone"])
def test_every_kind_of_repair_has_a_sentence(kind: str, message: str, axes: str) -> None:
    """All that may be said of a repair is said, without giving the repair away."""
    words = dict.fromkeys(("function", "code", "tree", "absent", "meant"), "f")
    words |= {"given": "(0, 1)", "arguments": "keys\nx", "axes": axes, "entries": "2"}
    text = sentence(Mend(b"", "missing-in-axes", 1, kind, words | {"decorated": ""}), message)
    assert text
    assert "(0, None)" not in text
