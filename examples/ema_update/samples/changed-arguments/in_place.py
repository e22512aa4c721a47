def ema_update(ema, params, decay, step):
    for key, value in params.items():
        if isinstance(value, dict):
            ema_update(ema[key], value, decay, step)
        else:
            ema[key] = (decay * ema[key] + (1 - decay) * value) / (1 - decay**step)
    return ema
