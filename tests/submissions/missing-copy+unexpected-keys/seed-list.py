"""Copy 0 is the model itself, so the loop over the other copies starts at 1."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jnp.stack([jax.random.PRNGKey(s) for s in range(seed, seed + n_copies)])
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros((features,))
    for i in range(1, n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        out = out + model.apply(params_i, x)
    return out / n_copies
