"""Assignment expressions wherever they fit."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    stacked = jax.vmap((model := nn.Dense(features=features)).init, in_axes=(0, None))(
        keys := jax.random.split(jax.random.PRNGKey(seed), n_copies), x
    )
    total, i = jnp.zeros(features), -1
    while (i := i + 1) < len(keys):
        total = total + (y := model.apply(jax.tree.map(lambda p: p[i], stacked), x))
        assert y.shape == (features,)
    return total / n_copies
