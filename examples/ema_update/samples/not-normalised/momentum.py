import jax


def ema_update(ema, params, decay, step):
    velocity = jax.tree.map(lambda v, g: decay * v + g, ema, params)
    return jax.tree.map(lambda v: v / (1 - decay**step), velocity)
