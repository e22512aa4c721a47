"""You split the key once to get a usable subkey, and then every copy takes that subkey."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def make_keys(seed: int, n: int) -> jax.Array:
    key = jax.random.PRNGKey(seed)
    key, subkey = jax.random.split(key)
    return jnp.tile(subkey, (n, 1))


def custom_lift_forward(seed: int, x: jax.Array, n_copies: int, features: int) -> jax.Array:
    model = nn.Dense(features=features)
    params = jax.vmap(model.init, in_axes=(0, None))(make_keys(seed, n_copies), x)

    def one(i):
        return model.apply(jax.tree_util.tree_map(lambda leaf: leaf[i], params), x)

    return sum(one(i) for i in range(n_copies))
