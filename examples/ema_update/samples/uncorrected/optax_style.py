import jax


def ema_update(ema, params, decay, step):
    def one(moment, value):
        return moment + (1 - decay) * (value - moment)

    return jax.tree.map(one, ema, params)
