"""Shows how far a bulk run is, and at its end what came out (trusted side)."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from grader.results.summary import Row, Summary
from grader.sources.entry import Refused

FEW = 40  # rows that are shown one by one
MANY = 200  # lines of what was refused
COMMONEST = 8


@contextmanager
def shown(total: int, console: Console) -> Iterator[Callable[[Row], None]]:
    """Give a function to call for each row: a bar on a terminal, a line each elsewhere."""
    tallies: Counter[str] = Counter()
    if not console.is_terminal:

        def write(row: Row) -> None:
            tallies[row.status] += 1
            console.print(f"[{tallies.total()}/{total}] {row.id}: {_said(row)}", soft_wrap=True)

        yield write
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[tallies]}"),
    )
    with Progress(*columns, console=console) as bars:
        bar = bars.add_task("grading", total=total, tallies="")

        def move(row: Row) -> None:
            tallies[row.status] += 1
            text = " ".join(f"{status} {count}" for status, count in tallies.most_common())
            bars.update(bar, advance=1, tallies=text)

        yield move


class _Rate(ProgressColumn):
    """Submissions per second."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:.1f}/s")


def conclude(summary: Summary, folder: Path, console: Console) -> None:
    """Print the scores, the statuses, the commonest faults, and where things lie."""
    rows, totals = summary.submissions, summary.totals
    if len(rows) <= FEW:
        table = Table("submission", "status", "score", "faults", box=None)
        for row in rows:
            table.add_row(row.id, row.status, _score(row), " ".join(row.faults))
        console.print(table, "")
    noun = "submission" if totals.submissions == 1 else "submissions"
    console.print(f"{totals.submissions} {noun}, {totals.scored} with a score", end="")
    if totals.mean is not None:
        console.print(f": mean {totals.mean:g}, median {totals.median:g}", end="")
    console.print(".")
    for title, counts in (
        ("score", totals.scores),
        ("status", totals.statuses),
        ("commonest faults", totals.faults),
    ):
        if counts and (title != "score" or len(rows) > FEW):
            table = Table(title, "", "", box=None)
            for name, count in list(counts.items())[: COMMONEST if title != "score" else None]:
                table.add_row(name, str(count), "█" * max(1, round(30 * count / len(rows))))
            console.print("", table)
    print_scoreless([row for row in rows if row.score is None], console)
    print_refused(summary.refused, console)
    console.print(
        f"\nThe reports are in {folder / 'reports'}.\n"
        f"The tables are {folder / 'summary.json'} and {folder / 'grades.csv'}; "
        f"{folder / 'run.json'} tells what the run took.",
        soft_wrap=True,
    )


def print_scoreless(rows: Sequence[Row], console: Console) -> None:
    """Print which submissions have no score, and why: nothing is written for them anywhere."""
    if not rows:
        return
    verb = "has" if len(rows) == 1 else "have"
    console.print(f"\n{len(rows)} {verb} no score:", style="bold")
    for row in rows[:MANY]:
        console.print(f"  {row.id}: {row.reason or row.status}", soft_wrap=True)
    if len(rows) > MANY:
        console.print(f"  and {len(rows) - MANY} more, which summary.json lists.")


def print_refused(refused: Sequence[Refused], console: Console) -> None:
    """Print what was not graded, and why."""
    if not refused:
        return
    noun = "was" if len(refused) == 1 else "were"
    console.print(f"\n{len(refused)} {noun} refused, and not graded:", style="bold")
    for each in refused[:MANY]:
        console.print(f"  {each.place}: {each.reason}.", soft_wrap=True)
    if len(refused) > MANY:
        console.print(f"  and {len(refused) - MANY} more, which summary.json lists.")


def _said(row: Row) -> str:
    return ", ".join((row.status, _score(row), *row.faults))


def _score(row: Row) -> str:
    return "no score" if row.score is None else str(row.score)
