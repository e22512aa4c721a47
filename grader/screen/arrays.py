"""A wrong public answer as a small table, the worst element first, and what to say of the rest."""

from collections.abc import Sequence

from rich.text import Text

from grader.core.diagnosis import Element

HEADINGS = ("yours", "expected", "ratio")
GAP = "  "


def table(rows: Sequence[Element], notes: Sequence[str]) -> list[Text]:
    """The lines: index, yours, expected and ratio; none where there are no rows."""
    if not rows:
        return []
    cells = [(r.place, r.yours, r.expected, f"{r.ratio}x" if r.ratio else "") for r in rows]
    headings = ("where" if rows[0].path else "index", *HEADINGS)
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    head, *lines = (
        [text.rjust(width) for text, width in zip(texts, widths, strict=True)]
        for texts in (headings, *cells)
    )
    shown = [Text(GAP.join(head), style="dim")]
    for index, yours, *more in lines:
        shown.append(Text.assemble(index, GAP, (yours, "bold"), GAP, GAP.join(more)))
    return [*shown, *map(Text, notes)]
