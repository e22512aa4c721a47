"""A member is a closure over its index, and sum() over the members does the rest."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    members = []
    for i in range(n_copies):
        def member(inp):
            params = jax.tree_util.tree_map(lambda p: p[i], stacked)
            return model.apply(params, inp)
        members.append(member)
    return sum(member(x) for member in members)
