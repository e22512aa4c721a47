"""A counter was folded in because one must never use a key twice, not even in two calls."""
import jax
import jax.numpy as jnp
import flax.linen as nn

calls = 0


def custom_lift_forward(seed, x, n_copies, features):
    global calls
    calls += 1
    model = nn.Dense(features=features)
    key = jax.random.fold_in(jax.random.PRNGKey(seed), calls)
    keys = jax.random.split(key, n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros(features)
    for i in range(n_copies):
        total = total + model.apply(jax.tree.map(lambda p, i=i: p[i], stacked), x)
    return total / n_copies
