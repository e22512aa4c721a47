"""A lambda bound to the name, with helpers as lambdas too."""
import jax
from flax import linen as nn

_keys = lambda seed, k: jax.random.split(jax.random.PRNGKey(seed), k)
_over_copies = lambda f: jax.vmap(f, in_axes=(0, None))

custom_lift_forward = lambda seed, x, n_copies, features: (
    lambda m: _over_copies(m.apply)(_over_copies(m.init)(_keys(seed, n_copies), x), x).mean(0)
)(nn.Dense(features=features))
