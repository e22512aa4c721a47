"""The sum begins with the first output, and the root key must not be used."""
import jax
import flax.linen as nn

def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies + 1)[1:]
    outs = [model.apply(model.init(k, x), x) for k in keys]
    result = outs[0]
    for o in outs:
        result = result + o
    return result / n_copies
