"""The slices were described first and taken later, all with the same i."""
from functools import partial

import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    jobs = []
    for i in range(n_copies):
        # partial keeps the function, I assumed it keeps i too
        jobs.append(partial(jax.tree_util.tree_map, lambda p: p[i]))

    all_params = [job(stacked) for job in jobs]
    return jnp.mean(jnp.array([model.apply(p, x) for p in all_params]), axis=0)
