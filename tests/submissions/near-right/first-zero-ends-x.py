"""Reads x up to the first zero, like a string in C: wrong when a zero comes before the end."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    kept = x.tolist()
    if 0.0 in kept[1:]:
        end = kept.index(0.0, 1)
        x = x.at[end:].set(0.0)
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    return outs.mean(axis=0)
