"""Every saved function adds its share of the output, then the shares are averaged."""
# or: overwritten-accumulator
import jax
import jax.numpy as jnp
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    pick = [lambda p: p[i] for i in range(n_copies)]
    out = jnp.zeros((features,))
    for fn in pick:
        out = out + model.apply(jax.tree_util.tree_map(fn, stacked), x) / n_copies
    return out / n_copies
