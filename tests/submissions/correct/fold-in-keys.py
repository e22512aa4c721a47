"""Keys by fold_in of the copy number, the rest vmapped."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    root = jax.random.PRNGKey(seed)
    keys = jnp.stack([jax.random.fold_in(root, i) for i in range(n_copies)])
    model = nn.Dense(features=features)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros(features)
    for i in range(n_copies):
        out = out + model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return out / n_copies
