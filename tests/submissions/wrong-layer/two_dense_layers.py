"""Each copy was thought to be a small network with two layers."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    first = nn.Dense(features=features)
    second = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    out = jnp.zeros(features)
    for key in keys:
        h = first.apply(first.init(key, x), x)
        out = out + second.apply(second.init(key, h), h)
    return out / n_copies
