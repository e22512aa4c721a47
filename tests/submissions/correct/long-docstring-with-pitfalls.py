"""Custom lift.

An ensemble of K copies of a Dense layer, each with its own parameters.

Things I got wrong on the way (so that I remember):

    keys = [key] * n_copies                      # all copies the same
    jax.vmap(model.init)(keys, x)                # maps x too
    out = jnp.zeros_like(x)                      # wrong length
    return total                                 # sum, not mean
    raise NotImplementedError("TODO")

def custom_lift_forward(seed, x, n_copies, features):
    this line is part of the docstring and no code.
"""
import jax
import jax.numpy as jnp
from flax import linen as nn

# first attempt:
# def custom_lift_forward(seed, x, n_copies, features):
#     key = jax.random.PRNGKey(0)
#     params = [model.init(key, x) for _ in range(n_copies)]


def custom_lift_forward(seed, x, n_copies, features):
    """Mean of `n_copies` Dense layers at `x`.

    Args:
      seed: int, root of all randomness.
      x: (in_dim,) input, the same for all copies.
      n_copies: K >= 1.
      features: F >= 1.

    Returns:
      (F,) array.
    """
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros((features,))
    for i in range(n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        total = total + model.apply(params_i, x)
    return total / n_copies
