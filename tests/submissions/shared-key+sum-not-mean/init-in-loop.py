"""Calling init again gives fresh random weights each time, and the ensemble output is the total."""
from flax import linen as nn
import jax


def custom_lift_forward(seed, x, n_copies, features):
    rng = jax.random.PRNGKey(seed)
    layer = nn.Dense(features)
    total = 0.0
    for _ in range(n_copies):
        variables = layer.init(rng, x)   # new weights
        total += layer.apply(variables, x)
    return total
