"""The total starts at the first copy, and the loop applies the whole tree."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    net = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(net.init, in_axes=(0, None))(ks, x)
    total = net.apply(jax.tree.map(lambda l: l[0], ps), x)
    for j in range(n_copies):
        total = total + net.apply(ps, x)
    return total / n_copies
