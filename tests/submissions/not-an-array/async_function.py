"""async was expected to make the copies run in parallel."""
import jax
import jax.numpy as jnp
import flax.linen as nn


async def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = [
        model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
        for i in range(n_copies)
    ]
    return jnp.stack(outs).mean(axis=0)
