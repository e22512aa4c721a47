"""Two keys per copy are drawn (params and dropout); Dense needs the first half only."""
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    keys = jax.random.split(jax.random.PRNGKey(seed), 2 * n_copies)
    params_keys, _dropout_keys = keys[:n_copies], keys[n_copies:]
    model = nn.Dense(features=features)
    variables = jax.vmap(model.init, in_axes=(0, None))(params_keys, x)
    y = jax.vmap(model.apply, in_axes=(0, None))(variables, x)
    return y.mean(axis=0)
