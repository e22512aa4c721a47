"""The course secret, from which hidden cases are drawn (the author's side)."""

import os
from pathlib import Path

DEVELOPMENT = "development"
VARIABLE = "GRADER_COURSE_SECRET"
FILE_VARIABLE = "GRADER_COURSE_SECRET_FILE"


def course_secret() -> str:
    """The secret from a file or a variable; a fixed word for development when neither is set."""
    if path := os.environ.get(FILE_VARIABLE):
        return Path(path).read_text("utf-8").strip()
    return os.environ.get(VARIABLE) or DEVELOPMENT
