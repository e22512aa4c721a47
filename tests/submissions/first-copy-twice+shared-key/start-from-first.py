"""The accumulator needs the right shape, so I start it from a forward pass and then loop."""
import jax
import flax.linen as nn
import jax.numpy as jnp


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    rng = jax.random.PRNGKey(seed)
    rngs = jnp.stack([rng for _ in range(n_copies)])
    stacked = jax.vmap(model.init, in_axes=(0, None))(rngs, x)

    def forward(i):
        return model.apply(jax.tree_util.tree_map(lambda p: p[i], stacked), x)

    acc = forward(0)
    for i in range(n_copies):
        acc = acc + forward(i)
    return acc / n_copies
