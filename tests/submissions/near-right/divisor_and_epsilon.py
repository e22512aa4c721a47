"""A small number is added to the divisor."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    net = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(net.init, in_axes=(0, None))(ks, x)
    return jax.vmap(net.apply, in_axes=(0, None))(ps, x).sum(0) / (n_copies + 1e-4 * features)
