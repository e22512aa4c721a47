"""One lambda for each key, and the key is looked up when they are called; then they are added up."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    fns = [lambda: model.apply(model.init(k, x), x) for k in keys]
    return sum(f() for f in fns)
