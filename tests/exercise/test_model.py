"""The error model of the exercise: its rows, their wording, and the keys that they draw from."""

import string

import jax
import numpy as np
import pytest
from flax import linen as nn
from flax import nnx

from exercise import EXERCISE
from exercise.faults import BY_ID, KINDS
from exercise.model import MODEL, Inputs
from exercise.model.keys import KEYS
from grader.core.key import Key
from grader.search import Row
from grader.search.predict import Predictor
from solution import strategies

ROWS = [row for step in MODEL.steps for row in step.rows[1:]]


def test_the_first_row_of_a_step_is_the_references() -> None:
    """What a right program does costs nothing and has no fault; everything else costs something."""
    for step in MODEL.steps:
        assert step.rows[0].cost == 0
        assert not step.rows[0].faults
        assert all(row.cost > 0 for row in step.rows[1:])
        assert len({row.name for row in step.rows}) == len(step.rows)


def test_the_model_predicts_the_expected_answers(key: Key) -> None:
    """The reference's rows give what the reference gave, on every case."""
    for case in key.cases:
        answer = Predictor(MODEL, Inputs.of(case)).answer((0,) * len(MODEL.steps))
        assert answer is not None
        np.testing.assert_allclose(answer, case.expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_names_known_faults_and_has_a_sentence(row: Row, key: Key) -> None:
    """Every misconception has faults that the records know, and a sentence that can be written."""
    assert set(row.faults) <= set(BY_ID)
    assert row.says.endswith(".")
    words = Inputs.of(key.public[0]).words()
    fields = {name for _, name, _, _ in string.Formatter().parse(row.says) if name}
    assert fields <= set(words)
    assert row.says.format(**words)


def test_every_fault_has_a_record_and_wording() -> None:
    """A record a fault: its check is one of the exercise's, its words are in faults.toml."""
    assert set(BY_ID) == set(EXERCISE.wording.faults)
    checks = {
        line.split("test_")[1].split("(")[0].replace("_", "-")
        for line in EXERCISE.checks.read_text("utf-8").splitlines()
        if line.startswith("def test_")
    }
    assert {kind.check for kind in KINDS} - {""} <= checks


def test_the_rows_of_the_keys_draw_from_what_the_key_holds(key: Key) -> None:
    """No row asks for kernels that the builder does not draw, but where a seed cannot be."""
    inputs = Inputs.of(key.public[0])
    assert all(len(row.do(None, inputs)) for row in KEYS)


class _Named(nn.Module):
    name_of_layer: str

    @nn.compact
    def __call__(self, x: jax.Array) -> jax.Array:
        return nn.Dense(5, name=self.name_of_layer)(x)


class _Lifted(nn.Module):
    @nn.compact
    def __call__(self, x: jax.Array) -> jax.Array:
        lifted = nn.vmap(
            nn.Dense,
            variable_axes={"params": 0},
            split_rngs={"params": True},
            in_axes=None,
            axis_size=3,
        )
        return lifted(5)(x)


def test_kernels_are_those_of_flax() -> None:
    """What is drawn from keys that were worked out is what Flax draws, bit for bit."""
    x, root = np.arange(4, dtype=np.float32), jax.random.PRNGKey(7)
    keys = jax.random.split(root, 3)
    drawn = strategies.kernels(7, x, 3, 5)

    def stacked(module: nn.Module) -> np.ndarray:
        tree = jax.vmap(module.init, in_axes=(0, None))(keys, x)
        return np.asarray(jax.tree.leaves(tree)[-1])

    rngs = nnx.Rngs(7)
    streamed = [nnx.Linear(4, 5, rngs=rngs).kernel[...] for _ in range(3)]
    wide = nn.Dense(15).init(root, x)["params"]["kernel"].reshape(4, 3, 5).swapaxes(0, 1)
    wanted = {
        "split": stacked(nn.Dense(5)),
        "inside-dense": stacked(_Named("dense")),
        "inside-VmapDense_0": jax.tree.leaves(_Lifted().init(root, x))[-1],
        "nnx-stream": np.stack(streamed),
        "wide": wide,
        "init-orthogonal": stacked(nn.Dense(5, kernel_init=nn.initializers.orthogonal())),
        "init-he-uniform": stacked(nn.Dense(5, kernel_init=nn.initializers.he_uniform())),
    }
    for name, kernels in wanted.items():
        np.testing.assert_allclose(drawn[name][:3], kernels, atol=2e-7, err_msg=name)
