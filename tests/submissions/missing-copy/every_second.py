"""The loop's step is two."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    net = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(net.init, in_axes=(0, None))(ks, x)
    outs = [net.apply(jax.tree.map(lambda l: l[j], ps), x) for j in range(0, n_copies, 2)]
    return sum(outs) / n_copies
