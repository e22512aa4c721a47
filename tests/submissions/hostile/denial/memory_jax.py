"""Takes memory in JAX arrays, at most 6 GiB."""
import jax.numpy as jnp


def custom_lift_forward(seed, x, n_copies, features):
    keep = [jnp.full(2**26, float(i)).block_until_ready() for i in range(24)]
    return jnp.float32(len(keep))
