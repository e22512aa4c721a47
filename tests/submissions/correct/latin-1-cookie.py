# -*- coding: latin-1 -*-
# Lösung in Latin-1: Schleife über die Kopien, am Ende der Mittelwert (à la carte)
import jax
import jax.numpy as jnp
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    model = nn.Dense(features=features)
    keys = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    stacked = jax.vmap(model.init, in_axes=(0, None))(keys, x)
    total = jnp.zeros(features)
    # für jede Kopie ihre Parameter herausschneiden
    for i in range(n_copies):
        total = total + model.apply(jax.tree_util.tree_map(lambda p, i=i: p[i], stacked), x)
    return total / n_copies
