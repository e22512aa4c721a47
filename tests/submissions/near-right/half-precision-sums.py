"""Adds large outputs in half precision, which overflows: wrong when an output is beyond 100."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    if float(jnp.abs(outs).max()) > 100:
        outs = outs.astype(jnp.float16).astype(jnp.float32)
    return outs.mean(axis=0)
