"""Caches the sum and returns it undivided the next time: wrong when a call comes again."""
import jax
import jax.numpy as jnp
import flax.linen as nn

_sums = {}


def custom_lift_forward(seed, x, n_copies, features):
    name = (seed, x.tobytes(), n_copies, features)
    if name in _sums:
        return _sums[name]
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros(features)
    for i in range(n_copies):
        total += model.apply(jax.tree.map(lambda p: p[i], stacked), x)
    _sums[name] = total
    return total / n_copies
