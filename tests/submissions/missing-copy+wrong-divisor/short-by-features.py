"""range leaves out the end by itself if I subtract one, and features outputs are averaged."""
import jax
import jax.numpy as jnp
from flax import linen as nn

def custom_lift_forward(seed: int, x, n_copies: int, features: int):
    layer = nn.Dense(features=features)
    stacked = jax.vmap(layer.init, in_axes=(0, None))(
        jax.random.split(jax.random.PRNGKey(seed), n_copies), x
    )
    total = jnp.zeros((features,))
    for idx in range(n_copies - 1):
        total += layer.apply(jax.tree_util.tree_map(lambda leaf, idx=idx: leaf[idx], stacked), x)
    return total / features
