"""Grades many files: a report each, and a table (trusted side)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import UsageError
from grader.exercise import Exercise
from grader.grade import grade, unreadable
from grader.key import Key
from grader.report import Report
from grader.sandbox import Sandbox
from grader.submission import UnreadableError, read


def find(sources: Sequence[Path]) -> list[Path]:
    """The files to grade: those named, and those in folders, in order."""
    files: list[Path] = []
    for source in sources:
        files += sorted(source.rglob("*.py")) if source.is_dir() else [source]
    if not files:
        raise UsageError("There is nothing to grade there.")
    return files


def ids(files: Sequence[Path]) -> list[str]:
    """A name for each file's report: its stem, its folder's name before it where that is needed."""
    stems = [f.stem for f in files]
    return [
        s if stems.count(s) == 1 else f"{f.parent.name}-{s}"
        for f, s in zip(files, stems, strict=True)
    ]


def grade_all(
    exercise: Exercise, files: Sequence[Path], key: Key, sandbox: Sandbox, out: Path
) -> Iterator[tuple[str, Report]]:
    """Grade each file and write its report as soon as it exists."""
    reports = out / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    for file, id in zip(files, ids(files), strict=True):
        try:
            report = grade(exercise, read(file), key, sandbox)
        except UnreadableError as error:
            report = unreadable(exercise, file.name, key.digest, str(error))
        (reports / f"{id}.json").write_bytes(report.to_json())
        yield id, report
