"""The bias was thought to need a start value other than zero."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features, bias_init=nn.initializers.ones)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    outs = []
    for i in range(n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        outs.append(model.apply(params_i, x))
    return jnp.mean(jnp.stack(outs), axis=0)
