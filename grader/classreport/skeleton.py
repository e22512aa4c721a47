"""Turns an answer that nobody has named into the beginning of a new pitfall (trusted side)."""

import re
from collections.abc import Collection
from pathlib import Path
from string import Template

from grader.classreport.model import build
from grader.classreport.strip import LEFT_OUT, strip
from grader.core.diagnosis import numbers
from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.results.read import Result, Results

SAMPLE = "from_a_class.py"
SUFFIX = ".txt"  # of the templates, which are not yet what they will be
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def write_skeleton(
    exercise: Exercise,
    results: Results,
    number: int,
    id: str,
    public: Collection[str],
    out: Path,
) -> list[Path]:
    """Write mutant, wording and sample for a cluster of the class report; gives the files.

    `public` are the ids of the public cases: of hidden ones nothing is written.
    """
    if not _ID.fullmatch(id):
        raise UsageError(f"{id!r} is no name of a fault: small letters, digits and hyphens.")
    if id in exercise.wording.faults:
        raise UsageError(f"There is a fault {id} already.")
    if not exercise.skeleton.is_dir():
        raise UsageError("The secret side is not at hand, and a pitfall belongs there.")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is there already: name a new folder.")
    found = build(exercise, results).clusters
    if not 1 <= number <= len(found):
        known = f"from 1 to {len(found)}" if found else "none at all"
        raise UsageError(f"There is no unnamed answer {number}; the class report has {known}.")
    cluster = found[number - 1]
    first = results.load(cluster.found.students[0])
    count = len(cluster.found.students)
    recovered = [
        f"- {case}: {numbers(tuple(map(float, found)))}"
        for case, found in first.behaviour.recovered.items()
        if case in public
    ]
    values = {
        "id": id,
        "name": id.replace("-", "_"),
        "who": "One submission gave this answer,"
        if count == 1
        else f"{count} submissions gave this answer,",
        "remark": cluster.report.diagnosis.remark or cluster.report.message,
        "recovered": "\n".join(recovered) or "None: the answers are not made of these.",
    }
    files = {
        template.name.removesuffix(SUFFIX): Template(template.read_text("utf-8")).substitute(values)
        for template in sorted(exercise.skeleton.glob(f"*{SUFFIX}"))
    }
    files[f"sample/{id}/{SAMPLE}"] = _sample(first)
    for name, text in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [out / name for name in files]


def _sample(result: Result) -> str:
    """The source without comments and strings, with a docstring that is to be filled in."""
    lines = strip(result.source)
    if not lines:
        raise UsageError(f"The source of {result.id} is not among the results, or is no Python.")
    gone = ("", f'"{LEFT_OUT}"')  # a comment, or the docstring
    first = next((n for n, line in enumerate(lines) if line not in gone), len(lines))
    return "\n".join(('"""TO FILL IN: what its author believed."""', "", *lines[first:])) + "\n"
