"""The command `grader`: reads arguments, prints, turns errors into exit codes (trusted side).

A module a command. What is heavy is imported when a command runs: `--help` is for everyone.
"""

import click

from grader import __version__
from grader.cli.bulk import bulk
from grader.cli.check import check
from grader.cli.doctor import doctor
from grader.cli.explain import explain
from grader.cli.gradebook import gradebook
from grader.cli.hint import hint
from grader.cli.kit import kit
from grader.cli.warm import warm


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grader")
def main() -> None:
    """Grade the exercise, and say why an answer is wrong."""


for command in (check, bulk, gradebook, doctor, explain, hint, kit, warm):
    main.add_command(command)
