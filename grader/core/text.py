"""Text from a stranger, made safe for a terminal, a CI log and a report (pure, trusted side)."""

import re
import sys

from grader import ROOT, SCRATCH

MAX_MESSAGE = 500
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_SCRATCH = re.compile(rf"/[^\s'\"]{{0,200}}/{SCRATCH}\w+")  # another folder in each run
_COMMAND = re.compile(r":(?=:)|#(?=#)")  # `::error::`, `##[error]`, `##vso[`: CI logs obey these
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FOLDERS = (sys.prefix, sys.base_prefix, str(ROOT))  # prefix: within ours


def clean(text: str, limit: int = MAX_MESSAGE) -> str:
    """Text from a submission's process: bounded, on one line, without control characters.

    Addresses, which differ from run to run, are left out; commands to a CI log are broken up.
    """
    line = _SCRATCH.sub("...", " ".join(text[: 4 * limit].split()))
    return inert(_ADDRESS.sub("0x...", line))[:limit]


def inert(line: str) -> str:
    """A line that neither a terminal nor a CI log obeys; its spaces stay as they are."""
    return "".join(c if c.isprintable() else "?" for c in _COMMAND.sub(r"\g<0> ", line))


def clean_lines(text: str, most: int) -> tuple[str, ...]:
    """The last lines of what a submission printed: cleaned as by `clean`, columns kept."""
    lines = _COLOUR.sub("", _ADDRESS.sub("0x...", text.rstrip())).splitlines()
    last = [line.expandtabs()[: 4 * MAX_MESSAGE] for line in lines[-most:]]
    if len(lines) > most:
        last.insert(0, f"({len(lines) - most} more before)")
    return tuple(inert(line)[:MAX_MESSAGE] for line in last)


def anywhere(text: str) -> str:
    """Text without what differs from machine to machine and run to run: our folders, addresses."""
    for folder in _FOLDERS:
        text = text.replace(folder, "...")
    return _ADDRESS.sub("0x...", text)


def printable(name: str) -> str:
    """A file's name without what acts where it is shown: controls, bidi marks, stray bytes."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else "?" for c in name)
