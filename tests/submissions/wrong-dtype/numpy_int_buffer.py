"""A numpy buffer of ints was thought to take floats without a loss."""
import numpy as np
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    mean = np.zeros(features, dtype=int)
    mean[:] = np.mean(
        [
            np.asarray(model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x))
            for i in range(n_copies)
        ],
        axis=0,
    )
    return mean
