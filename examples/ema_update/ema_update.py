"""EMA of parameters: your file. The task is in README.md beside it."""


def ema_update(ema: dict, params: dict, decay: float, step: int) -> dict:
    """EMA of parameters."""
    raise NotImplementedError
