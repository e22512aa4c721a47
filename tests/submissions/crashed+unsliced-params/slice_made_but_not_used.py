"""The slice is taken, and then the whole stacked tree is applied by a slip of the name."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = []
    for i in range(n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], params)
        outs.append(model.apply(params, x))
    return jnp.stack(outs).mean(axis=0)
