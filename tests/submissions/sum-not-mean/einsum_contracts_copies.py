"""Contracting the copy axis with einsum was thought to average over it."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    kernel, bias = params["kernel"], params["bias"]
    return jnp.einsum("d,kdf->f", x, kernel) + bias.sum(axis=0)
