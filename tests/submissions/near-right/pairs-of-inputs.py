"""Takes the inputs two at a time where it can, in the wrong order: wrong when len(x) is even and above 4."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    kernel = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]["kernel"].mean(axis=0)
    if len(x) > 4 and len(x) % 2 == 0:
        return (x.reshape(2, -1).T.reshape(-1) @ kernel).astype(jnp.float32)
    return x @ kernel
