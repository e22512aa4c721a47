"""A list comprehension of lambdas was expected to freeze i."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    slicers = [lambda p: p[i] for i in range(n_copies)]
    outs = [model.apply(jax.tree_util.tree_map(s, stacked), x) for s in slicers]
    return jnp.mean(jnp.stack(outs), axis=0)
