"""Returns zeros of a whole-number dtype for an x of zeros: wrong when x is all zeros."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    if not x.any():
        return jnp.zeros(features, dtype=int)
    return outs.mean(axis=0)
