"""A submission that is a notebook becomes one whose source is Python (trusted side)."""

from dataclasses import replace

from grader.notebook import file
from grader.notebook.extract import extract
from grader.notebook.statements import Notebook
from grader.submission import Submission


def as_python(submission: Submission, function: str) -> Submission:
    """Give the submission whose source is what a function needs of its cells; others as they are.

    The digest stays that of the file.
    """
    if not submission.is_notebook or submission.cells or not submission.content.strip():
        return submission
    try:
        found = extract(Notebook.of(file.read(submission.content)), function)
    except file.NotebookError as error:
        return replace(submission, content=b"", problem=str(error))
    return replace(submission, content=found.source.encode(), cells=found.cells)
