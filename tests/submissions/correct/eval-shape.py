"""The output's shape comes from eval_shape."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    out_spec, _ = jax.eval_shape(model.init_with_output, keys[0], x)

    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros(out_spec.shape, out_spec.dtype)
    for i in range(n_copies):
        out = out + model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return out / n_copies
