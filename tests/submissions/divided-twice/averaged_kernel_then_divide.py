"""The parameters are averaged first, and the output is then divided as the task says."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    mean_params = jax.tree_util.tree_map(lambda p: p.mean(axis=0), stacked)
    return model.apply(mean_params, x) / n_copies
