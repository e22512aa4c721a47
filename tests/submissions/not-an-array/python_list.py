"""A plain list of floats was thought to be as good as an array."""
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    kernel, bias = stacked["params"]["kernel"], stacked["params"]["bias"]
    outs = [(x @ kernel[k] + bias[k]).tolist() for k in range(n_copies)]
    return [sum(column) / n_copies for column in zip(*outs)]
