"""Computing in bfloat16 was thought to be the normal setting for Flax."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features, dtype=jnp.bfloat16)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = [
        model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
        for i in range(n_copies)
    ]
    return sum(outs) / n_copies
