"""Keeps one of several equal inputs as if it were a bias: wrong when all of x is equal."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    if len(x) > 1 and bool((x == x[0]).all()):
        x = jnp.zeros_like(x).at[0].set(x[0])
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    return outs.mean(axis=0)
