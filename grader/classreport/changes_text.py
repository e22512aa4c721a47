"""A comparison of two runs as lines of text (pure, trusted side)."""

from collections.abc import Iterator

from grader.classreport.changes import Change, Comparison

MANY = 20  # ids in one line


def describe(comparison: Comparison) -> Iterator[str]:
    """Say what changed in all, then submission by submission."""
    yield (
        f"{comparison.lost} lost points, {comparison.gained} gained points, "
        f"{len(comparison.changes)} changed in all, {comparison.unchanged} did not."
    )
    yield from comparison.notes
    for label, ids in (("old", comparison.only_before), ("new", comparison.only_after)):
        if ids:
            more = f" and {len(ids) - MANY} more" if len(ids) > MANY else ""
            yield f"Only in the {label} run: {', '.join(ids[:MANY])}{more}."
    for change in comparison.changes:
        yield ""
        yield from _one(change)
    to_tell = [change for change in comparison.changes if change.to_tell]
    addresses = sorted({address for change in to_tell for address in change.addresses})
    if addresses:
        yield ""
        yield f"Addresses of those whose score is another one: {', '.join(addresses)}"
        without = [change.id for change in to_tell if not change.addresses]
        if without:
            yield f"No address is known of: {', '.join(without)}"


def _one(change: Change) -> Iterator[str]:
    before, after = (
        "no score" if score is None else str(score)
        for score in (change.score_before, change.score_after)
    )
    points = "" if change.points is None else f" ({change.points:+d})"
    yield f"{change.id}: {before} -> {after}{points}"
    if change.counts is not None:
        yield f"    what counts: {' -> '.join(change.counts)}"
    if change.resubmitted:
        yield "    another file was handed in"
    if change.status_before != change.status_after:
        yield f"    status: {change.status_before} -> {change.status_after}"
    for check in change.checks:
        was, now = check.before or "not there", check.after or "not there"
        yield f"    {check.id}: {was} -> {now} ({check.points:+d})"
    for label, faults in (
        ("no longer found", change.faults_gone),
        ("newly found", change.faults_new),
    ):
        if faults:
            yield f"    {label}: {', '.join(faults)}"
