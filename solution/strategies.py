"""The kernels that the error model's key steps draw: by name, an array (copies, len(x), features).

A name is looked up by a row of exercise/model/keys.py; a test keeps the two in step. `split` is the
right one, and one copy more, so that keys that begin with the second of a split are there too.

Flax makes a layer's own key from the key given to init and the layer's place among Modules. So the
keys are made first, all of a case's kernels are then drawn in one call, compiled once a shape.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

from exercise.model.names import CONSTANT_SEEDS, LAYER_NAMES, OF_64_BITS

Keys = Any  # uint32, (copies, 2)


def _split(seed: int, n: int) -> Keys:
    return jax.random.split(jax.random.PRNGKey(seed), n)


def _split_of_64_bits(seed: int, n: int) -> Keys:
    """As PRNGKey makes it of a 64-bit integer: the same but for negative seeds."""
    words = np.array([seed >> 32 & 0xFFFFFFFF, seed & 0xFFFFFFFF], np.uint32)
    return jax.random.split(jnp.asarray(words), n)


def _seeds(*seeds: int) -> Keys:
    return jnp.stack([jax.random.PRNGKey(seed) for seed in seeds])


def _chained(seed: int, n: int, which: int) -> Keys:
    key, keys = jax.random.PRNGKey(seed), []
    for _ in range(n):
        pair = jax.random.split(key)
        key = pair[0]
        keys.append(pair[which])
    return jnp.stack(keys)


def _chained_from_second(seed: int, n: int) -> Keys:
    key, keys = jax.random.PRNGKey(seed), []
    for _ in range(n):
        sub, key = jax.random.split(key)
        keys.append(sub)
    return jnp.stack(keys)


def _each(of: Callable[[Any], Any], keys: Keys) -> Keys:
    return jax.vmap(of)(keys)


def _folded(key: Any, numbers: range) -> Keys:
    return jnp.stack([jax.random.fold_in(key, number) for number in numbers])


def _bits(seed: int, n: int) -> Keys:
    drawn = np.asarray(jax.random.bits(jax.random.PRNGKey(seed), (n,)))
    return _seeds(*(int(number) & 0x7FFFFFFF for number in drawn))


def _drawn_by_numpy(seed: int, n: int, high: int) -> Keys:
    return _seeds(*np.random.RandomState(seed).randint(0, high, n).tolist())


def root_keys(seed: int, n: int, features: int, length: int) -> dict[str, Keys]:
    """The keys that are handed to init, by name; without those that cannot be made of this seed."""
    key = jax.random.PRNGKey(seed)
    first, second = jax.random.split(key)
    right = jax.random.split(key, n)
    ways: dict[str, Callable[[], Keys]] = {
        "split": lambda: jax.random.split(key, n + 1),
        "root": lambda: key[None],
        "root-first": lambda: first[None],
        "root-second": lambda: second[None],
        "folded-zero": lambda: jax.random.fold_in(key, 0)[None],
        "folded-n": lambda: jax.random.fold_in(key, n)[None],
        **{
            f"seed-plus-{k}i": partial(_seeds, *range(seed, seed + k * n, k))
            for k in (1, 10, 100, 1000)
        },
        "seed-plus-i-plus-1": lambda: _seeds(*(seed + i + 1 for i in range(n))),
        "seed-minus-i": lambda: _seeds(*(abs(seed - i) for i in range(n))),
        **{
            f"seed-times-{k}-plus-i": partial(_seeds, *range(seed * k, seed * k + n))
            for k in (2, 10, 100, 1000)
        },
        "seed-times-n-plus-i": lambda: _seeds(*(seed * n + i for i in range(n))),
        "seed-times-i": lambda: _seeds(*(seed * i for i in range(n))),
        "seed-times-i-plus-1": lambda: _seeds(*(seed * (i + 1) for i in range(n))),
        "seed-xor-i": lambda: _seeds(*(seed ^ i for i in range(n))),
        "next-seed": lambda: _split(seed + 1, n),
        "twice-seed": lambda: _split(2 * seed, n),
        "seed-plus-n": lambda: _split(seed + n, n),
        "chained": lambda: _chained(seed, n, 1),
        "chained-carry": lambda: _chained(seed, n, 0),
        "chained-from-second": lambda: _chained_from_second(seed, n),
        "split-of-first": lambda: jax.random.split(first, n),
        "split-of-second": lambda: jax.random.split(second, n),
        "split-of-folded-zero": lambda: jax.random.split(jax.random.fold_in(key, 0), n),
        "split-of-folded-one": lambda: jax.random.split(jax.random.fold_in(key, 1), n),
        "split-each-first": lambda: _each(lambda k: jax.random.split(k)[0], right),
        "split-each-second": lambda: _each(lambda k: jax.random.split(k)[1], right),
        "fold-each": lambda: jnp.stack([jax.random.fold_in(k, i) for i, k in enumerate(right)]),
        "fold-each-zero": lambda: _each(lambda k: jax.random.fold_in(k, 0), right),
        "fold-each-seed": lambda: _each(lambda k: jax.random.fold_in(k, seed & 0x7FFFFFFF), right),
        "fold-n-plus-i": lambda: _folded(key, range(n, 2 * n)),
        "fold-10i": lambda: jnp.stack([jax.random.fold_in(key, 10 * i) for i in range(n)]),
        "fold-100i": lambda: jnp.stack([jax.random.fold_in(key, 100 * i) for i in range(n)]),
        "fold-range-zero": lambda: jnp.stack(
            [jax.random.fold_in(jax.random.PRNGKey(i), seed & 0x7FFFFFFF) for i in range(n)]
        ),
        "fold-first": lambda: _folded(first, range(n)),
        "fold-second": lambda: _folded(second, range(n)),
        "bits": lambda: _bits(seed, n),
        "bits-pair": lambda: jax.random.bits(key, (n, 2)),
        "numpy-31": lambda: _drawn_by_numpy(seed, n, 2**31 - 1),
        "numpy-30": lambda: _drawn_by_numpy(seed, n, 2**30),
        "numpy-million": lambda: _drawn_by_numpy(seed, n, 10**6),
        "range": lambda: _seeds(*range(n)),
        "range-from-1": lambda: _seeds(*range(1, n + 1)),
        **{f"constant-{c}": partial(_split, c, n) for c in CONSTANT_SEEDS},
        **{f"constant-root-{c}": partial(_seeds, c) for c in CONSTANT_SEEDS},
        "constant-fold": lambda: _folded(jax.random.PRNGKey(0), range(1, n + 1)),
        "n-as-seed": lambda: _split(n, n),
        "features-as-seed": lambda: _split(features, n),
        "length-as-seed": lambda: _split(length, n),
        **{f"constant-{c}-chained": partial(_chained, c, n, 1) for c in (0, 42)},
        "seed-at-most-9": lambda: _split(min(max(seed if seed >= 0 else seed + 10, 0), 9), n),
        "seed-absolute": lambda: _split(abs(seed), n),
        "seed-at-least-0": lambda: _split(max(seed, 0), n),
        "seed-mod-10": lambda: _split(seed % 10, n),
        "seed-mod-100": lambda: _split(seed % 100, n),
        "seed-uint8": lambda: _split(seed & 255, n),
        "seed-float": lambda: _split(int(np.float32(seed)), n),
    }
    if seed < 0:
        ways[OF_64_BITS] = partial(_split_of_64_bits, seed, n)
    made = {}
    for name, keys in ways.items():
        with suppress(OverflowError, ValueError):  # a seed that is too large, or negative: no keys
            made[name] = keys()
    return made


class _Probe(nn.Module):
    """Gives the key that the first parameter of a Module is drawn from."""

    @nn.compact
    def __call__(self) -> Any:
        return self.param("kernel", lambda key: key)


class _Around(nn.Module):
    layer: str

    @nn.compact
    def __call__(self) -> Any:
        return _Probe(name=self.layer)()


def _own_keys(keys: Keys, layer: str | None = None) -> Keys:
    """The keys of kernels, of a layer at the top or of one so named inside another Module."""
    module = _Probe() if layer is None else _Around(layer)
    return jax.vmap(lambda key: module.init_with_output(key)[0])(keys)


def kernel_keys(seed: int, n: int, features: int, length: int) -> dict[str, Keys]:
    """The keys that kernels are drawn from, by the name of what draws them so."""
    roots = root_keys(seed, n, features, length)
    ends = np.cumsum([len(keys) for keys in roots.values()])
    own = _own_keys(jnp.concatenate(list(roots.values())))
    made = dict(zip(roots, np.split(np.asarray(own), ends[:-1]), strict=True))
    right = roots["split"][:-1]
    for layer in LAYER_NAMES:
        made[f"inside-{layer}"] = _own_keys(right, layer)
        made[f"inside-{layer}-root"] = _own_keys(roots["root"], layer)
    made["inside-Dense_0-chained"] = _own_keys(roots["chained"], "Dense_0")
    if "seed-plus-1i" in roots:
        made["inside-Dense_0-seed-plus-1i"] = _own_keys(roots["seed-plus-1i"], "Dense_0")
    made["inside-Dense_0-second"] = _own_keys(roots["split"][1:], "Dense_0")
    for family in ("Dense", "layers", "members", "models", "copies", "denses"):
        layers = [_own_keys(roots["root"], f"{family}_{i}") for i in range(n)]
        made[f"many-{family}"] = jnp.concatenate(layers)
    made["by-hand"] = right
    made["by-hand-second"] = roots["split"][1:]
    made["by-hand-root"] = roots["root"]
    typed = jax.random.key(seed)
    made["nnx-split"] = _of_nnx(jax.random.split(typed, n))
    made["nnx-root"] = _of_nnx([typed])
    with suppress(OverflowError):
        made["nnx-seed-plus-i"] = _of_nnx([jax.random.key(seed + i) for i in range(n)])
    made["nnx-stream"] = _of_nnx_stream(seed, n)
    return made


def _of_nnx(keys: Any) -> Keys:
    return jnp.stack([jax.random.key_data(nnx.Rngs(key).params()) for key in keys])


def _of_nnx_stream(seed: int, n: int) -> Keys:
    """One Rngs for layer after layer: each draws for a kernel, then for a bias."""
    stream = nnx.Rngs(seed)
    drawn = [jax.random.key_data(stream.params()) for _ in range(2 * n)]
    return jnp.stack(drawn[::2])


@partial(jax.jit, static_argnames="shape")
def _draw(keys: Keys, shape: tuple[int, int]) -> Any:
    draw = nn.initializers.lecun_normal()
    return jax.vmap(lambda key: draw(key, shape, jnp.float32))(keys)


@partial(jax.jit, static_argnames="shape")
def _draw_otherwise(keys: Keys, shape: tuple[int, int]) -> Any:
    """Draws from 0 to 1, of the normal distribution, that one cut off, and of orthogonal rows."""
    draws = (
        jax.random.uniform,
        jax.random.normal,
        nn.initializers.truncated_normal(1.0),
        nn.initializers.orthogonal(),
    )
    return [jax.vmap(lambda key, draw=draw: draw(key, shape))(keys) for draw in draws]


def _initialised(keys: Keys, shape: tuple[int, int]) -> dict[str, np.ndarray]:
    """Kernels of other initialisers, by name, from the keys of right kernels.

    He and Glorot normal are missing: they draw the default's numbers and scale them, which is a
    row of the layer.
    """
    length, features = shape
    uniform, normal, cut_off, orthogonal = map(np.asarray, _draw_otherwise(keys, shape))
    sides = {"he": 2 * 3 / length, "lecun": 3 / length, "glorot": 6 / (length + features)}
    return {
        **{f"init-{name}-uniform": (2 * uniform - 1) * np.sqrt(v) for name, v in sides.items()},
        **{f"init-uniform-{scale}": uniform * scale for scale in (0.01, 0.1, 1.0)},
        **{f"init-normal-{scale}": normal * scale for scale in (0.01, 0.02, 0.1, 1.0)},
        **{f"init-truncated-{scale}": cut_off * scale for scale in (0.01, 0.02, 1.0)},
        "init-orthogonal": orthogonal,
        "init-ones": np.ones_like(normal),
    }


def kernels(seed: int, x: Any, n_copies: int, features: int) -> dict[str, np.ndarray]:
    """Every kernel stack of a case, each (copies, len(x), features)."""
    shape = (len(x), features)
    keys = kernel_keys(seed, n_copies, features, len(x))
    ends = np.cumsum([len(k) for k in keys.values()])
    drawn = np.asarray(_draw(jnp.concatenate(list(keys.values())), shape))
    made = dict(zip(keys, np.split(drawn, ends[:-1]), strict=True))
    made |= _initialised(keys["split"][:-1], shape)
    wide = _draw(_own_keys(jax.random.PRNGKey(seed)[None]), (len(x), n_copies * features))
    made["wide"] = np.asarray(wide[0]).reshape(len(x), n_copies, features).swapaxes(0, 1)
    return made
