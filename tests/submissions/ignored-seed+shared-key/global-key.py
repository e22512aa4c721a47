"""One global key serves the whole file, as one sets the random seed in numpy."""
import jax
import jax.numpy as jnp
from flax import linen as nn

KEY = jax.random.PRNGKey(42)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jnp.stack([KEY] * n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    ys = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    return jnp.mean(ys, axis=0)
