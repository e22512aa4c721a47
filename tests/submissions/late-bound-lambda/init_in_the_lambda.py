"""Delays the initialisation as well: when the stored functions are called, i is the last one."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    fns = []
    for i in range(n_copies):
        fns.append(lambda: model.apply(model.init(keys[i], x), x))
    return sum(f() for f in fns) / n_copies
