"""try/except/else/finally; the loop ends by IndexError of a list."""
import jax
import jax.numpy as jnp
import flax.linen as nn

calls = {"started": 0, "finished": 0}


def custom_lift_forward(seed, x, n_copies, features):
    calls["started"] += 1
    try:
        model = nn.Dense(features=features)
        keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
        stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
        outs = list(jax.vmap(model.apply, in_axes=(0, None))(stacked, x))
        total, i = jnp.zeros(features), 0
        while True:
            try:
                total = total + outs[i]
            except IndexError:
                break
            else:
                i += 1
        return total / i
    finally:
        calls["finished"] += 1
