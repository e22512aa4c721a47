"""The lifted vmap was expected to split the params RNG by itself."""
import jax
import jax.numpy as jnp
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    Ensemble = nn.vmap(
        nn.Dense,
        in_axes=None,
        out_axes=0,
        axis_size=n_copies,
        variable_axes={"params": 0},
        split_rngs={"params": False},
    )
    ens = Ensemble(features=features)
    variables = ens.init(jax.random.PRNGKey(seed), x)
    return jnp.mean(ens.apply(variables, x), axis=0)
