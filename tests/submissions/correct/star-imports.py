# star imports everywhere, as in a notebook
from flax.linen import *
from jax import *
from jax.numpy import *
from jax import random, tree_util


def custom_lift_forward(seed, x, n_copies, features):
    model = Dense(features=features)
    keys = random.split(random.PRNGKey(seed), n_copies)
    stacked = vmap(model.init, in_axes=(0, None))(keys, x)
    out = zeros((features,))
    for i in range(n_copies):
        out = out + model.apply(tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return out / n_copies
