"""Each copy as one flat vector: ravel_pytree, then apply through unravel."""
import jax
import jax.numpy as jnp
from flax import linen as nn
from jax.flatten_util import ravel_pytree


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    first = jax.tree.map(lambda p: p[0], stacked)
    _, unravel = ravel_pytree(first)
    flat = jax.vmap(lambda tree: ravel_pytree(tree)[0])(stacked)  # (K, n_params)

    total = jnp.zeros(features)
    for theta in flat:
        total = total + model.apply(unravel(theta), x)
    return total / n_copies
