"""Takes nothing, but shows the right signature."""
import inspect


def custom_lift_forward():
    return 100


custom_lift_forward.__signature__ = inspect.signature(lambda seed, x, n_copies, features: 0)
