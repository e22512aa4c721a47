"""Returns early, and a row, for an x of zeros: wrong when x is all zeros."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    if float(jnp.abs(x).sum()) == 0.0:
        return jnp.zeros((1, features))
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    return outs.mean(axis=0)
