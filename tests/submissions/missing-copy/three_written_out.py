"""Three copies, as in the first example, are written out, and the rest is forgotten."""

import flax.linen as nn
import jax


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    first = layer.apply(jax.tree.map(lambda p: p[0], stacked), x)
    second = layer.apply(jax.tree.map(lambda p: p[1], stacked), x)
    third = layer.apply(jax.tree.map(lambda p: p[2], stacked), x)
    return (first + second + third) / 3
