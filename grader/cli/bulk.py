"""`grader bulk`: a class."""

import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import wiring
from grader.cli import setup
from grader.core.errors import GraderError, UsageError

if TYPE_CHECKING:
    from grader.core.exercise import Exercise
    from grader.core.key import Key
    from grader.sandbox.sandbox import Sandbox

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where reports go.")
@click.option("--layout", metavar="NAME", help="What SOURCE is, if it was not recognised.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many at once; one a processor.")
@click.option("--timeout", type=click.FloatRange(min=1), help="Seconds, each; 30 if not given.")
@click.option("--only", multiple=True, metavar="ID,...", help="Grade these; may be repeated.")
@click.option("--status", multiple=True, metavar="NAME", help="Grade again who ended so.")
@click.option("--fault", multiple=True, metavar="ID", help="Grade again who has this fault.")
@click.option("--course", type=_FILE, help="The course's rules; or course.toml beside SOURCE.")
@click.option("--roster", multiple=True, type=_FILE, help="Sections and times: a platform's table.")
@click.option("--fresh", is_flag=True, help="Grade again what is done already.")
@click.option("--scheduler", metavar="ADDRESS", help="Grade on a Dask cluster.")
@click.option("--trusted-network", is_flag=True, help="Let a scheduler be reached without TLS.")
@click.option("--format", "form", type=click.Choice(["junit"]), help="Write DIR/junit.xml too.")
@click.option("--unsafe", is_flag=True, help="Grade although this machine lacks walls; see doctor.")
@click.option("--anonymous", is_flag=True, help="Write the class report without names.")
def bulk(
    sources: tuple[Path, ...],
    out: Path,
    layout: str | None,
    jobs: int | None,
    timeout: float | None,
    only: tuple[str, ...],
    status: tuple[str, ...],
    fault: tuple[str, ...],
    course: Path | None,
    roster: tuple[Path, ...],
    fresh: bool,
    scheduler: str | None,
    trusted_network: bool,
    form: str | None,
    unsafe: bool,
    anonymous: bool,
) -> None:
    """Grade many: files, folders, zips and tars of them, and what platforms give.

    Canvas, Moodle, Gradescope, Classroom, nbgrader, Brightspace and Blackboard are recognised; the
    summary says whose each submission is. A file whose owner is unclear is refused and listed.
    What is no program has no score.

    What is done is skipped, so the same command goes on where a run was stopped.

    Exit 0: all have a score. 1: some have none, or were refused. 2: usage. 3: our failure.
    """
    from grader.bulk.job import Request, Resources, carry_out
    from grader.bulk.machine import processors
    from grader.bulk.select import Selection

    request = Request(
        sources,
        layout,
        out,
        jobs or processors(),
        timeout,
        Selection(only, status, fault),
        fresh,
        scheduler,
        unsafe,
        anonymous,
        trusted_network,
        course,
        roster,
    )
    again = "Nothing that is done is lost: the same command goes on from here."
    try:
        exercise = wiring.exercise()
        key = wiring.key(exercise)
        chosen = str(exercise.folder) if exercise.packed else ""
        resources = Resources(partial(wiring.at, chosen), _bulk_sandbox)
        setup.public_knowledge(exercise, key)
        complete = carry_out(request, resources, key, setup.console(), setup.console(stderr=True))
        if form == "junit":
            from grader.formats import junit

            junit.of_results(out).write()
    except UsageError as error:
        setup.fail(str(error), setup.EXIT_USAGE)
    except KeyboardInterrupt:
        setup.leave(f"Stopped. {again}", setup.EXIT_INTERRUPTED)
    except (GraderError, OSError) as error:
        setup.leave(f"The run cannot go on: {error}. {again}", setup.EXIT_GRADER_ERROR)
    sys.exit(setup.EXIT_FULL if complete else setup.EXIT_NOT_FULL)


def _bulk_sandbox(exercise: "Exercise", timeout: float, key: "Key | None") -> "Sandbox":
    """Give a sandbox, here or on a node; with a key it is warm, and has something to load."""
    from subprocess import CalledProcessError

    from grader.sandbox import cache

    place = wiring.cache(exercise)
    if key is not None and cache.is_empty(place):
        click.echo("The compile cache is empty and is filled first, once.", err=True)
        with suppress(OSError, CalledProcessError):  # without it all works, and takes longer
            cache.fill(place, exercise.warmup, exercise.sizes(key))
    return wiring.sandbox(exercise, timeout, warm=key is not None)
