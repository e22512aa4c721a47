"""A dict as default argument was thought to be new in every call."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def add_to(total, y, store={}):
    store[y.shape] = store.get(y.shape, total) + y
    return store[y.shape]


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    out = jnp.zeros(features)
    for key in keys:
        params = model.init(key, x)
        out = add_to(out, model.apply(params, x))
    return out / n_copies
