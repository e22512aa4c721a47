"""The main function is ready, its helper is not."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def slice_params(stacked, i):
    raise NotImplementedError('todo: take the i-th tree')


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros((features,))
    for i in range(n_copies):
        params_i = slice_params(stacked, i)
        out = out + model.apply(params_i, x)
    return out / n_copies
