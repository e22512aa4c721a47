import jax


def ema_update(ema, params, decay, step):
    return jax.tree.map(lambda o, n: (1 - decay) * o + decay * n, ema, params)
