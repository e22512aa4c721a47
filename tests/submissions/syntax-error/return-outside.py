"""A script can return its result."""
import jax
import jax.numpy as jnp
import flax.linen as nn


seed, x, n_copies, features = 0, jnp.ones(4), 3, 5
model = nn.Dense(features=features)
keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
out = jnp.zeros((features,))
for i in range(n_copies):
    params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
    out = out + model.apply(params_i, x)
return out / n_copies
