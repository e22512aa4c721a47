import jax


def ema_update(ema, params, decay, step):
    keep = 1 - decay
    bias = 1 - decay**step
    return jax.tree.map(lambda o, n: (keep * o + decay * n) / bias, ema, params)
