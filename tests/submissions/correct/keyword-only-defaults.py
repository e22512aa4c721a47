"""Keyword-only options after the four arguments."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features, *, reduce=jnp.mean, module=nn.Dense):
    model = module(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outputs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return reduce(outputs, axis=0)
