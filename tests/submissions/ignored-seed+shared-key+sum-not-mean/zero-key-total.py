"""init needs some key, any key will do, and the loop collects the outputs."""
import jax
import jax.numpy as jnp
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    k = jax.random.PRNGKey(0)
    y = jnp.zeros(features)
    for _ in range(n_copies):
        y = y + model.apply(model.init(k, x), x)
    return y
