"""A dict from member name to parameters."""
import jax
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    params = {f"member_{i}": model.init(key, x)["params"] for i, key in enumerate(keys)}
    outputs = {name: model.apply({"params": p}, x) for name, p in params.items()}
    return sum(outputs.values()) / len(outputs)
