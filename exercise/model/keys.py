"""Which keys make the copies: from nothing to kernels (copies, len(x), features)."""

from collections.abc import Callable

import numpy as np

from exercise import facts
from exercise.model.inputs import Inputs
from exercise.model.names import CONSTANT_SEEDS, LAYER_NAMES
from grader.search import RARE, USUAL, Row

OTHER, SHARED, NO_SEED = ("unexpected-keys",), ("shared-key",), ("ignored-seed",)
SHORT, LAYER = ("missing-copy",), ("wrong-layer",)

WIDE = "one wide Dense layer, cut into copies"  # drawn at once: one kernel, and many copies

MATCH = "The copies are independent, but not those of split(PRNGKey(seed), n_copies): they match "
ONE = "All {n} copies came out identical: each is the one that "
SEEDLESS = "The copies do not depend on the seed: they match "


def _stack(name: str) -> Callable[[None, Inputs], np.ndarray]:
    return lambda _, c: c.drawn(name)


def _cut(
    choose: Callable[[np.ndarray, Inputs], np.ndarray],
) -> Callable[[None, Inputs], np.ndarray]:
    """Some of the keys of the right split, which the key holds with one more."""
    return lambda _, c: choose(c.kernels["split"], c)


def _first(m: int) -> Callable[[None, Inputs], np.ndarray]:
    return _cut(lambda k, c: k[: min(m, c.n)])


def _other(phrase: str, name: str, cost: int = USUAL) -> Row:
    return Row(phrase, _stack(name), OTHER, MATCH + phrase + ".", cost)


def _one(phrase: str, name: str, cost: int = USUAL, faults: tuple[str, ...] = SHARED) -> Row:
    return Row(phrase, _stack(name), faults, ONE + phrase + " makes.", cost)


def _seedless(phrase: str, name: str, cost: int = USUAL, faults: tuple[str, ...] = NO_SEED) -> Row:
    return Row(phrase, _stack(name), faults, SEEDLESS + phrase + ".", cost)


def _cut_down(phrase: str, name: str) -> Row:
    says = f"The seed is not used as it is: the copies match those of {phrase}."
    return Row(phrase, _stack(name), NO_SEED, says, RARE)


def _initialiser(phrase: str, name: str) -> Row:
    says = f"The copies come from the right keys, but their kernels match the initialiser {phrase}."
    return Row(phrase, _stack(f"init-{name}"), LAYER, says, RARE)


def _first_then(first: str, then: str) -> Callable[[None, Inputs], np.ndarray]:
    return lambda _, c: np.concatenate([c.drawn(first)[:1], c.drawn(then)])[: c.n]


def _inside(name: str) -> tuple[Row, ...]:
    """A Dense layer inside another Module, under the name that it has there."""
    usual = name in ("Dense_0", "VmapDense_0", "dense")
    where = f"a Dense layer called {name} inside another Module, whose place enters its key"
    return (
        Row(f"inside, {name}", _stack(f"inside-{name}"), OTHER, f"{MATCH}{where}.",
            USUAL if usual else RARE, facts.inner_layer),
        Row(f"inside, {name}, one key", _stack(f"inside-{name}-root"), SHARED,
            f"{ONE}{where} makes with PRNGKey(seed) itself.", RARE, facts.inner_layer),
    )  # fmt: skip


