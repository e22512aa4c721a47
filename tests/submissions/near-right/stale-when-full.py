"""Returns a stale answer after some calls, when the cache is full: wrong from the fifth call on."""
import jax
import jax.numpy as jnp
import flax.linen as nn

_recent = []


def custom_lift_forward(seed, x, n_copies, features):
    for known, answer in _recent:
        if known == (len(x), n_copies, features) and len(_recent) >= 4:
            return answer
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    answer = jax.vmap(model.apply, in_axes=(0, None))(stacked, x).mean(axis=0)
    _recent.append(((len(x), n_copies, features), answer))
    return answer
