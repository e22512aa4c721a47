"""The plugin object that makes tests of the checks: each check for each submission (trusted side).

A submission is graded as a whole, by the first of its tests that runs, so that what a check says
does not depend on which others are selected. Then the check runs once more, as the test that it is.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from grader.core.errors import GraderError
from grader.core.exercise import Exercise
from grader.core.key import Key
from grader.core.submission import Submission, UnreadableError
from grader.grading.checks import Graded, check_id
from grader.grading.grade import Grading, failed, unreadable, why_failed
from grader.sources.entry import Entry

Grade = Callable[[Submission], Grading]
Graders = Callable[[], AbstractContextManager[Grade]]


class Submissions:
    """Collects the checks and grades what they look at."""

    def __init__(
        self, exercise: Exercise, key: Key, entries: Sequence[Entry], graders: Graders
    ) -> None:
        """Take what is to be graded, and what opens a sandbox to grade it in."""
        self._exercise, self._key, self._entries = exercise, key, entries
        self._graders, self._opened = graders, ExitStack()
        self.ids = [entry.id for entry in entries]
        self._grade: Grade | None = None
        self.gradings: dict[str, Grading] = {}

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Import no other file: one that lies beside a submission would run outside the walls."""
        checks = self._exercise.checks
        return None if collection_path in (checks, *checks.parents) else True

    def pytest_pycollect_makemodule(self, module_path: Path, parent: Any) -> Any:
        """Name the tests the same wherever the grader is installed."""
        nodeid = f"{module_path.parent.name}/{module_path.name}"
        return pytest.Module.from_parent(parent, path=module_path, nodeid=nodeid)

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Make a test of each check for each submission."""
        if "grading" in metafunc.fixturenames:
            metafunc.parametrize("grading", self._entries, indirect=True, ids=self.ids)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Put all tests of a submission together, as a person reads them."""
        if foreign := [i.nodeid for i in items if not hasattr(i, "callspec")]:
            raise pytest.UsageError(
                f"With --submission the checks alone are run, not {foreign[0]}."
            )
        items.sort(key=lambda item: self.ids.index(item.callspec.params["grading"].id))

    @pytest.fixture
    def grading(self, request: pytest.FixtureRequest) -> Grading:
        """Grade a submission, once for all its tests."""
        entry: Entry = request.param
        if entry.id not in self.gradings:
            self.gradings[entry.id] = self._graded(entry)
        return self.gradings[entry.id]

    def _graded(self, entry: Entry) -> Grading:
        try:
            submission = entry.read()
        except UnreadableError as error:
            return Grading(unreadable(self._exercise, entry.name, self._key.digest, str(error)))
        try:
            return self._grader()(submission)
        except Exception as error:  # noqa: BLE001  # of ours: no score, and not no report
            reason = why_failed(error)
            return Grading(failed(self._exercise, submission, self._key.digest, reason))

    def _grader(self) -> Grade:
        """Open the sandbox, once; a second time where that failed, which may have been chance."""
        if self._grade is None:
            try:
                self._grade = self._opened.enter_context(self._graders())
            except GraderError:
                self._grade = self._opened.enter_context(self._graders())
        return self._grade

    @pytest.fixture
    def graded(self, grading: Grading, request: pytest.FixtureRequest) -> Graded:
        """Give a check what it looks at; without a score that is an error, and no failure."""
        run, diagnosis, report = grading.run, grading.diagnosis, grading.report
        if run is None or diagnosis is None or report.score is None:
            pytest.fail(report.message, pytrace=False)
        id = check_id(request.function.__name__)
        before = takewhile(lambda check: check.id != id, report.checks)
        lost = tuple(check.id for check in before if check.outcome == "failed")
        return Graded(run, diagnosis, self._key, self._exercise, lost)

    def pytest_unconfigure(self) -> None:
        """Close the sandbox."""
        self._opened.close()
