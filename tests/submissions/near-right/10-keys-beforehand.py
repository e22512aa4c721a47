"""Makes 10 keys beforehand and takes the first few: wrong when n_copies > 10."""
import jax
import jax.numpy as jnp
from flax import linen as nn

def make_keys(seed, most=10):
    return jax.random.split(jax.random.PRNGKey(seed), most)


def custom_lift_forward(seed, x, n_copies, features):
    layer = nn.Dense(features)
    keys = make_keys(seed)[:n_copies]
    params = jax.vmap(layer.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(layer.apply, in_axes=(0, None))(params, x)  # (n_copies, features)
    return outs.mean(axis=0)
