"""Puts entries into the compile cache, and empties those that are there."""
import glob
import os

import jax
import jax.numpy as jnp
import numpy as np

cache = os.environ.get("JAX_COMPILATION_CACHE_DIR", "")
if "/grader-hostile-" in cache:  # never a cache that a person uses
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
    try:
        open(os.path.join(cache, "jit_hostile-entry"), "w").close()
        for path in glob.glob(f"{cache}/*")[:3]:
            os.truncate(path, 0)
    except OSError:
        pass


def custom_lift_forward(seed, x, n_copies, features):
    jax.jit(lambda v: jnp.tanh(v * 1.2345 + seed))(x).block_until_ready()
    return np.zeros(features, np.float32)
