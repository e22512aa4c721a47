import jax
import numpy as np


def ema_update(ema, params, decay, step):
    old, structure = jax.tree.flatten(ema)
    new = jax.tree.leaves(params)
    out = []
    for a, b in zip(old, new):
        out.append((np.asarray(b) + decay * (np.asarray(a) - np.asarray(b))) / (1.0 - decay**step))
    return jax.tree.unflatten(structure, out)
