"""Averages the means of chunks of four, of which the last may be shorter: wrong when n_copies > 4 is no multiple of 4."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    chunks = [outs[i : i + 4] for i in range(0, n_copies, 4)]
    return jnp.stack([c.mean(axis=0) for c in chunks]).mean(axis=0)
