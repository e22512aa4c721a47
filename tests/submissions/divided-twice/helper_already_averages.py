"""The helper averages, which was forgotten when the caller was written."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def combine(outputs):
    total = jnp.zeros_like(outputs[0])
    for o in outputs:
        total = total + o
    return total / len(outputs)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outputs = [
        model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x) for i in range(n_copies)
    ]
    ensemble = combine(outputs)
    return ensemble / n_copies
