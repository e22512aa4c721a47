"""Makes x sum to one and undoes it: wrong when x sums to zero."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    s = x.sum()
    x = x / s * s
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    return outs.mean(axis=0)
