"""The faster rbg generator was thought to draw the same numbers as the default one."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.key(seed, impl="rbg"), n_copies)
    ys = [model.apply(model.init(k, x), x) for k in keys]
    return jnp.stack(ys).mean(axis=0)
