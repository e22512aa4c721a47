"""init and apply are jitted separately inside the function."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    init = jax.jit(jax.vmap(model.init, in_axes=(0, None)))

    @jax.jit
    def forward(stacked, x):
        return jnp.mean(jax.vmap(model.apply, in_axes=(0, None))(stacked, x), axis=0)

    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    return forward(init(keys, x), x)
