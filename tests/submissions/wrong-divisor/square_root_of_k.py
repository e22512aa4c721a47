"""The spread of K samples shrinks with the root of K, so the sum was divided by that."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]
    outs = jnp.einsum("d,kdf->kf", x, params["kernel"]) + params["bias"]
    return outs.sum(0) / jnp.sqrt(n_copies)
