import jax


def ema_update(ema, params, decay, step):
    step = step + 1
    mixed = jax.tree.map(lambda o, n: decay * o + (1 - decay) * n, ema, params)
    return jax.tree.map(lambda leaf: leaf / (1 - decay**step), mixed)
