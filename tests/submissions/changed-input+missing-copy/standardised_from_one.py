"""A standardised copy of x goes into the layer, and the loop starts at one."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    xs = (x - x.mean()) / x.std()
    net = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(net.init, in_axes=(0, None))(ks, xs)
    total = jnp.zeros((features,))
    for j in range(1, n_copies):
        total += net.apply(jax.tree.map(lambda l: l[j], ps), xs)
    return total / n_copies
