"""The ways to make copies that the key knows: by name, a stack of copies' outputs (n, features).

`split` is the right one, and one copy more, so that an off-by-one split is seen as such. What a
name means is said in exercise/strategies.py; a test keeps the two in step.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

from exercise.strategies import CONSTANT_SEEDS

Keys = Callable[[int, int], Any]


def _chained(seed: int, n: int, which: int) -> Any:
    key, keys = jax.random.PRNGKey(seed), []
    for _ in range(n):
        pair = jax.random.split(key)
        key = pair[0]
        keys.append(pair[which])
    return jnp.stack(keys)


def _wide(seed: int, n: int) -> Any:
    """As PRNGKey makes it of a 64-bit integer: the same but for negative seeds."""
    words = np.array([seed >> 32 & 0xFFFFFFFF, seed & 0xFFFFFFFF], np.uint32)
    return jax.random.split(jnp.asarray(words), n)


def _seeds(seeds: Any) -> Any:
    return jnp.stack([jax.random.PRNGKey(s) for s in seeds])


ROOT: dict[str, Keys] = {"root": lambda s, _n: _seeds([s])}
KEYS: dict[str, Keys] = {
    "split": lambda s, n: jax.random.split(jax.random.PRNGKey(s), n + 1),
    "split-wide": _wide,
    **ROOT,
    "seed-plus-i": lambda s, n: _seeds(s + i for i in range(n)),
    "seed-plus-i-plus-1": lambda s, n: _seeds(s + i + 1 for i in range(n)),
    "seed-times-n": lambda s, n: _seeds(s * n + i for i in range(n)),
    "seed-times-i": lambda s, n: _seeds(s * i for i in range(n)),
    "seed-times-i-plus-1": lambda s, n: _seeds(s * (i + 1) for i in range(n)),
    "seed-times-10": lambda s, n: _seeds(s * 10 + i for i in range(n)),
    "seed-times-100": lambda s, n: _seeds(s * 100 + i for i in range(n)),
    "seed-times-1000": lambda s, n: _seeds(s * 1000 + i for i in range(n)),
    "chained": lambda s, n: _chained(s, n, 1),
    "chained-carry": lambda s, n: _chained(s, n, 0),
    "next-seed": lambda s, n: jax.random.split(jax.random.PRNGKey(s + 1), n),
    "split-of-first": lambda s, n: jax.random.split(jax.random.split(jax.random.PRNGKey(s))[0], n),
    "split-of-second": lambda s, n: jax.random.split(jax.random.split(jax.random.PRNGKey(s))[1], n),
    "split-each-first": lambda s, n: jax.vmap(lambda k: jax.random.split(k)[0])(
        jax.random.split(jax.random.PRNGKey(s), n)
    ),
    "split-each-second": lambda s, n: jax.vmap(lambda k: jax.random.split(k)[1])(
        jax.random.split(jax.random.PRNGKey(s), n)
    ),
    "fold-n-plus-i": lambda s, n: jax.vmap(
        lambda i: jax.random.fold_in(jax.random.PRNGKey(s), n + i)
    )(jnp.arange(n)),
    "range": lambda _s, n: _seeds(range(n)),
    "range-from-1": lambda _s, n: _seeds(range(1, n + 1)),
    **{
        f"constant-{c}": lambda _s, n, c=c: jax.random.split(jax.random.PRNGKey(c), n)
        for c in CONSTANT_SEEDS
    },
    **{f"constant-root-{c}": lambda _s, _n, c=c: _seeds([c]) for c in CONSTANT_SEEDS},
}

# Initialisers by name, with the keys of the right answer. He and Glorot normal are missing: they
# draw the same numbers as the default and scale them, so that the weights show them.
INITIALISERS: dict[str, Any] = {
    "he-uniform": nn.initializers.he_uniform(),
    "glorot-uniform": nn.initializers.glorot_uniform(),
    "lecun-uniform": nn.initializers.lecun_uniform(),
    "uniform": nn.initializers.uniform(),
    "normal": nn.initializers.normal(),
    "orthogonal": nn.initializers.orthogonal(),
    "ones": nn.initializers.ones,
}


def dense_copies(keys: Any, x: Any, features: int, **options: Any) -> Any:
    """Outputs (n, features) of one Dense a key."""
    model = nn.Dense(features, **options)
    return jax.vmap(lambda key: model.apply(model.init(key, x), x))(keys)


class _Wrapper(nn.Module):
    features: int

    @nn.compact
    def __call__(self, x: Any) -> Any:
        return nn.Dense(self.features)(x)


@partial(jax.jit, static_argnames="features")
def _wrapped(keys: Any, x: Any, features: int) -> Any:
    model = _Wrapper(features)
    return jax.vmap(lambda key: model.apply(model.init(key, x), x))(keys)


def _nnx(keys: Any, x: Any, features: int) -> Any:
    return jnp.stack([nnx.Linear(len(x), features, rngs=nnx.Rngs(key))(x) for key in keys])


def _by_hand(keys: Any, x: Any, features: int) -> Any:
    kernel = jax.vmap(lambda key: nn.initializers.lecun_normal()(key, (len(x), features)))
    return jnp.einsum("d,kdf->kf", x, kernel(keys))


def key_stacks(seed: int, n_copies: int) -> dict[str, Any]:
    """Every strategy's keys for one case, each of shape (n, 2)."""
    return {name: keys(seed, n_copies) for name, keys in KEYS.items()}


@partial(jax.jit, static_argnames=("features", "options"))
def dense_outputs(keys: Any, x: Any, features: int, options: tuple[Any, ...] = ()) -> Any:
    """Outputs (n, features) of one Dense a key, compiled once a shape."""
    return dense_copies(keys, x, features, **dict(options))


def copies(seed: int, x: Any, n_copies: int, features: int) -> dict[str, Any]:
    """Every strategy's copies for one case; all Dense copies of a case come from one call."""
    stacks = key_stacks(seed, n_copies)
    outputs = dense_outputs(jnp.concatenate(list(stacks.values())), x, features)
    ends = np.cumsum([len(keys) for keys in stacks.values()])
    made = dict(zip(stacks, np.split(np.asarray(outputs), ends[:-1]), strict=True))
    right = stacks["split"][:-1]
    for name, initialiser in INITIALISERS.items():
        made[f"init-{name}"] = dense_outputs(right, x, features, (("kernel_init", initialiser),))
    made["by-hand"] = _by_hand(right, x, features)
    made["wrapped"] = _wrapped(right, x, features)
    made["wrapped-root"] = _wrapped(stacks["root"], x, features)
    key = jax.random.key(seed)
    made["nnx-split"] = _nnx(jax.random.split(key, n_copies), x, features)
    made["nnx-seed-plus-i"] = _nnx([jax.random.key(seed + i) for i in range(n_copies)], x, features)
    made["nnx-root"] = _nnx([key], x, features)
    return made
