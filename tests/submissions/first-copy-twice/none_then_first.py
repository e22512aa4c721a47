"""The branch that sets the total on the first turn was meant to replace the addition, not precede it."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = None
    for i in range(n_copies):
        y = model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
        if total is None:
            total = y
        total = total + y
    return total / n_copies
