"""Works on x in two halves and forgets the last of an odd number: wrong when len(x) is odd."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    kernel = jax.vmap(model.init, in_axes=(0, None))(keys, x)["params"]["kernel"]
    half = len(x) // 2
    total = jnp.zeros(features)
    for w in kernel:
        total += x[:half] @ w[:half] + x[half : 2 * half] @ w[half : 2 * half]
    return total / n_copies
