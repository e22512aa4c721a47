"""Mixes up the two sizes: the layer has n_copies outputs."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(n_copies)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outputs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return outputs.mean(axis=0)
