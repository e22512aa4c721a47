"""One page a student, named as the platform takes it back (trusted side).

Moodle knows a participant by the number in a folder's name; Canvas knows a student by the numbers
in a file's name, of which the second is the attachment's. Both stood in what was downloaded.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from grader.bundles import distribution
from grader.core.errors import UsageError
from grader.core.exercise import Exercise
from grader.course.finals import of_results
from grader.html.submission_page import submission_page
from grader.results.read import Results
from grader.results.summary import Row
from grader.sources import canvas, moodle

FORMS = ("plain", "moodle", "canvas")
PAGE = "feedback.html"


def form_of(results: Results) -> str:
    """The platform that all submissions come from, or else none."""
    systems = {owner.system for row in results.summary.submissions for owner in row.owners}
    rows = results.summary.submissions
    only = systems.pop() if len(systems) == 1 and all(row.owners for row in rows) else ""
    return only if only in FORMS else "plain"


def name_of(row: Row, form: str) -> str | None:
    """What a student's page is called; None where the platform would not know whose it is."""
    place = PurePosixPath(row.place).name
    if form == "plain":
        return f"{row.id}.html"
    if form == "moodle":
        known = moodle.PATTERN.fullmatch(place)
        if known is None:
            return None
        start = "_".join((known["name"], known["id"], "assignsubmission", "file", ""))
        is_folder = not known["file"] and not place.endswith(".html")
        own = place if known["plugin"] == "file" else start.removesuffix("_")
        return f"{own}/{PAGE}" if is_folder else f"{start}{PAGE}"
    known = canvas.NAMED.fullmatch(place)
    if known is None or known["attachment"] is None:
        return None
    return f"{place[: known.end('attachment')]}_{PAGE}"


def pages(
    exercise: Exercise, results: Results, form: str
) -> Iterator[tuple[str, str | None, bytes]]:
    """Give each submission's id, the name of its page, and the page."""
    finals = of_results(exercise, results.folder, results.summary)
    for row in results.summary.submissions:
        result = results.load(row.id)
        final = finals.get(row.id)
        page = submission_page(result, row.id, exercise.title, None, None, final)
        yield row.id, name_of(row, form), page


def write(exercise: Exercise, results: Results, form: str, out: Path) -> tuple[int, list[str]]:
    """Write a zip, if OUT is called so, or a new folder; gives how many, and who has none.

    Raises UsageError where the folder holds something already.
    """
    packed = out.suffix.lower() == ".zip"
    if not packed and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is there already: name a new folder, or a file that ends in .zip.")
    files: dict[str, bytes] = {}
    without = []
    for id, name, page in pages(exercise, results, form):
        if name is None or name in files:
            without.append(id)
        else:
            files[name] = page
    if packed:
        distribution.write_zip(out, files)
    else:
        for name, page in files.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(page)
    return len(files), without
