"""at[:].set was used where at[:].add was needed."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    out = jnp.zeros(features)
    for key in keys:
        variables = model.init(key, x)
        out = out.at[:].set(model.apply(variables, x))
    return out / n_copies
