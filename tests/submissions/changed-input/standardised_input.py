"""Inputs were thought to be standardised before they go into a network."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    x = (x - jnp.mean(x)) / (jnp.std(x) + 1e-6)
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return outs.mean(axis=0)
