"""Turns an answer that nobody has named into the beginning of a new pitfall (trusted side)."""

import re
from collections.abc import Collection
from pathlib import Path
from string import Template

from grader.bulk.results import Results
from grader.classreport.model import build
from grader.classreport.strip import strip
from grader.errors import UsageError
from grader.exercise import Exercise

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
    weights = [
        f"- {case}: {' '.join(found)}"
        for case, found in first.behaviour.weights.items()
        if case in public
    ]
    values = {
        "id": id,
        "name": id.replace("-", "_"),
        "who": "One submission gave this answer,"
        if count == 1
        else f"{count} submissions gave this answer,",
        "remark": cluster.report.diagnosis.remark or cluster.report.message,
        "weights": "\n".join(weights) or "None: the answers are no weighted sum of these.",
    }
    files = {
        template.name.removesuffix(SUFFIX): Template(template.read_text("utf-8")).substitute(values)
        for template in sorted(exercise.skeleton.glob(f"*{SUFFIX}"))
    }
    files[f"sample/{id}/{SAMPLE}"] = "\n".join(strip(first.source)) + "\n"
    for name, text in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [out / name for name in files]
