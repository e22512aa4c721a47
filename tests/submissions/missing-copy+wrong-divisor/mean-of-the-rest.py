"""The first entry is the template that the copies are made from, so it is left out of the mean."""
# or: missing-copy
import jax
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    ys = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return ys[1:].mean(axis=0)
