"""Reports as other tools want them: a module a format, each a function of the report.

What a submission says is escaped where it is written, for the medium it is written to.
"""

from collections.abc import Callable

from grader.core.report import Report
from grader.formats import classroom50, github, gradescope, junit, pytest_json
from grader.formats.delivery import Context, Delivery

__all__ = ["FORMATS", "Context", "junit", "outcome", "pytest_json", "text"]


def _json(report: Report, _context: Context) -> Delivery:
    return Delivery(report.to_json())


FORMATS: dict[str, Callable[[Report, Context], Delivery]] = {
    "json": _json,
    "junit": junit.delivery,
    "github": github.delivery,
    "gradescope": gradescope.delivery,
    "classroom50": classroom50.delivery,
    "pytest-json": pytest_json.delivery,
}
