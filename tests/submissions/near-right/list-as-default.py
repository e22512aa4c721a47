"""Collects the outputs of one size in a default argument: wrong when a size comes again."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def collect(out, outs={}):
    outs.setdefault(out.shape, []).append(out)
    return outs[out.shape]


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    for i in range(n_copies):
        params = jax.tree.map(lambda p: p[i], stacked)
        outs = collect(model.apply(params, x))
    return sum(outs) / n_copies
