"""Takes large outputs for a mistake: wrong when an output is beyond 1000."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    outs = jnp.where(jnp.abs(outs) > 1e3, 0.0, outs)
    return outs.mean(axis=0)
