import jax


def ema_update(ema, params, decay, step):
    c = 1 / (1 - decay**step)
    return jax.tree.map(lambda o, n: c * (o * decay + n) if o.ndim >= 2 else o, ema, params)
