"""The number of the copy has a default, which no call overrides."""
import jax
import jax.numpy as jnp
from flax import linen as nn


class Lift:
    def __init__(self, seed, n, f):
        self.net, self.n = nn.Dense(f), n
        self.keys = jax.random.split(jax.random.PRNGKey(seed), n)

    def params(self, x):
        return jax.vmap(self.net.init, in_axes=(0, None))(self.keys, x)

    def member(self, params, x, which=0):
        return self.net.apply(jax.tree.map(lambda leaf: leaf[which], params), x)

    def __call__(self, x):
        params = self.params(x)
        return sum(self.member(params, x) for which in range(self.n)) / self.n


def custom_lift_forward(seed, x, n_copies, features):
    return Lift(seed, n_copies, features)(x)
