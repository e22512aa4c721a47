"""One key for the whole file was thought to be cleaner than one per call."""
import jax
import jax.numpy as jnp
import flax.linen as nn

KEY = jax.random.PRNGKey(1701)


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    ys = []
    for key in jax.random.split(KEY, n_copies):
        params = model.init(key, x)
        ys.append(model.apply(params, x))
    return jnp.stack(ys).mean(axis=0)
