"""Getters that are kept, and an answer in half precision."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    net = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(net.init, in_axes=(0, None))(ks, x)
    getters = [lambda leaf: leaf[j] for j in range(n_copies)]
    ys = [net.apply(jax.tree.map(g, ps), x) for g in getters]
    return (sum(ys) / n_copies).astype(jnp.bfloat16)
