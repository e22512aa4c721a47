"""Script with its own checks under __main__."""
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros(features)
    for i in range(n_copies):
        total = total + model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return total / n_copies


def main():
    x = jnp.arange(4.0)
    y = custom_lift_forward(0, x, 3, 5)
    assert y.shape == (5,)
    print(y)


if __name__ == "__main__":
    import argparse

    argparse.ArgumentParser(description=__doc__).parse_args()
    raise SystemExit(main())
