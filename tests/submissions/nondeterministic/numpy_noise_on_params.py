"""A little numpy noise on the parameters was thought to make the copies more diverse."""
import numpy as np
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    rng = np.random.default_rng()
    noisy = jax.tree_util.tree_map(
        lambda p: p + 0.1 * jnp.asarray(rng.standard_normal(p.shape), dtype=p.dtype), stacked
    )
    out = jnp.zeros(features)
    for i in range(n_copies):
        out = out + model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], noisy), x)
    return out / n_copies
