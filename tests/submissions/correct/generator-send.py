"""A generator keeps the running mean."""
import jax
from flax import linen as nn


def averager():
    total, count = 0.0, 0
    value = None
    while True:
        value = yield value
        total, count = total + value, count + 1
        value = total / count


def custom_lift_forward(seed, x, n_copies, features):
    dense = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(dense.init, (0, None))(ks, x)
    mean = averager()
    next(mean)
    for i in range(n_copies):
        result = mean.send(dense.apply(jax.tree.map(lambda a: a[i], ps), x))
    return result
