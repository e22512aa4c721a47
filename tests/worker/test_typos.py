"""What a student reads after a slip of the fingers: where, which line, what Python said, a name."""

from collections.abc import Callable

import pytest

from grader.core.report import Report
from grader.verdict import hints
from grader.verdict.view import look
from grader.worker.raised import describe

HEAD = "import flax.linen as nn\nimport jax\nimport jax.numpy as jnp\n"
BODY = """
def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    return {}
"""
SLIPS = {
    HEAD + BODY.format("jnp.zeroes(features)"): (
        7,
        "has no attribute 'zeroes'. Did you mean zeros?",
    ),
    HEAD + BODY.format("nn.Dnese(features)"): (7, "Did you mean Dense?"),
    HEAD + BODY.format("keyz"): (7, "name 'keyz' is not defined. Did you mean keys?"),
    HEAD + BODY.format("x.shap"): (7, "Did you mean shape?"),
    "import maths\n" + BODY.format("x"): (1, "No module named 'maths'. Did you mean math?"),
    "from flax import linnen\n" + BODY.format("x"): (1, "from 'flax'. Did you mean linen?"),
    HEAD + BODY.format("x\n   y = 1"): (8, "unindent does not match"),
}


@pytest.mark.parametrize("source", SLIPS, ids=lambda s: s.splitlines()[-1].strip())
def test_slip_is_shown_with_line_and_nearest_name(
    source: str, grade_text: Callable[[str], Report]
) -> None:
    """The first screen has file:line, the line as it stands, and what may have been meant."""
    line, said = SLIPS[source]
    report = grade_text(source)
    view = look(report, source.splitlines())
    assert view.failure is not None
    assert view.failure.place == f"custom_lift.py:{line}"
    assert view.failure.code == source.splitlines()[line - 1].strip()
    assert said in f"{view.failure.came_back} {view.failure.shows}"
    assert "site-packages" not in f"{view.failure.came_back} {view.failure.shows}"
    about = hints.subject(report, source.splitlines())
    assert about is not None
    assert about.id == (report.status if report.status == "syntax-error" else "unknown-name")


def test_only_a_slip_in_a_name_has_hints_on_names(grade_text: Callable[[str], Report]) -> None:
    """Whoever met another exception is asked about shapes, where most of them come from."""
    about = hints.subject(grade_text(HEAD + BODY.format("keys @ jnp.ones(9)")), [])
    assert about is not None
    assert about.id == "crashed"


class Silent:
    """An object that will not say what it has."""

    def __dir__(self) -> list[str]:
        """Leave."""
        raise SystemExit


def test_object_that_will_not_say_what_it_has_is_no_trouble() -> None:
    """Looking for a name runs a student's own code, which may do as it likes."""
    error = AttributeError("no attribute", name="lenght", obj=Silent())
    assert describe(error, "mine.py").message == "no attribute"
