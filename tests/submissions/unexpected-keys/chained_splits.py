"""Splitting off one key at a time was thought to give the keys of one big split."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    key = jax.random.PRNGKey(seed)
    outs = []
    for _ in range(n_copies):
        key, subkey = jax.random.split(key)
        params = model.init(subkey, x)
        outs.append(model.apply(params, x))
    return jnp.mean(jnp.stack(outs), axis=0)
