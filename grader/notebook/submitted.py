"""A submission that is a notebook becomes one whose source is Python (trusted side)."""

import re
from dataclasses import replace

from grader.core.submission import Submission
from grader.notebook import file
from grader.notebook.exported import as_program

_LIKE_JSON = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"(cells|metadata|nbformat)"\s*:')  # renamed


def as_python(submission: Submission, function: str) -> Submission:
    """Give the submission whose source is what a function needs of its cells; others as they are.

    So are cells that were exported as a program. The digest stays that of the file.
    """
    if submission.cells or not submission.content.strip():
        return submission
    if not submission.is_notebook and not _LIKE_JSON.match(submission.content):
        return replace(submission, content=as_program(submission.content, function))
    from grader.notebook.extract import extract
    from grader.notebook.statements import Notebook

    try:
        found = extract(Notebook.of(file.read(submission.content)), function)
    except file.NotebookError as error:
        if not submission.is_notebook:
            return submission
        return replace(submission, content=b"", problem=str(error))
    return replace(submission, content=found.source.encode(), cells=found.cells)
