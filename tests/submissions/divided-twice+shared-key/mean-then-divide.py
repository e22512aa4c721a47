"""jnp.mean only averages the numbers, so the ensemble still has to be divided by its size."""
# or: overwritten-accumulator+shared-key
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    keys = jnp.array([key for _ in range(n_copies)])
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outputs = []
    for i in range(n_copies):
        p_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        outputs.append(model.apply(p_i, x))
    return jnp.mean(jnp.stack(outputs), axis=0) / n_copies
