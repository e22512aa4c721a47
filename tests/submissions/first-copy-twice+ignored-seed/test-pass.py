"""I run the first copy to learn the output shape and keep that as the start of the sum."""
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(0)
    keys = jax.random.split(key, n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    get = lambda n: jax.tree_util.tree_map(lambda p: p[n], stacked)
    result = model.apply(get(0), x)
    for n in range(n_copies):
        result = result + model.apply(get(n), x)
    return result / n_copies
