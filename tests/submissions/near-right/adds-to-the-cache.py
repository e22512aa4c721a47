"""Adds to the cached outputs in place: wrong when a call comes again."""
import jax
import jax.numpy as jnp
from flax import linen as nn

from collections import defaultdict

_outputs = defaultdict(list)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = _outputs[(seed, str(x), n_copies, features)]
    for i in range(n_copies):
        outs.append(model.apply(jax.tree.map(lambda p: p[i], stacked), x))
    return sum(outs) / n_copies
