"""Settings of JAX and Flax that change what every program computes (a table for both sides).

A worker says which of them a program left changed; a source says which it changes for a while, as
in `with jax.enable_x64(True):`. Both are claims: they explain wrong answers, and earn no points.
"""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

# What changes with each, as the end of a sentence.
SETTINGS = {
    "jax_enable_x64": "numbers are of 64 bits where the expected ones are of 32",
    "jax_default_dtype_bits": "numbers are of another size than the expected ones",
    "jax_threefry_partitionable": "the same key gives other random numbers",
    "jax_default_prng_impl": "keys are of another kind, which gives other random numbers",
    "jax_enable_custom_prng": "PRNGKey gives keys of another kind",
    "jax_random_seed_offset": "every seed stands for another one",
    "jax_default_matmul_precision": "products of matrices are rounded in another way",
    "jax_numpy_dtype_promotion": "types that are mixed give another type, or an exception",
    "jax_numpy_rank_promotion": "shapes that differ in length give a warning, or an exception",
    "jax_transfer_guard": "numbers of Python's may not be handed to JAX",
    "jax_disable_jit": "compiled parts run line by line, and are rounded in another way",
    "jax_debug_nans": "a NaN raises an exception",
    "jax_debug_infs": "an infinite number raises an exception",
    "jax_check_tracer_leaks": "a value that is kept outside of its function raises an exception",
    "flax_fix_rng_separator": "parameters are drawn from other keys",
    "flax_preserve_adopted_names": "Modules, and so their parameters, have other names",
    "flax_return_frozendict": "init gives parameters as a FrozenDict, which cannot be changed",
}

# Those with which the same program draws other numbers: they explain answers that are wrong in all.
DRAWS = (
    *("jax_threefry_partitionable", "jax_default_prng_impl", "jax_enable_custom_prng"),
    *("jax_random_seed_offset", "flax_fix_rng_separator"),
)


def values() -> Mapping[str, Any]:
    """What the settings are now, in the process of a worker, as far as they exist there."""
    jax, flax = sys.modules["jax"], sys.modules["flax"]
    own = {name: getattr(flax.config, name, None) for name in SETTINGS if name.startswith("flax_")}
    return own | {name: jax.config.values.get(name) for name in SETTINGS if name not in own}


def changed(before: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the settings that are no longer what they were; for a worker."""
    try:
        now = values()
        return tuple(name for name in SETTINGS if now[name] != before[name])
    except Exception:  # noqa: BLE001  # a program may have replaced all that is asked here
        return ()


def known(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are settings, once each and in order; what a worker says may lie."""
    said = set(names)
    return tuple(name for name in SETTINGS if name in said)
