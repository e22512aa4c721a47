"""// was thought to be the ordinary division of two numbers."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros(features)
    for i in range(n_copies):
        total = total + model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
    return total // n_copies
