"""Builds the key: python -m solution.build [--check] [--accept].

The key is built again when solution/, the secret or the jax/flax version changed. A key whose
expected answers would change is not written unless that is accepted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np

from exercise.model import MODEL, Inputs
from grader import search
from grader.author import secret
from grader.core import key_file as keys
from grader.core.case import Case
from grader.core.errors import GraderError, UsageError
from grader.core.key import Key, KeyCase
from grader.sandbox import cache
from grader.sandbox.environment import environment
from grader.worker.arrays import draw_probe

ROOT = Path(__file__).resolve().parent
PUBLIC = ROOT.parent / "exercise" / "key" / "public.key"
HIDDEN = ROOT / "key" / "hidden.key"
EXERCISE_FOLDER = ROOT.parent / "exercise"
# The tolerance, the scale and what is asked for, and the calls.
JUDGING = tuple(
    EXERCISE_FOLDER / f for f in ("findings/form.py", "findings/agreement.py", "plan.py")
)
TOLERANCE = 1e-5
INDEXED = 3  # public cases that can be searched by value: enough for one of them to be answered


def source_digest(course: str = "") -> str:
    """What a half depends on: programs, versions, and the secret, for the hidden one alone.

    How answers are judged is among it, since results that were made with a key are kept for it.
    """
    model = (EXERCISE_FOLDER / "model").glob("*.py")
    return keys.digest_of((*sorted(ROOT.glob("*.py")), *sorted(model), *JUDGING), course)


def compute(case: Case) -> KeyCase:
    """Run the reference, eagerly, and draw the kernels of every way to make copies."""
    from solution import strategies
    from solution.reference import custom_lift_forward

    expected = np.asarray(custom_lift_forward(**case.arguments))  # type: ignore[arg-type]
    return KeyCase(case, expected, strategies.kernels(**case.arguments))  # type: ignore[arg-type]


def indexed(cases: Sequence[KeyCase]) -> tuple[KeyCase, ...]:
    """The cases, some of those that tell most with an index of what the error model predicts."""
    telling = {}  # by size; one in which vmap goes through over keys and x alike among them
    for k in sorted(cases, key=lambda k: k.case.array("x").size != k.case.integer("n_copies")):
        size = k.case.array("x").size, k.case.integer("n_copies"), k.expected.size
        if 3 <= size[1] <= size[2]:
            telling.setdefault(size, k.case.id)
    chosen = set(list(telling.values())[:INDEXED])
    return tuple(
        replace(k, index=search.build_index(MODEL, Inputs.of(k))) if k.case.id in chosen else k
        for k in cases
    )


def build(public: Path, hidden: Path, course: str) -> None:
    """Compute both halves and write them."""
    from solution import cases

    secret_cases = cases.hidden_cases(course)
    write = partial(
        keys.write,
        versions={name: version(name) for name in ("jax", "flax")},
        probe=draw_probe(),
        hidden_count=len(secret_cases),
        model=MODEL.digest,
    )
    write(public, indexed([*map(compute, cases.public_cases())]), source=source_digest())
    back = tuple(map(compute, secret_cases))
    known = course == secret.DEVELOPMENT
    write(hidden, back, source=source_digest(course), front=public, is_development=known)


def differences(old: Key, new: Key) -> list[str]:
    """Say which cases both keys have, with other inputs or other expected answers."""
    known = {k.case.id: k for k in old.cases}
    changed = []
    for fresh in new.cases:
        before = known.get(fresh.case.id)
        if before is None:
            continue
        same_inputs = all(
            np.array_equal(before.case.arguments[name], value)
            for name, value in fresh.case.arguments.items()
        )
        same_answer = before.expected.shape == fresh.expected.shape and np.allclose(
            before.expected, fresh.expected, rtol=TOLERANCE, atol=TOLERANCE
        )
        if same_inputs and not same_answer:
            changed.append(f"{fresh.case.id}: another expected answer for the same inputs")
    return changed


def _before() -> Key | None:
    """The key that is there: both halves, if they belong together, or the public one."""
    for hidden in (HIDDEN, None):
        with suppress(GraderError, UsageError):
            return keys.read(PUBLIC, hidden)
    return None


def main() -> int:
    """Build or check the key; 0 when it is right, 1 when it is not."""
    parser = argparse.ArgumentParser(prog="python -m solution.build", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="compute again and compare; no writing"
    )
    parser.add_argument(
        "--accept", action="store_true", help="write even if expected answers change"
    )
    options = parser.parse_args()

    course = secret.course_secret()
    wanted = (source_digest(), source_digest(course))
    have = (keys.source_digest(PUBLIC), keys.source_digest(HIDDEN))
    if HIDDEN.exists():
        HIDDEN.chmod(0o600)
    if have == wanted and not options.check:
        print("The key is up to date.")
        return 0
    fresh_public, fresh_hidden = PUBLIC.with_suffix(".new"), HIDDEN.with_suffix(".new")
    try:
        with cache.filling(cache.location("builder")) as place:
            os.environ.update(environment(place, fill_cache=True))
            build(fresh_public, fresh_hidden, course)
        new = keys.read(fresh_public, fresh_hidden)
        old = _before()
        changed = differences(old, new) if old is not None else []
        if options.check:
            stale = have != wanted
            print("\n".join(changed) or ("The key is stale." if stale else "The key is right."))
            return int(stale or bool(changed))
        if changed and not options.accept:
            print("The key was not written (--accept writes it):", *changed, sep="\n  ")
            return 1
        fresh_public.replace(PUBLIC)
        fresh_hidden.replace(HIDDEN)
        print(f"The key is built: {len(new.public)} public and {len(new.hidden)} hidden cases.")
        return 0
    finally:
        fresh_public.unlink(missing_ok=True)
        fresh_hidden.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
