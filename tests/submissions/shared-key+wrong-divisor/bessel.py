"""The start value counts as a member as well, so there are n_copies + 1 things to average."""
import jax
import jax.numpy as jnp
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.split(jax.random.PRNGKey(seed), 2)[1]
    outs = [jnp.zeros(features)]
    for _ in range(n_copies):
        outs.append(model.apply(model.init(key, x), x))
    return jnp.stack(outs).mean(axis=0)
