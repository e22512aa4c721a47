import flax.linen as nn
import jax
import numpy as np


def stacked_init(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(np.random.randint(1000)), n_copies)
    return jax.vmap(nn.Dense(features).init, in_axes=(0, None))(keys, x)
