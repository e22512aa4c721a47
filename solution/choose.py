"""Chooses the cases, and shows what each is there for: python -m solution.choose [--check|--pool].

Prints which case catches which wrong program, what nothing but that case catches, and the margin,
and keeps it in matrix.txt, against which `make test` holds programs and cases. Where a program
passes, the cheapest size, seed, input or order of calls that catches it is named. Only rows that
are stale are computed; --check computes all of them.
"""

import argparse
import sys

from exercise.findings.form import TOLERANCE
from solution import catalogue, matrix
from solution.matrix import Matrix


def report(found: Matrix) -> str:
    """The matrix as text: program by case, and case by what nothing else catches."""
    lines = []
    for name, row in found.programs.items():
        if not catalogue.is_pair(name):
            lines.append(f"{''.join('x' if off else '.' for off in row.off)} {name}")
    for number, case in enumerate(matrix.all_cases(), 1):
        given = " ".join(
            f"{name}={value if isinstance(value, int) else value.tolist()}"
            for name, value in case.arguments.items()
        )
        alone, without = found.only(case.id), found.needs.get(case.id, ())
        lines.append(f"{number:>2} {case.id}: {given}")
        if alone:
            lines.append(f"   nothing else catches {', '.join(alone)}")
        if without:
            lines.append(f"   before others, it is needed for {', '.join(without)}")
    for size, ids in matrix.by_size().items():
        alone = found.only(*ids)
        lines.append(f"{size}: nothing else catches {len(alone)} programs: {', '.join(alone)}")
    off, name = found.smallest_wrong()
    lines.append(
        f"Tolerance {TOLERANCE:.0e}; the smallest wrong answer is off by {off:.0e}: {name}"
    )
    return "\n".join(lines)


def propose(missed: list[str]) -> str:
    """What would catch programs that pass: the cheapest additions, from the pool."""
    from solution import pool

    chosen, never = pool.cover(missed)
    lines = [f"  {name}: catches {', '.join(by)}" for name, by in chosen.items()]
    lines += [f"  nothing in solution/pool.py catches {name}: add what does" for name in never]
    return "\n".join(lines)


def main() -> int:
    """0 when every wrong program is caught, and no case is superfluous."""
    parser = argparse.ArgumentParser(prog="python -m solution.choose", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compute all rows, and compare")
    parser.add_argument("--pool", action="store_true", help="the cheapest cover of all, from none")
    options = parser.parse_args()
    if options.pool:
        samples = [name for name in catalogue.names() if not catalogue.is_pair(name)]
        print(propose(samples))
        return 0
    kept = matrix.read()
    found = matrix.compute(Matrix({}, {}, {}) if options.check else kept, matrix.development_key())
    if not options.check:
        found.write()
    print(report(found), flush=True)
    if missed := found.passing():
        print(f"No case catches {', '.join(missed)}. What does, at the least cost:")
        print(propose(missed))
    if idle := found.superfluous():
        print(f"Nothing would be missed without {', '.join(idle)}.")
    if options.check:
        same = found.verdicts() == kept.verdicts()
        print("matrix.txt is right." if same else "matrix.txt is stale.")
        return int(not same)
    return int(bool(missed or idle))


if __name__ == "__main__":
    sys.exit(main())
