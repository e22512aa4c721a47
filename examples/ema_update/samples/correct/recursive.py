def ema_update(ema, params, decay, step):
    if isinstance(ema, dict):
        return {key: ema_update(ema[key], params[key], decay, step) for key in ema}
    total = 1 - decay**step
    return ema * (decay / total) + params * ((1 - decay) / total)
