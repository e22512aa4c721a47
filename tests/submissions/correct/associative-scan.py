"""The last of all partial sums."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    dense = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(dense.init, (0, None))(ks, x)
    ys = jax.vmap(dense.apply, (0, None))(ps, x)
    sums = jax.lax.associative_scan(jnp.add, ys)
    return sums[-1] / n_copies
