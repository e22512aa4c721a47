"""What each platform gets, by path. Nothing here reads solution/ but the key's hidden half."""

from grader.bundles.autograder import bundle
from grader.bundles.autograder.bundle import template
from grader.bundles.kit.contents import require_unfinished
from grader.core.exercise import Exercise

EXECUTABLE = ("run_autograder", "setup.sh")


def gradescope(exercise: Exercise) -> dict[str, bytes]:
    """The zip that an instructor uploads: hidden cases are graded there."""
    scripts = {name: template(name) for name in ("setup.sh", "withheld.json")}
    scripts["run_autograder"] = template("run_autograder.sh")
    return scripts | bundle.grader(exercise) | bundle.hidden_half(exercise)


def classroom50(exercise: Exercise) -> dict[str, bytes]:
    """The folder CLASSROOM/autograders/ASSIGNMENT, which GitHub Pages shows to everyone."""
    return {"autograder.py": template("autograder.py")} | bundle.grader(exercise)


def github(exercise: Exercise, repository: str) -> dict[str, bytes]:
    """Two repositories: the students' template, and the grader's, whose workflow it calls."""
    about = template("github-student.md", stub=exercise.stub.name)
    files = _student(exercise, about) | {
        "template/.github/workflows/grade.yml": template(
            "github-student.yml", repository=repository
        ),
        "grader/.github/workflows/grade.yml": template(
            "github-reusable.yml", repository=repository
        ),
    }
    return files | {f"grader/{name}": content for name, content in bundle.grader(exercise).items()}


def gitlab(exercise: Exercise, image: str) -> dict[str, bytes]:
    """The students' project, and what its image is built from."""
    files = _student(exercise, template("gitlab-student.md", stub=exercise.stub.name))
    files["template/.gitlab-ci.yml"] = template("gitlab-ci.yml", image=image)
    return files | {f"image/{name}": content for name, content in docker(exercise).items()}


def docker(exercise: Exercise) -> dict[str, bytes]:
    """The folder that an image is built from."""
    return {"Dockerfile": template("dockerfile.txt")} | bundle.grader(exercise)


def _student(exercise: Exercise, about: bytes) -> dict[str, bytes]:
    """The stub and its README, in the folder that becomes the students' repository."""
    stub = exercise.stub.read_bytes()
    require_unfinished(exercise, stub)
    task = (exercise.folder / "README.md").read_bytes()
    return {f"template/{exercise.stub.name}": stub, "template/README.md": task + b"\n" + about}
