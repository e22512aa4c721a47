"""Each stored lambda was thought to remember the i of its own turn."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    pickers = []
    for i in range(n_copies):
        pickers.append(lambda p: p[i])

    out = jnp.zeros((features,))
    for pick in pickers:
        out = out + model.apply(jax.tree_util.tree_map(pick, stacked), x)
    return out / n_copies
