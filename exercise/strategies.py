"""What the names of the key's copies mean: which keys, or which layer, made them, and the fault.

The key (numbers) is built elsewhere; a test keeps its names and these in step.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Strategy:
    """The faults that this way to make copies amounts to, and how to say what it is."""

    faults: tuple[str, ...]
    phrase: str
    single: bool = False  # one copy stands for all
    inner: bool = False  # the Dense layer is inside another Module
    whole: bool = False  # not copies: the answer itself, expected with weight 1


RIGHT = "split"
WIDE = "split-wide"  # as right: what a negative seed gives where jax_enable_x64 is set
CONSTANT_SEEDS = (0, 1, 42, 123, 1234)
_OTHER = ("unexpected-keys",)

STRATEGIES: dict[str, Strategy] = {
    RIGHT: Strategy((), "split(PRNGKey(seed), n_copies)"),
    WIDE: Strategy((), "split(PRNGKey(seed), n_copies), with integers of 64 bits"),
    "root": Strategy(("shared-key",), "PRNGKey(seed) itself", single=True),
    **{
        f"constant-{c}": Strategy(("ignored-seed",), f"split(PRNGKey({c}), n_copies)")
        for c in CONSTANT_SEEDS
    },
    **{
        f"constant-root-{c}": Strategy(
            ("ignored-seed", "shared-key"), f"PRNGKey({c}) itself", single=True
        )
        for c in CONSTANT_SEEDS
    },
    "range": Strategy(("ignored-seed", "unexpected-keys"), "PRNGKey(i) for i = 0, 1, 2 ..."),
    "range-from-1": Strategy(("ignored-seed", "unexpected-keys"), "PRNGKey(i) for i = 1, 2, 3 ..."),
    "seed-plus-i": Strategy(_OTHER, "PRNGKey(seed + i)"),
    "seed-plus-i-plus-1": Strategy(_OTHER, "PRNGKey(seed + i + 1)"),
    "seed-times-n": Strategy(_OTHER, "PRNGKey(seed * n_copies + i)"),
    "seed-times-i": Strategy(_OTHER, "PRNGKey(seed * i)"),
    "seed-times-i-plus-1": Strategy(_OTHER, "PRNGKey(seed * (i + 1))"),
    "seed-times-10": Strategy(_OTHER, "PRNGKey(seed * 10 + i)"),
    "seed-times-100": Strategy(_OTHER, "PRNGKey(seed * 100 + i)"),
    "seed-times-1000": Strategy(_OTHER, "PRNGKey(seed * 1000 + i)"),
    "chained": Strategy(_OTHER, "one split after another (key, sub = split(key))"),
    "chained-carry": Strategy(_OTHER, "one split after another (key, sub = split(key))"),
    "next-seed": Strategy(_OTHER, "split(PRNGKey(seed + 1), n_copies)"),
    "split-of-first": Strategy(_OTHER, "a split of the first half of a split"),
    "split-of-second": Strategy(_OTHER, "a split of the second half of a split"),
    "split-each-first": Strategy(_OTHER, "a further split of each key"),
    "split-each-second": Strategy(_OTHER, "a further split of each key"),
    "fold-n-plus-i": Strategy(_OTHER, "fold_in(PRNGKey(seed), n_copies + i)"),
    "wrapped": Strategy(
        _OTHER, "Dense inside another Module, whose path enters the key", inner=True
    ),
    "wrapped-root": Strategy(
        ("shared-key", "unexpected-keys"),
        "Dense inside another Module, one key",
        single=True,
        inner=True,
    ),
    "by-hand": Strategy(_OTHER, "the initialiser called by hand, without a Dense layer"),
    "nnx-split": Strategy(_OTHER, "nnx.Linear, which derives its own keys"),
    "nnx-seed-plus-i": Strategy(_OTHER, "nnx.Linear, which derives its own keys"),
    "nnx-root": Strategy(("shared-key", "unexpected-keys"), "nnx.Linear, one key", single=True),
    **{
        f"init-{name}": Strategy(("wrong-layer",), f"the right keys and the initialiser {name}")
        for name in (
            *("he-uniform", "glorot-uniform", "lecun-uniform", "uniform", "normal"),
            *("orthogonal", "ones"),
        )
    },
}
