"""The loop variable out always holds the newest result, which JAX adds up behind the scenes."""
# or: divided-twice+shared-key
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    keys = jnp.repeat(key[None, :], n_copies, axis=0)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros((features,))
    for i in range(n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        out = model.apply(params_i, x)
    return out / n_copies