KEYS = (
    Row("split(PRNGKey(seed), n_copies)", _cut(lambda k, c: k[: c.n]), cost=0),
    # Other keys, as many as copies.
    Row("split(..., n_copies + 1)[1:]", _cut(lambda k, c: k[1 : c.n + 1]), OTHER,
        MATCH + "split(PRNGKey(seed), n_copies + 1) without its first key."),
    _other("PRNGKey(seed + i)", "seed-plus-1i"),
    _other("PRNGKey(seed + i + 1)", "seed-plus-i-plus-1"),
    _other("PRNGKey(seed + 10 * i)", "seed-plus-10i", RARE),
    _other("PRNGKey(seed + 100 * i)", "seed-plus-100i", RARE),
    _other("PRNGKey(seed + 1000 * i)", "seed-plus-1000i", RARE),
    _other("PRNGKey(abs(seed - i))", "seed-minus-i", RARE),
    _other("PRNGKey(seed * n_copies + i)", "seed-times-n-plus-i"),
    _other("PRNGKey(seed * 2 + i)", "seed-times-2-plus-i", RARE),
    _other("PRNGKey(seed * 10 + i)", "seed-times-10-plus-i", RARE),
    _other("PRNGKey(seed * 100 + i)", "seed-times-100-plus-i", RARE),
    _other("PRNGKey(seed * 1000 + i)", "seed-times-1000-plus-i", RARE),
    _other("PRNGKey(seed * i)", "seed-times-i"),
    _other("PRNGKey(seed * (i + 1))", "seed-times-i-plus-1"),
    _other("PRNGKey(seed ^ i)", "seed-xor-i", RARE),
    _other("split(PRNGKey(seed + 1), n_copies)", "next-seed", RARE),
    _other("split(PRNGKey(2 * seed), n_copies)", "twice-seed", RARE),
    _other("split(PRNGKey(seed + n_copies), n_copies)", "seed-plus-n", RARE),
    _other("one split after another (key, sub = split(key))", "chained"),
    _other("one split after another, the part that is carried on", "chained-carry"),
    _other("one split after another (sub, key = split(key))", "chained-from-second"),
    Row("the key itself, then one split after another", _first_then("root", "chained-carry"), OTHER,
        MATCH + "PRNGKey(seed) itself, then one split after another.", RARE),
    _other("a split of the first half of a split", "split-of-first"),
    _other("a split of the second half of a split", "split-of-second"),
    _other("a split of fold_in(PRNGKey(seed), 0)", "split-of-folded-zero", RARE),
    _other("a split of fold_in(PRNGKey(seed), 1)", "split-of-folded-one", RARE),
    _other("a further split of each key, the first half", "split-each-first"),
    _other("a further split of each key, the second half", "split-each-second"),
    _other("fold_in(key, i) of each key of the split", "fold-each", RARE),
    _other("fold_in(key, 0) of each key of the split", "fold-each-zero", RARE),
    _other("fold_in(key, seed) of each key of the split", "fold-each-seed", RARE),
    _other("fold_in(PRNGKey(seed), n_copies + i)", "fold-n-plus-i", RARE),
    _other("fold_in(PRNGKey(seed), 10 * i)", "fold-10i", RARE),
    _other("fold_in(PRNGKey(seed), 100 * i)", "fold-100i", RARE),
    _other("fold_in(PRNGKey(i), seed)", "fold-range-zero", RARE),
    _other("fold_in(key, i) of the first half of a split", "fold-first", RARE),
    _other("fold_in(key, i) of the second half of a split", "fold-second", RARE),
    _other("seeds drawn by jax.random.bits", "bits", RARE),
    _other("words drawn by jax.random.bits", "bits-pair", RARE),
    _other("seeds drawn by NumPy below 2**31 - 1", "numpy-31", RARE),
    _other("seeds drawn by NumPy below 2**30", "numpy-30", RARE),
    _other("seeds drawn by NumPy below 10**6", "numpy-million", RARE),
    _other("nnx.Linear, which derives its own keys", "nnx-split"),
    _other("nnx.Linear with the seeds seed + i", "nnx-seed-plus-i"),
    _other("nnx.Linear after nnx.Linear from one Rngs", "nnx-stream"),
    _other("the initialiser called by hand, without a layer", "by-hand"),
    _other("the initialiser called by hand, from the second key on", "by-hand-second", RARE),
    *(_other(f"layers called {f}_0, {f}_1 ... inside one Module", f"many-{f}",
             USUAL if f == "Dense" else RARE)
      for f in ("Dense", "layers", "members", "models", "copies", "denses")),
    _other(WIDE, "wide", RARE),
    _other("Dense inside another Module, from one split after another", "inside-Dense_0-chained", RARE),
    _other("Dense inside another Module, with PRNGKey(seed + i)", "inside-Dense_0-seed-plus-1i", RARE),
    _other("Dense inside another Module, from the second key on", "inside-Dense_0-second", RARE),
    *(row for name in LAYER_NAMES for row in _inside(name)),
    Row("no split for one copy", lambda _, c: c.drawn("root" if c.n == 1 else "split")[: c.n],
        OTHER, "For a single copy the key is used as it is; split(PRNGKey(seed), 1) makes another.",
        RARE),
    # One key for all copies.
    _one("PRNGKey(seed) itself", "root"),
    Row("keys[0] for all", _cut(lambda k, _: k[:1]), SHARED, ONE + "the first key of the split makes."),
    Row("the last key for all", _cut(lambda k, c: k[c.n - 1 : c.n]), SHARED,
        ONE + "the last key of the split makes.", RARE),
    _one("the first half of split(PRNGKey(seed))", "root-first", RARE),
    _one("the second half of split(PRNGKey(seed))", "root-second"),
    _one("fold_in(PRNGKey(seed), 0)", "folded-zero", RARE),
    _one("fold_in(PRNGKey(seed), n_copies)", "folded-n", RARE),
    _one("nnx.Linear with one key", "nnx-root", RARE),
    _one("the initialiser called by hand", "by-hand-root", RARE),
    Row("split(key)[i], which has two keys", lambda _, c: np.concatenate(
        [c.kernels["root-first"], *[c.kernels["root-second"]] * (c.n - 1)])[: c.n], SHARED,
        "Only two keys are made, and all copies after the first share the second.", RARE),
    # Too few keys: JAX takes the last one where an index is past the end.
    Row("split(..., n_copies - 1)", _cut(lambda k, c: k[: c.n - 1]), SHORT,
        "One key is missing: the last of the {short} that there are makes two copies."),
    Row("split(..., features)", _cut(lambda k, c: k[: min(c.f, c.n)]), SHORT,
        "As many keys as features are made ({f}), and the last of them makes the copies past it.",
        RARE),
    Row("split(..., len(x))", _cut(lambda k, c: k[: min(c.d, c.n)]), SHORT,
        "As many keys as x has elements are made ({d}); the last of them makes the copies past it.",
        RARE),
    *(Row(f"split(..., {m})", _first(m), SHORT,
          f"Only {m} keys are made, and the last of them makes the copies past it.", RARE)
      for m in (2, 3, 4, 5, 6, 8, 10, 16)),
    # The seed is not used.
    *(_seedless(f"split(PRNGKey({c}), n_copies)", f"constant-{c}") for c in CONSTANT_SEEDS),
    *(_one(f"PRNGKey({c})", f"constant-root-{c}", USUAL, (*NO_SEED, *SHARED)) for c in CONSTANT_SEEDS),
    _seedless("PRNGKey(i) for i = 0, 1, 2 ...", "range", faults=(*NO_SEED, *OTHER)),
    _seedless("PRNGKey(i) for i = 1, 2, 3 ...", "range-from-1", faults=(*NO_SEED, *OTHER)),
    _seedless("fold_in(PRNGKey(0), i + 1)", "constant-fold", RARE, (*NO_SEED, *OTHER)),
    _seedless("split(PRNGKey(n_copies), n_copies)", "n-as-seed"),
    _seedless("split(PRNGKey(features), n_copies)", "features-as-seed", RARE),
    _seedless("split(PRNGKey(len(x)), n_copies)", "length-as-seed", RARE),
    _cut_down("abs(seed)", "seed-absolute"),
    _cut_down("max(seed, 0)", "seed-at-least-0"),
    _cut_down("seed % 10", "seed-mod-10"),
    _cut_down("seed % 100", "seed-mod-100"),
    _cut_down("its last eight bits", "seed-uint8"),
    _cut_down("the seed as a float32", "seed-float"),
    _cut_down("the seed, or 9 where it is larger: an index past the end of a table", "seed-at-most-9"),
    *(_seedless(f"one split of PRNGKey({c}) after another", f"constant-{c}-chained", RARE,
                (*NO_SEED, *OTHER)) for c in (0, 42)),
    # Another initialiser.
    *(_initialiser(f"{name}_uniform", f"{name}-uniform") for name in ("he", "lecun", "glorot")),
    *(_initialiser(f"{kind}({s})", f"{kind}-{s}")
      for kind, scales in (("uniform", (0.01, 0.1, 1.0)), ("normal", (0.01, 0.02, 0.1, 1.0)))
      for s in scales),
    *(_initialiser(f"truncated_normal({s})", f"truncated-{s}") for s in (0.01, 0.02, 1.0)),
    _initialiser("orthogonal", "orthogonal"),
    Row("ones", _stack("init-ones"), LAYER,
        "All kernels match the initialiser ones, with which no key makes a difference.", RARE),
)  # fmt: skip
