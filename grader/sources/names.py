"""What a file is by its name: a program, a text that may hold one, an archive (trusted side)."""

import re
from pathlib import PurePosixPath

# Mailers and browsers put an ending behind one that they do not know or do not trust.
_PROGRAM = re.compile(
    r"(?P<name>.*\.(?:py[w3]?|ipynb))"
    r"(?:(?:-\d+)?\.(?:txt|text|json|download|bin|dat|renamed?|removed|safe)|[ ._]+| ?\(\d+\))?",
    re.I | re.S,
)
ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar")
OPENED = (".zip", ".tar", ".tgz", ".tar.gz")
PAGES = (".html", ".htm")
TEXTS = (".txt", ".text", ".md", *PAGES)
DOCUMENTS = (*TEXTS, ".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".pyc", ".jpg", ".png")
ABOUT = ("readme", "license", "licence", "copying", "requirements", "changelog", "notes", "index")


def program_name(path: PurePosixPath) -> str:
    """The name of a program without what was put behind it; nothing for any other file."""
    known = _PROGRAM.fullmatch(path.name)
    return known["name"] if known else ""


def is_program(path: PurePosixPath) -> bool:
    """Tell whether a file is a program or a notebook by its name."""
    return bool(program_name(path))


def is_handed_out(path: PurePosixPath, stub: str) -> bool:
    """Tell whether a file has the name of the one handed out, as a program of whatever kind."""
    return PurePosixPath(program_name(path)).stem == PurePosixPath(stub).stem


def is_archive(path: PurePosixPath) -> bool:
    """Tell whether a file is an archive by its name."""
    return path.suffix.lower() in ARCHIVES


def is_text(path: PurePosixPath) -> bool:
    """Tell whether a file may be a text that holds a program; some have no ending at all."""
    return not is_program(path) and (not path.suffix or path.suffix.lower() in TEXTS)


def is_document(path: PurePosixPath) -> bool:
    """Tell whether a file is something that a student may have handed in for a program."""
    about = path.stem.lower().startswith(ABOUT)
    return not is_program(path) and path.suffix.lower() in DOCUMENTS and not about
