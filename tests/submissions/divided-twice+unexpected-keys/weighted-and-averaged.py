"""Every copy has its own seed and its share 1/n, and the average closes the loop."""
import jax
import jax.numpy as jnp
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    out = jnp.zeros((features,))
    for i in range(n_copies):
        p = model.init(jax.random.PRNGKey(seed + i), x)
        out += model.apply(p, x) / n_copies
    return out / n_copies
