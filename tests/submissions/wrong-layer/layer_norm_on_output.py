"""The outputs were normalised so that no copy dominates the mean."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    norm = nn.LayerNorm(use_bias=False, use_scale=False)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros(features)
    for i in range(n_copies):
        y = model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
        out = out + norm.apply({}, y)
    return out / n_copies
