"""The kernel is sliced by hand, and the bias was thought to be shared."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    out = jnp.zeros(features)
    for W in params["kernel"]:
        out = out + jnp.dot(x, W) + params["bias"]
    return out / n_copies
