"""PRNGKey(seed) may be used again and again, and init_with_output gives me the zeros to start with."""
import jax
from flax import linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    dense = nn.Dense(features)
    total, _ = dense.init_with_output(jax.random.PRNGKey(seed), x)
    for _ in range(n_copies):
        y, _ = dense.init_with_output(jax.random.PRNGKey(seed), x)
        total += y
    return total / n_copies
