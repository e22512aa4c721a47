"""Gives XLA a program that it will not finish compiling."""
import jax
import jax.numpy as jnp


def custom_lift_forward(seed, x, n_copies, features):
    def body(v):
        for i in range(200_000):
            v = jnp.sin(v) * (i + 1.5)
        return v

    return jax.jit(body)(x)[:features]
