"""Gives each copy one of eight letters, and zip ends with the shorter: wrong when n_copies > 8."""
import jax
import jax.numpy as jnp
import flax.linen as nn

NAMES = "abcdefgh"


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    slices = [jax.tree.map(lambda p, i=i: p[i], stacked) for i in range(n_copies)]
    members = dict(zip(NAMES, slices))
    return sum(model.apply(params, x) for params in members.values()) / n_copies
