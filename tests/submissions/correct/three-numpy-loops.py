"""Three loops over numbers, in NumPy."""
import jax
import jax.numpy as jnp
import numpy as np
from flax import linen as nn


def custom_lift_forward(seed, x, n_copies, features):
    dense = nn.Dense(features)
    ks = jax.random.split(jax.random.PRNGKey(seed), n_copies)
    ps = jax.vmap(dense.init, (0, None))(ks, x)["params"]
    W, b = np.asarray(ps["kernel"]), np.asarray(ps["bias"])
    xs = np.asarray(x)
    out = np.zeros(features, np.float32)
    for f in range(features):
        for k in range(n_copies):
            s = b[k, f]
            for d in range(len(xs)):
                s += xs[d] * W[k, d, f]
            out[f] += s / n_copies
    return jnp.array(out)
