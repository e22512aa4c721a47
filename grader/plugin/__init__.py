"""The checks as tests of any pytest run: `pytest --submission FILE` (trusted side).

pytest imports this in every run of an environment that has the grader, so it is little: without the
option nothing else is imported and nothing changes.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("lift-grader", "grading submissions")
    group.addoption(
        "--submission",
        action="append",
        default=[],
        metavar="FILE",
        help="run the exercise's checks on this file, or on a folder of them; may be repeated",
    )
    group.addoption(
        "--submission-exercise",
        metavar="DIR",
        help="the folder of another exercise than the one of this grader",
    )
    group.addoption(
        "--submission-timeout",
        type=float,
        default=30.0,
        metavar="SECONDS",
        help="wall time for each submission; 30 if not given",
    )
    group.addoption(
        "--submission-unsafe",
        action="store_true",
        help="grade with a hidden key although this machine lacks walls",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Load no conftest.py: one that lies beside a submission would run outside of the walls."""
    if early_config.known_args_namespace.submission:
        early_config.known_args_namespace.noconftest = True


def pytest_configure(config: pytest.Config) -> None:
    """With the option, add what grades."""
    if config.option.submission:
        from grader.plugin import start

        start.configure(config)
