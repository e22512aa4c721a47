"""Different seeds give different copies, so I count the seed up and add the outputs."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    out = jnp.zeros((features,))
    for i in range(n_copies):
        variables = model.init(jax.random.PRNGKey(seed + i), x)
        out = out + model.apply(variables, x)
    return out
