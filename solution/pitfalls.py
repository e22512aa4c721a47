"""The misconceptions as executable mutants: the reference with one step replaced.

Each docstring says what its author believed. The wording for students is in exercise/faults.toml.
"""

import itertools
from dataclasses import dataclass, replace
from typing import Any

import flax.linen as nn
import jax
import jax.numpy as jnp

from solution.reference import Steps, add_up, divide, split_keys


@dataclass(frozen=True)
class Pitfall:
    """A fault with its mutant: the step that is replaced, and by what."""

    id: str
    step: str
    replacement: Any

    def mutate(self, steps: Steps) -> Steps:
        """Give the steps with this one replaced."""
        return replace(steps, **{self.step: self.replacement})


def shared_key(seed, n_copies):
    """One key is enough, it is only used to initialise."""
    return jnp.stack([jax.random.PRNGKey(seed)] * n_copies)


def ignored_seed(_seed, n_copies):
    """Any seed will do."""
    return split_keys(0, n_copies)


def unexpected_keys(seed, n_copies):
    """The first key of a split is used up by splitting."""
    return jax.random.split(jax.random.PRNGKey(seed), n_copies + 1)[1:]


_calls = itertools.count(1)


def nondeterministic(_seed, n_copies):
    """Random numbers should be random."""
    return split_keys(1000 + next(_calls), n_copies)


def missing_in_axes(model, keys, x):
    """vmap finds out by itself what to map over."""
    return jax.vmap(model.init)(keys, x)


def whole_tree(stacked, _i):
    """apply picks its own copy."""
    return stacked


def activated(features):
    """A layer comes with its activation."""
    return _Activated(features)


class _Activated(nn.Dense):
    def __call__(self, x):
        return nn.relu(super().__call__(x))


def late_bound(model, copies, x, n_copies):
    """A lambda remembers the i of its own turn."""
    forwards = []
    for i in range(n_copies):
        forwards.append(lambda: model.apply(copies(i), x))  # noqa: B023  # the point of it
    return sum(forward() for forward in forwards)


def first_twice(model, copies, x, n_copies):
    """Starting from the first copy saves the zeros."""
    return model.apply(copies(0), x) + add_up(model, copies, x, n_copies)


def overwritten(model, copies, x, n_copies):
    """Assigning in a loop accumulates."""
    for i in range(n_copies):
        total = model.apply(copies(i), x)
    return total


def one_short(model, copies, x, n_copies):
    """range(n) ends at n."""
    return add_up(model, copies, x, n_copies - 1)


def undivided(total, _n_copies):
    """The sum is the answer."""
    return total


def by_features(total, _n_copies):
    """The mean divides by the length of what is there."""
    return total / total.shape[-1]


def twice(total, n_copies):
    """Divide once while adding, once at the end."""
    return total / n_copies / n_copies


def kept_apart(model, copies, x, n_copies):
    """Whoever calls the function will average."""
    return jnp.stack([model.apply(copies(i), x) * n_copies for i in range(n_copies)])


def over_features(model, copies, x, n_copies):
    """The mean is taken over the last axis."""
    return kept_apart(model, copies, x, n_copies).mean(axis=1)


def as_row(total, n_copies):
    """One answer is a batch of one."""
    return divide(total, n_copies)[None, :]


def as_half(total, n_copies):
    """Half precision is faster."""
    return divide(total, n_copies).astype(jnp.float16)


def as_list(total, n_copies):
    """A list of numbers is an array."""
    return divide(total, n_copies).tolist()


PITFALLS = (
    Pitfall("shared-key", "keys", shared_key),
    Pitfall("ignored-seed", "keys", ignored_seed),
    Pitfall("unexpected-keys", "keys", unexpected_keys),
    Pitfall("nondeterministic", "keys", nondeterministic),
    Pitfall("missing-in-axes", "init", missing_in_axes),
    Pitfall("unsliced-params", "pick", whole_tree),
    Pitfall("wrong-layer", "model", activated),
    Pitfall("late-bound-lambda", "gather", late_bound),
    Pitfall("first-copy-twice", "gather", first_twice),
    Pitfall("overwritten-accumulator", "gather", overwritten),
    Pitfall("missing-copy", "gather", one_short),
    Pitfall("not-reduced", "gather", kept_apart),
    Pitfall("wrong-axis", "gather", over_features),
    Pitfall("sum-not-mean", "finish", undivided),
    Pitfall("wrong-divisor", "finish", by_features),
    Pitfall("divided-twice", "finish", twice),
    Pitfall("wrong-shape", "finish", as_row),
    Pitfall("wrong-dtype", "finish", as_half),
    Pitfall("not-an-array", "finish", as_list),
)
