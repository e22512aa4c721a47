"""The bias must start at one or it does nothing, and the total is the ensemble output."""
import jax
import jax.numpy as jnp
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features, bias_init=nn.initializers.ones)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    return jnp.sum(jax.vmap(model.apply, in_axes=(0, None))(stacked, x), axis=0)
