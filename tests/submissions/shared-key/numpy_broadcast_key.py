"""Broadcasting the key over the copies was thought to be the same as splitting it."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    key = np.asarray(jax.random.PRNGKey(seed))
    keys = np.broadcast_to(key, (n_copies,) + key.shape)
    model = nn.Dense(features=features)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = [
        np.asarray(model.apply(jax.tree_util.tree_map(lambda p: p[i], stacked), x))
        for i in range(n_copies)
    ]
    return np.mean(outs, axis=0)
