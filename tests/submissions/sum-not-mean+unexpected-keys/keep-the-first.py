"""The first key of a split must be kept for later, the others are for the copies."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key, *subkeys = jax.random.split(jax.random.PRNGKey(seed), n_copies + 1)
    subkeys = jnp.stack(subkeys)
    stacked = jax.vmap(model.init, in_axes=(0, None))(subkeys, x)
    return jax.vmap(model.apply, in_axes=(0, None))(stacked, x).sum(axis=0)
