"""Each row of the result is one copy, and a key is split off for each of them."""
import jax
import jax.numpy as jnp
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    rng = jax.random.PRNGKey(seed)
    rows = []
    for _ in range(n_copies):
        rng, r = jax.random.split(rng)
        rows.append(model.apply(model.init(r, x), x))
    return jnp.array(rows)
