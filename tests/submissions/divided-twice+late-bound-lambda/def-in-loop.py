"""Stores a function a copy, each of which divides; and the sum is divided once more."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    p = jax.vmap(model.init, in_axes=(0, None))(jax.random.split(jax.random.PRNGKey(seed), n_copies), x)
    fns = []
    for copy in range(n_copies):
        def forward():
            return model.apply(jax.tree.map(lambda a: a[copy], p), x) / n_copies
        fns.append(forward)
    return sum(f() for f in fns) / n_copies
