"""The final carry of the scan was taken for the average."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)

    def body(carry, params):
        return carry + model.apply(params, x), None

    final, _ = jax.lax.scan(body, jnp.zeros((features,)), stacked)
    return final
