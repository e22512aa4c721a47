"""Lets `python -m grader` do what the command `grader` does."""

from grader.cli import main
from grader.verdict.command import command

main(prog_name=command())
