"""`grader autograder`: what an instructor uploads to a platform, or commits there."""

import re
from collections.abc import Callable
from pathlib import Path

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import GraderError, UsageError

OUT = click.argument("out", type=click.Path(path_type=Path))
FOLDER = click.argument("folder", type=click.Path(path_type=Path))
REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
IMAGE = re.compile(r"[A-Za-z0-9._:/@-]+")


@click.group()
@click.option("--development", is_flag=True, help="Though hidden cases are public: for a trial.")
def autograder(development: bool) -> None:
    """Make what Gradescope, Classroom 50, GitHub or GitLab needs to grade with this grader.

    The solution is in none of it. All but Gradescope's is where students can read it, and has the
    public half of the key alone: hidden cases are then graded later, by grader bulk.
    """
    try:
        exercise = wiring.exercise()
        key = wiring.key(exercise)
    except (UsageError, GraderError) as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    if key.is_development and not development:
        meant = "`grader autograder --development ...` makes it all the same."
        setup.fail(f"{setup.development(exercise)}. {meant}", setup.EXIT_USAGE)


@autograder.command()
@OUT
def gradescope(out: Path) -> None:
    """Write the zip OUT: upload it as the assignment's autograder."""
    from grader.bundles.autograder import platforms
    from grader.bundles.distribution import write_zip

    try:
        files = platforms.gradescope(wiring.exercise())
        write_zip(out, files, platforms.EXECUTABLE)
    except (UsageError, GraderError) as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    click.echo(f"{click.format_filename(out)}: upload it under Configure Autograder. Keep it to")
    click.echo("yourself: it holds the numbers of the hidden cases.")


@autograder.command()
@FOLDER
def classroom50(folder: Path) -> None:
    """Write FOLDER: commit it as CLASSROOM/autograders/ASSIGNMENT of the classroom50 repository."""
    from grader.bundles.autograder import platforms

    shown = _write(folder, lambda: platforms.classroom50(wiring.exercise()))
    click.echo(f"{shown}: commit it as CLASSROOM/autograders/ASSIGNMENT.")


@autograder.command()
@FOLDER
@click.option("--repository", required=True, metavar="OWNER/NAME", help="Where the grader will be.")
def github(folder: Path, repository: str) -> None:
    """Write what goes into two repositories: FOLDER/grader into OWNER/NAME, FOLDER/template.

    The second is the template that students' repositories are made from; its workflow calls the
    first one's.
    """
    from grader.bundles.autograder import platforms

    if not REPOSITORY.fullmatch(repository):
        setup.fail(f"{repository} is not of the form OWNER/NAME.", setup.EXIT_USAGE)
    shown = _write(folder, lambda: platforms.github(wiring.exercise(), repository))
    click.echo(f"{shown}/grader: push it as {repository}, which has to be public.")
    click.echo(f"{shown}/template: push it as the template repository of the exercise.")


@autograder.command()
@FOLDER
@click.option("--image", required=True, help="What the image will be called in your registry.")
def gitlab(folder: Path, image: str) -> None:
    """Write FOLDER/template, the project that students fork, and FOLDER/image, for its image."""
    from grader.bundles.autograder import platforms

    if not IMAGE.fullmatch(image):
        setup.fail(f"{image} is not the name of an image.", setup.EXIT_USAGE)
    shown = _write(folder, lambda: platforms.gitlab(wiring.exercise(), image))
    click.echo(f"{shown}/image: docker build --tag {image} {shown}/image, and push it.")
    click.echo(f"{shown}/template: push it as the project that students fork.")


@autograder.command()
@FOLDER
def docker(folder: Path) -> None:
    """Write FOLDER, what docker build makes an image of that grades as an ordinary user."""
    from grader.bundles.autograder import platforms

    shown = _write(folder, lambda: platforms.docker(wiring.exercise()))
    click.echo(f"{shown}: docker build --tag lift-grader {shown}")


def _write(folder: Path, files: Callable[[], dict[str, bytes]]) -> str:
    """Write the files; gives the folder's name as it may be shown."""
    from grader.bundles.autograder.bundle import write_folder

    try:
        write_folder(folder, files())
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    return click.format_filename(folder)
