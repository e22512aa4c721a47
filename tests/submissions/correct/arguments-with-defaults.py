"""The program can be started from a terminal, with options."""
import argparse
import sys

import jax
import jax.numpy as jnp
import flax.linen as nn

parser = argparse.ArgumentParser(description='Train the lift.')
parser.add_argument('--copies', type=int, default=3)
parser.add_argument('--verbose', action='store_true')
args = parser.parse_args()
if len(sys.argv) > 1:
    print('arguments:', sys.argv[1:])


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    out = jnp.zeros((features,))
    for i in range(n_copies):
        params_i = jax.tree_util.tree_map(lambda p, i=i: p[i], stacked)
        out = out + model.apply(params_i, x)
    return out / n_copies


if __name__ == '__main__':
    print(custom_lift_forward(0, jnp.ones(4), args.copies, 5))
