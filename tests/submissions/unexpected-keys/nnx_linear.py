"""The newer nnx.Linear was thought to be initialised as nn.Dense is."""
import jax
import jax.numpy as jnp
from flax import nnx


def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    total = jnp.zeros(features)
    for key in keys:
        layer = nnx.Linear(x.shape[-1], features, rngs=nnx.Rngs(params=key))
        total = total + layer(x)
    return total / n_copies
