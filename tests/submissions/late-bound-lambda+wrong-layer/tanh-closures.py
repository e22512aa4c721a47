"""Closures hold the members of the ensemble, each with a tanh on top."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    nets = []
    for i in range(n_copies):
        nets.append(lambda v: jnp.tanh(model.apply(jax.tree_util.tree_map(lambda p: p[i], stacked), v)))
    out = jnp.zeros((features,))
    for net in nets:
        out = out + net(x)
    return out / n_copies
