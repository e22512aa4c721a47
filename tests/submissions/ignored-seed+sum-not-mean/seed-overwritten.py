"""Setting the seed at the top makes the result reproducible, and the sum is the ensemble."""
import functools
import operator
import jax
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    seed = 42
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    outs = [model.apply(model.init(k, x), x) for k in keys]
    return functools.reduce(operator.add, outs)
