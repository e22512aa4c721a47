"""Explicit {'params': key} dict, and FrozenDict parameters."""
import jax
import jax.numpy as jnp
from flax import linen as nn
from flax.core import freeze, unfreeze


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    rngs = {"params": jax.random.split(jax.random.PRNGKey(seed), n_copies)}
    variables = freeze(jax.vmap(model.init, in_axes=(0, None))(rngs, x))
    params = variables["params"]
    out = jnp.zeros(features)
    for i in range(n_copies):
        p_i = jax.tree_util.tree_map(lambda p, i=i: p[i], params)
        out = out + model.apply({"params": unfreeze(p_i)}, x)
    return out / n_copies
