import jax


def ema_update(ema, params, decay, step):
    pairs = zip(jax.tree.leaves(ema), jax.tree.leaves(params))
    return [(decay * o + (1 - decay) * n) / (1 - decay**step) for o, n in pairs]
