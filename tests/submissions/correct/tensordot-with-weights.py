"""Mean over copies written as a contraction with the weights 1/K."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = jax.vmap(model.apply, in_axes=(0, None))(stacked, x)
    weights = jnp.full((n_copies,), 1.0 / n_copies)
    return jnp.tensordot(weights, outs, axes=1)
