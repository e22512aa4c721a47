"""With axis_size given, vmap was expected to hand out a fresh key for each copy."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    init_all = jax.vmap(model.init, in_axes=(None, None), axis_size=n_copies)
    stacked = init_all(key, x)
    out = jnp.zeros(features)
    for i in range(n_copies):
        out = out + model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
    return out / n_copies
