"""Gradient accumulation with dropout, the secret side."""

import jax
import jax.numpy as jnp

from grader.author import instead_of

KEEP = 0.5


def cut(rows, count):
    return rows.reshape(count, -1, *rows.shape[1:])


def keys(seed, count):
    return jax.random.split(jax.random.PRNGKey(seed), count)


def drop(key, x):
    return jnp.where(jax.random.bernoulli(key, KEEP, x.shape), x / KEEP, 0.0)


def loss(params, x, y):
    return jnp.mean((x @ params["w"] + params["b"] - y) ** 2)


def mean(parts):
    return jax.tree.map(lambda *leaves: sum(leaves) / len(leaves), *parts)


def accumulate(params, xs, ys, seed, micro):
    count = len(xs) // micro
    params = jax.tree.map(jnp.asarray, params)
    parts = []
    for x, y, key in zip(cut(xs, count), cut(ys, count), keys(seed, count), strict=True):
        parts.append(jax.value_and_grad(loss)(params, drop(key, x), y))
    return mean(parts)


@instead_of(cut)
def every_nth_row(rows, count):
    return jnp.stack([rows[i::count] for i in range(count)])


@instead_of(keys)
def one_key(seed, count):
    return [jax.random.PRNGKey(seed)] * count


@instead_of(keys)
def keys_from_other_seeds(seed, count):
    return [jax.random.PRNGKey(seed + i) for i in range(count)]


@instead_of(drop)
def not_rescaled(key, x):
    return drop(key, x) * KEEP


@instead_of(drop)
def dropped_and_kept(key, x):
    return x / KEEP - drop(key, x)


@instead_of(loss)
def rows_summed(params, x, y):
    return loss(params, x, y) * len(y)


@instead_of(mean)
def not_averaged(parts):
    return jax.tree.map(lambda *leaves: sum(leaves), *parts)


@instead_of(mean)
def last_microbatch(parts):
    return parts[-1]
