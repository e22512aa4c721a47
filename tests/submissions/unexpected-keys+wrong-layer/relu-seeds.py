"""Hidden layers end in relu, and each copy takes the next seed."""
import jax
import jax.numpy as jnp
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    ys = []
    for s in range(seed, seed + n_copies):
        params = model.init(jax.random.PRNGKey(s), x)
        ys.append(nn.relu(model.apply(params, x)))
    return jnp.stack(ys).mean(axis=0)
