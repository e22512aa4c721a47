"""Dense is linear, so average the parameters and apply once."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    mean_params = jax.tree_util.tree_map(lambda p: jnp.mean(p, axis=0), stacked)
    return model.apply(mean_params, x)
