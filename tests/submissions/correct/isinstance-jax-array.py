"""Insists on a jax.Array, as a typed code base would."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    if not isinstance(x, jax.Array):
        raise TypeError(f"x must be a jax.Array, not {type(x).__name__}")
    if isinstance(n_copies, bool) or not isinstance(n_copies, int):
        raise TypeError("n_copies must be an int")
    if n_copies < 1 or features < 1:
        raise ValueError("n_copies and features must be positive")
    (in_dim,) = x.shape
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    kernel_shape = stacked["params"]["kernel"].shape
    if kernel_shape != (n_copies, in_dim, features):
        raise RuntimeError(kernel_shape)
    return jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(axis=0)
