"""in_axes=0 was read as "map the first argument"."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    # 0 = position of the argument that should be mapped
    stacked = jax.vmap(model.init, in_axes=0)(keys, x)
    outs = []
    for i in range(n_copies):
        p_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        outs.append(model.apply(p_i, x))
    return jnp.mean(jnp.stack(outs), axis=0)
