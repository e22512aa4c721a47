"""What the rules of a course made of a class, printed at the end of a command (trusted side)."""

from collections.abc import Sequence

from rich.console import Console

from grader.course.finals import NAME, Finals
from grader.course.words import shown

MANY = 40  # lines of one kind


def conclude(finals: Finals | None, console: Console) -> None:
    """Print how many scores count, how many were late or corrected, and what is open."""
    if finals is None:
        return
    scores = [f.score for f in finals.finals if f.score is not None]
    excused = sum(f.state == "excused" for f in finals.finals)
    late, corrected = (
        sum(any(step.rule == rule for step in f.steps) for f in finals.finals)
        for rule in ("late", "correction")
    )
    mean = f", mean {shown(sum(scores) / len(scores))}" if scores else ""
    console.print(
        f"\nWith the course's rules and corrections {len(scores)} of {len(finals.finals)} have a "
        f"score{mean}. Handed in late: {late}; corrected: {corrected}, of which {excused} excused. "
        f"{NAME} and grades.csv tell why.",
        soft_wrap=True,
    )
    _listed("Late or corrected", _changed(finals), console)
    _listed("Not known, so that no rule was applied", _said(finals, "unknown"), console)
    _listed("Look again", _said(finals, "warnings"), console)
    _listed("Named, and not among these submissions", finals.remarks, console)


def _changed(finals: Finals) -> list[str]:
    """Who has another score because of a time or a person: before, after, and why in a word."""
    lines = []
    for f in finals.finals:
        late = f.timing.days if f.timing and any(s.rule == "late" for s in f.steps) else 0
        corrected = any(step.rule == "correction" for step in f.steps)
        if not late and not corrected:
            continue
        why = [f"{late} day{'' if late == 1 else 's'} late"] if late else []
        why += ["corrected"] if corrected else []
        counts = f"{shown(f.score)} of {shown(f.max_score)}"
        lines.append(f"{f.id}: {'excused' if f.state == 'excused' else counts} ({', '.join(why)})")
    return lines


def _said(finals: Finals, what: str) -> list[str]:
    return [f"{f.id}: {said}" for f in finals.finals for said in getattr(f, what)]


def _listed(title: str, lines: Sequence[str], console: Console) -> None:
    if lines:
        console.print(f"\n{title}: {len(lines)}", style="bold")
        for line in lines[:MANY]:
            console.print(f"  {line}", soft_wrap=True)
        if len(lines) > MANY:
            console.print(f"  and {len(lines) - MANY} more, which {NAME} lists.")
