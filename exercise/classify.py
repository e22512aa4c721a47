"""Names the region that a mixture lies in: weights in, lists of faults that would give them out.

A pattern says which copies enter and how often; a scale says what the total was divided by. A
weight that several programs would give is explained by each of them; the source decides later.
"""

import numpy as np

from exercise.mixture import WEIGHT

Faults = tuple[str, ...]


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= WEIGHT * max(1.0, abs(b))


def scale_faults(weight: float, n: int, shape: tuple[int, int]) -> Faults:
    """What each copy's weight says of the division, for n copies; shape is (len(x), features)."""
    if _close(weight * n, 1):
        return ()
    if _close(weight, 1):
        return ("sum-not-mean",)
    if _close(weight * n * n, 1):
        return ("divided-twice",)
    length, features = shape
    he, glorot = np.sqrt(2), np.sqrt(2 * length / (length + features))
    for stretch in (he, glorot):
        # He's and Glorot's normal initialisers draw the default's numbers and stretch them.
        if _close(weight * n, stretch) and not _close(1 / weight, round(1 / weight)):
            return ("wrong-layer",)
        if _close(weight, stretch):
            return ("sum-not-mean", "wrong-layer")
    return ("wrong-divisor",)


def explain_root(weight: float, n: int, shape: tuple[int, int]) -> list[Faults]:
    """One key for all copies, and their total weight."""
    if abs(weight) < WEIGHT:
        return []
    found: list[Faults] = [("shared-key", *scale_faults(weight / n, n, shape))]
    found += [
        ("shared-key", extra, *scale_faults(weight / terms, n, shape))
        for extra, terms in (
            ("first-copy-twice", n + 1),
            ("missing-copy", n - 1),
            ("overwritten-accumulator", 1),
        )
    ]
    return [f for f in found if "wrong-divisor" not in f] or found[:1]


def explain_single(weight: float, at: int, n: int, shape: tuple[int, int]) -> list[Faults]:
    """All the weight on copy `at` of n: entered once, or n times, or by n - 1 closures."""
    total = scale_faults(weight / n, n, shape)
    once = scale_faults(weight, n, shape)
    found: list[Faults] = []
    if at == n - 1:
        found += [("late-bound-lambda", *total), ("overwritten-accumulator", *once)]
    found += [("shared-key", *total), ("missing-copy", *once)]
    short = scale_faults(weight / (n - 1), n, shape)
    if at >= n - 2 and "wrong-divisor" not in short:
        found.append(("late-bound-lambda", "missing-copy", *short))
    return found


def explain_weights(weights: np.ndarray, shape: tuple[int, int]) -> list[Faults] | None:
    """All lists of faults that give these weights (n,), or None for a region without a name.

    The empty list among them says that the weights are those of a mean.
    """
    n = len(weights)
    present = np.abs(weights) > WEIGHT
    if not present.any() or not np.isfinite(weights).all():
        return None
    if np.ptp(weights) <= WEIGHT * max(1.0, abs(weights[0])):
        return [scale_faults(float(weights.mean()), n, shape)]
    count = int(present.sum())
    if count == 1:
        at = int(np.argmax(present))
        return explain_single(float(weights[at]), at, n, shape)
    if count == 2 and present[0] and present[-1] and _close(weights[-1] / weights[0], n):
        scale = scale_faults(float(weights[0]), n, shape)
        return [("first-copy-twice", "late-bound-lambda", *scale)]
    used = weights[present]
    if np.ptp(used) <= WEIGHT * max(1.0, abs(used[0])):
        each = float(used.mean())
        if _close(each * count, 1):
            return [("missing-copy", "wrong-divisor"), ("missing-copy",)]
        return [("missing-copy", *scale_faults(each, n, shape))]
    rest = weights[1:]
    if np.ptp(rest) <= WEIGHT and abs(weights[0] - 2 * rest[0]) <= WEIGHT:
        each = float(rest.mean())
        if _close(each * (n + 1), 1):
            return [("first-copy-twice", "wrong-divisor"), ("first-copy-twice",)]
        return [("first-copy-twice", *scale_faults(each, n, shape))]
    used = rest[np.abs(rest) > WEIGHT]
    if len(used) < len(rest) and len(used) and np.ptp(used) <= WEIGHT:
        each = float(used.mean())
        if abs(weights[0] - 2 * each) <= WEIGHT:
            return [("first-copy-twice", "missing-copy", *scale_faults(each, n, shape))]
    return None
