"""The command `grader`: reads arguments, prints, turns errors into exit codes (trusted side).

A module a command. What is heavy is imported when a command runs: `--help` is for everyone.
"""

from grader import __version__, start, wiring

# isort: split
from typing import Any

import click

from grader.cli.alike import alike
from grader.cli.author import author
from grader.cli.autograder import autograder
from grader.cli.bulk import bulk
from grader.cli.check import check
from grader.cli.compare import compare
from grader.cli.correct import correct
from grader.cli.doctor import doctor
from grader.cli.explain import explain
from grader.cli.feedback import feedback
from grader.cli.gradebook import gradebook
from grader.cli.hint import hint
from grader.cli.kit import kit
from grader.cli.pitfall import pitfall
from grader.cli.report import report
from grader.cli.warm import warm
from grader.core.errors import GraderError, UsageError


class Command(click.Group):
    """The group; called as a program, and not by a test, it first makes the process its own."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Run it as a program."""
        start.own_process()
        return super().__call__(*arguments, **options)


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
def main() -> None:
    """Grade the exercise, and say why an answer is wrong."""


COMMANDS = (
    *(check, bulk, report, correct, feedback, compare, alike, pitfall, gradebook),
    *(doctor, explain, hint),
    *(kit, autograder, warm, author),
)


def _choose(_context: click.Context, _option: click.Parameter, folder: str | None) -> None:
    """Make a folder's exercise the one of this command."""
    try:
        if folder:
            wiring.choose(folder)
    except (UsageError, GraderError) as error:
        raise click.BadParameter(str(error)) from None


def _add_option(command: click.Command) -> None:
    """Let a command, and all within it, be about another exercise."""
    option = click.Option(
        ["--exercise"],
        metavar="DIR",
        envvar=wiring.VARIABLE,
        callback=_choose,
        expose_value=False,
        is_eager=True,
        help="The folder of another exercise than the one of this grader.",
    )
    command.params.append(option)
    for inner in getattr(command, "commands", {}).values():
        _add_option(inner)


for command in COMMANDS:
    _add_option(command)
    main.add_command(command)
