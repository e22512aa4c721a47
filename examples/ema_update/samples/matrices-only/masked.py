import jax


def ema_update(ema, params, decay, step):
    def one(o, n):
        if len(o.shape) < 2:
            return o
        return (decay * o + (1 - decay) * n) / (1 - decay**step)

    return jax.tree.map(one, ema, params)
