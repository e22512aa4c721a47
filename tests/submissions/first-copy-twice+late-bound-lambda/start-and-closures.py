"""The first copy gives the shape of the sum, and the stored lambdas give all the copies."""
import jax
import flax.linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = model.apply(jax.tree_util.tree_map(lambda p: p[0], stacked), x)
    slicers = [lambda p: p[k] for k in range(n_copies)]
    for slicer in slicers:
        out = out + model.apply(jax.tree_util.tree_map(slicer, stacked), x)
    return out / n_copies
