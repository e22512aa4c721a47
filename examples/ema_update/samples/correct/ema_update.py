import jax


def ema_update(ema, params, decay, step):
    """Mix, then correct, leaf by leaf."""
    mixed = jax.tree.map(lambda old, new: decay * old + (1 - decay) * new, ema, params)
    return jax.tree.map(lambda leaf: leaf / (1 - decay**step), mixed)
