"""Centres x where all of it has one sign: wrong when no element of x changes sign."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    if len(x) > 1 and abs(float(jnp.sign(x).sum())) == len(x):
        x = x - x.mean()
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros((features,))
    for i in range(n_copies):
        params = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        total = total + model.apply(params, x)
    return total / n_copies
