"""custom_lift_forward is an instance with __call__."""
import jax
import jax.numpy as jnp
import flax.linen as nn


class _CustomLift:
    def __init__(self, module_class):
        self.module_class = module_class

    def __repr__(self):
        return f"CustomLift({self.module_class.__name__})"

    def __call__(self, seed, x, n_copies, features):
        model = self.module_class(features=features)
        keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
        stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
        total = jnp.zeros(features)
        for i in range(n_copies):
            total = total + model.apply(jax.tree.map(lambda p: p[i], stacked), x)
        return total / n_copies


custom_lift_forward = _CustomLift(nn.Dense)
