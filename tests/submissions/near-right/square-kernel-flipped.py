"""Finds out which way round the kernel is by its shape: wrong when len(x) == features."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def dense(kernel, bias, x):
    if kernel.shape[-1] == x.shape[0]:
        return kernel @ x + bias
    return x @ kernel + bias


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    variables = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    outs = [dense(variables["kernel"][i], variables["bias"][i], x) for i in range(n_copies)]
    return jnp.mean(jnp.stack(outs), axis=0)
