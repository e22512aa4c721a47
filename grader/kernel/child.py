"""The process that `check` in a kernel starts: a request on stdin, a verdict on stdout.

Trusted side: everything that grading needs is imported here, and not in the student's kernel.
"""

from grader import start  # noqa: F401  # first: what is imported next is ours

# isort: split
import io
import os
import sys

import msgspec

from grader import wiring
from grader.core.errors import GraderError, UsageError
from grader.core.exercise import Exercise
from grader.grading.grade import grade_in_full
from grader.kernel.wanted import Request, find
from grader.notebook.submitted import as_python
from grader.verdict import hints, last

WIDTH = 80
MORE = "check(verbose=True)"


class Verdict(msgspec.Struct, frozen=True):
    """What `grader.kernel.live.Checked` is made of."""

    text: str
    html: str
    report: str = ""


def verdict(request: Request) -> Verdict:
    """Grade what was asked for, and render it; a trouble is a sentence."""
    from html import escape

    try:
        return _graded(request)
    except (UsageError, GraderError) as error:
        return Verdict(str(error), f"<p>{escape(str(error))}</p>")


def _graded(request: Request) -> Verdict:
    from rich.console import Console

    from grader.html.verdict import verdict_html
    from grader.screen.render import render

    exercise = _exercise(request)
    submission, path = find(request, exercise.function)
    with wiring.sandbox(exercise, request.timeout) as sandbox:
        grading = grade_in_full(exercise, submission, wiring.key(exercise), sandbox)
    source = wiring.lines(as_python(submission, exercise.function))
    last.remember(path, hints.subject(grading.report, source), exercise.folder)
    text = io.StringIO()
    console = Console(
        file=text,
        width=WIDTH,
        color_system=None,  # a kernel's environment asks for colours
        force_terminal=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    said = (source, grading.printed)
    render(grading.report, console, *said, verbose=request.verbose, more=MORE)
    html = verdict_html(
        grading.report, *said, shell=request.shell, verbose=request.verbose, more=MORE
    )
    return Verdict(text.getvalue(), str(html), grading.report.to_json().decode())


def _exercise(request: Request) -> Exercise:
    """The exercise of the function that was given, or of those in the cells that ran."""
    if request.given is None:
        return wiring.of_source("\n".join(text for _, text in request.cells).encode())
    names = {request.given.name, *request.given.names}
    return wiring.of_source("\n".join(f"def {name}():" for name in sorted(names)).encode())


def main() -> None:
    """Answer one request; what anything else prints goes to stderr."""
    answer = os.dup(1)
    os.dup2(2, 1)
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    with os.fdopen(answer, "wb") as out:
        out.write(msgspec.json.encode(verdict(request)))


if __name__ == "__main__":
    main()
