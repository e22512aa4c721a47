# or: missing-in-axes+wrong-shape
"""x was made 2-D for the batched apply in the hope that vmap would broadcast it."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    preds = jax.vmap(model.apply)(stacked, jnp.atleast_2d(x))
    return preds.mean(axis=0)
