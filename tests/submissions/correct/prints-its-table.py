"""The course's way, with Flax's table of the layers printed and paths as cloud code has them."""
import jax
import jax.numpy as jnp
import yaml
from absl import logging
from etils import epath
from flax import linen as nn

SETTINGS = yaml.safe_load("axis: 0")
HERE = epath.Path("layers.txt").name


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    print(nn.tabulate(model, keys[0])(x))
    logging.debug("%s is not written", HERE)
    stacked = jax.vmap(model.init, in_axes=(SETTINGS["axis"], None))(keys, x)
    outputs = jax.vmap(model.apply, in_axes=(SETTINGS["axis"], None))(stacked, x)
    return jnp.mean(outputs, axis=SETTINGS["axis"])
