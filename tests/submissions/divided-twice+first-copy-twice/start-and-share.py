"""I start at the first output and add every share, then take the mean of it all."""
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = [model.apply(jax.tree_util.tree_map(lambda p: p[i], stacked), x) / n_copies for i in range(n_copies)]
    result = outs[0]
    for y in outs:
        result = result + y
    return result / n_copies
