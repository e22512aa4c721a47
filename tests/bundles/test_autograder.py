"""What `grader autograder` makes is run as its platform would, and tells nobody the solution."""

import ast
import functools
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from exercise import EXERCISE
from grader import ROOT
from grader.bundles.autograder import bundle, platforms
from grader.bundles.distribution import write_zip
from grader.cli.setup import development
from grader.core.errors import UsageError
from grader.sandbox import cache
from tests.conftest import SAMPLES
from tests.formats.test_formats import RUNNER, obeyed, validate

WRONG = min((SAMPLES / "sum-not-mean").glob("*.py"))
RIGHT = SAMPLES / "correct/course-loop.py"
# A student's files that Python or pytest would take where it looks into the folder it is called in.
PLANTED = ("grader.py", "pip.py", "numpy.py", "conftest.py", "pytest.ini", "pyproject.toml")
HIDDEN = bundle.hidden_place(EXERCISE)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has all that is required, and not this checkout."""
    folder = tmp_path_factory.mktemp("python")
    share_libraries(folder)
    return folder / "bin" / "python"


@pytest.fixture
def own_python(tmp_path: Path) -> Path:
    """Another one, for what installs a grader in it."""
    share_libraries(tmp_path / "python")
    return tmp_path / "python" / "bin" / "python"


def share_libraries(folder: Path) -> None:
    """Make an environment with the libraries of this one; what is editable here stays out."""
    venv.create(folder)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")


def run(command: list[str | Path], cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script of ours in its own environment: a PATH, and what is given."""
    given = {"PATH": os.environ["PATH"], "HOME": str(cwd), **more}
    return subprocess.run(
        command, cwd=cwd, env=given, capture_output=True, text=True, timeout=300, check=False
    )


def git_checkout(folder: Path, file: Path) -> None:
    """Make a student's checkout."""
    folder.mkdir(exist_ok=True)
    shutil.copy(file, folder / "custom_lift.py")
    who = ["-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


def everything() -> dict[str, dict[str, bytes]]:
    """What each platform gets."""
    return {
        "gradescope": platforms.gradescope(EXERCISE),
        "classroom50": platforms.classroom50(EXERCISE),
        "github": platforms.github(EXERCISE, "cs/lift"),
        "gitlab": platforms.gitlab(EXERCISE, "registry.example/lift"),
        "docker": platforms.docker(EXERCISE),
    }


# Secrets


@functools.cache
def secrets() -> list[str]:
    """Functions of solution/, as normalised syntax trees, that are long enough to be telling."""
    functions = [
        node
        for path in sorted((ROOT / "solution").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    bodies = [ast.dump(ast.Module(node.body, [])) for node in functions]
    return [body for body in bodies if len(body) > 200]


@functools.cache
def normalised(source: bytes) -> str:
    """A program without its layout and comments."""
    return ast.dump(ast.parse(source))


def told(files: dict[str, bytes]) -> list[str]:
    """What files tell of solution/."""
    sources = [normalised(c) for name, c in files.items() if name.endswith(".py")]
    found = [
        body for body in secrets() if any(body[len("Module(body=[") : -20] in s for s in sources)
    ]
    return found + [name for name in files if "solution/" in name and name != HIDDEN]


def test_no_platform_gets_the_solution() -> None:
    """No file of solution/ is in it, nor a function of one; the hidden half goes to one alone."""
    for platform, files in everything().items():
        assert told(files) == []
        assert any(name.endswith("hidden.key") for name in files) == (platform == "gradescope")
        hidden = EXERCISE.hidden_key.read_bytes()
        assert any(hidden in c for c in files.values()) == (platform == "gradescope")


def test_the_look_for_secrets_can_fail() -> None:
    """A reference under another name is found."""
    reference = (ROOT / "solution" / "reference.py").read_bytes()
    assert told({"lib/grader/x.py": reference}) != []
    assert told({"lib/solution/x.txt": b""}) != []


# Gradescope


@pytest.fixture(scope="module")
def gradescope(tmp_path_factory: pytest.TempPathFactory, python: Path) -> Path:
    """The zip, laid out and set up as Gradescope does; with a compile cache that is warm."""
    root = tmp_path_factory.mktemp("autograder")
    write_zip(root / "a.zip", platforms.gradescope(EXERCISE), platforms.EXECUTABLE)
    with zipfile.ZipFile(root / "a.zip") as archive:
        archive.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    (root / "run_autograder").chmod(0o755)
    shutil.copytree(cache.location(), root / "cache" / cache.location().name)
    done = run(["bash", root / "source" / "setup.sh"], root, **settings(root, python))
    assert done.returncode == 0, done.stderr
    assert "Layers in force" in done.stdout
    for name in ("submission", "results"):
        (root / name).mkdir()
    metadata = {"id": 1, "assignment": {"total_points": "20.0"}, "users": [{"name": "Ada"}]}
    (root / "submission_metadata.json").write_text(json.dumps(metadata))
    return root


def settings(root: Path, python: Path) -> dict[str, str]:
    """Where to try it, and the environment that is there already."""
    return {"AUTOGRADER_ROOT": str(root), "GRADER_PYTHON": str(python)}


def submit(root: Path, python: Path, **files: Path) -> tuple[int, dict[str, Any], str]:
    """Hand files in by name; gives exit code, results and what was printed."""
    shutil.rmtree(root / "submission")
    (root / "submission").mkdir()
    for name, source in files.items():
        shutil.copy(source, root / "submission" / f"{name}.py")
    done = run([root / "run_autograder"], root, **settings(root, python))
    results = json.loads((root / "results" / "results.json").read_text("utf-8"))
    return done.returncode, results, done.stdout + done.stderr


def test_gradescope_zip_is_what_gradescope_wants(tmp_path: Path) -> None:
    """Both scripts are at its root, one executable with #!, and its bytes are always the same."""
    for name in ("a.zip", "b.zip"):
        write_zip(tmp_path / name, platforms.gradescope(EXERCISE), platforms.EXECUTABLE)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("setup.sh").startswith(b"#!")
        assert archive.read("run_autograder").startswith(b"#!")
        assert archive.getinfo("run_autograder").external_attr >> 16 & stat.S_IXUSR


def test_gradescope_grades_a_submission(gradescope: Path, python: Path) -> None:
    """A wrong answer gets its points, of the assignment's 20, and a reason; stdout stays empty."""
    code, results, printed = submit(gradescope, python, custom_lift=WRONG)
    validate(results, "gradescope-results")
    known = f"{development(EXERCISE)}\n"  # the tests' own key is
    assert (code, printed.replace(known, "")) == (0, "")
    assert 0 < results["score"] < 20
    assert "sum-not-mean" in results["output"]
    assert sum(t["max_score"] for t in results["tests"]) == 20


def test_gradescope_takes_the_only_file(gradescope: Path, python: Path) -> None:
    """A file under another name is taken where there is one alone, and earns all points."""
    assert submit(gradescope, python, mine=RIGHT)[1]["score"] == 20


def test_gradescope_says_which_file_is_missing(gradescope: Path, python: Path) -> None:
    """Without a file, or with several, there are 0 points and the reason."""
    code, results, _ = submit(gradescope, python)
    validate(results, "gradescope-results")
    assert (code, results["score"]) == (0, 0)
    assert "There is no custom_lift.py" in results["output"]
    results = submit(gradescope, python, a=RIGHT, b=WRONG)[1]
    assert "holds 2 files that define custom_lift_forward" in results["output"]
    assert "none called custom_lift.py" in results["output"]


@pytest.mark.parametrize("how", ["no Python", "a damaged key"])
def test_gradescope_withholds_the_score_when_we_fail(
    gradescope: Path, python: Path, how: str
) -> None:
    """Whatever breaks, there is a results.json, without a score, that says so; and a code."""
    key = gradescope / "source" / HIDDEN
    content = key.read_bytes()
    try:
        if how == "a damaged key":
            key.write_bytes(b"damaged")
        used = python if how == "a damaged key" else Path("/nowhere/python")
        code, results, printed = submit(gradescope, used, custom_lift=RIGHT)
    finally:
        key.write_bytes(content)
    assert code != 0
    assert "score" not in results
    assert "tests" not in results
    assert re.search("othing was taken away", results["output"])
    assert "withheld" in printed


def test_gradescope_key_is_for_root_alone(gradescope: Path) -> None:
    """The hidden half cannot be read by a user who is nobody, whatever else holds."""
    for path in (gradescope / "source" / "lib" / "solution").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


LEAK = """
import glob, os
def custom_lift_forward(seed, x, n_copies, features):
    names = ["/proc/self/environ", {key!r}, {root!r} + "/submission_metadata.json"]
    read = []
    for name in names:
        try:
            open(name).read()
            read.append(name)
        except OSError:
            pass
    raise ValueError(f"read {{read}}")
"""


def test_gradescope_submission_reads_neither_key_nor_metadata(
    gradescope: Path, python: Path, tmp_path: Path
) -> None:
    """A submission that looks for them is refused."""
    key = str(gradescope / "source" / HIDDEN)
    (tmp_path / "leak.py").write_text(LEAK.format(key=key, root=str(gradescope)))
    output = submit(gradescope, python, custom_lift=tmp_path / "leak.py")[1]["output"]
    assert "read []" in output


def test_gradescope_link_out_of_the_submission_is_refused(gradescope: Path, python: Path) -> None:
    """A link named custom_lift.py that leads to the key is no submission."""
    submit(gradescope, python)
    (gradescope / "submission" / "custom_lift.py").symlink_to(gradescope / "source" / HIDDEN)
    run([gradescope / "run_autograder"], gradescope, **settings(gradescope, python))
    results = json.loads((gradescope / "results" / "results.json").read_text("utf-8"))
    assert "leads out of the folder" in results["output"]


@pytest.mark.exhaustive
def test_gradescope_sets_up_from_nothing(tmp_path: Path) -> None:
    """setup.sh makes its own environment from the package index, and that grades."""
    bundle.write_folder(tmp_path / "source", platforms.gradescope(EXERCISE), platforms.EXECUTABLE)
    given = {"AUTOGRADER_ROOT": str(tmp_path)}
    done = subprocess.run(
        ["bash", tmp_path / "source" / "setup.sh"],
        env=os.environ | given,
        timeout=1500,
        check=False,
    )
    assert done.returncode == 0
    (tmp_path / "submission").mkdir()
    shutil.copy(RIGHT, tmp_path / "submission" / "custom_lift.py")
    assert run([tmp_path / "source" / "run_autograder"], tmp_path, **given).returncode == 0
    assert json.loads((tmp_path / "results" / "results.json").read_text("utf-8"))["score"] == 100


# Classroom 50


def test_classroom50_grades_a_checkout(tmp_path: Path) -> None:
    """autograder.py sets up, grades the checkout and leaves a result; a planted one is not used."""
    folder, checkout = tmp_path / "bundle", tmp_path / "checkout"
    bundle.write_folder(folder, platforms.classroom50(EXERCISE))
    share_libraries(folder / "env")
    git_checkout(checkout, WRONG)
    (checkout / "result.json").write_text('{"score": 100}')
    for name in PLANTED:
        (checkout / name).write_text("raise SystemExit('a module of the student')")
    warm = {"GRADER_CACHE_DIR": str(cache.location().parent)}
    output = tmp_path / "output"
    command: list[str | Path] = [sys.executable, folder / "autograder.py"]
    done = run(command, checkout, GITHUB_OUTPUT=str(output), **RUNNER, **warm)
    assert done.returncode == 0, done.stderr
    result = json.loads((checkout / "result.json").read_text("utf-8"))
    validate(result, "classroom50-result")
    assert 0 < result["score"] < result["max-score"] == 85
    assert output.read_text().startswith("status=failure\nsummary=")
    assert "sum-not-mean" in (checkout / "release-body.md").read_text("utf-8")


def test_classroom50_bundle_fits_the_runner_s_limit() -> None:
    """The runner fetches at most 10 MB, and finds autograder.py in the bundle's root."""
    files = platforms.classroom50(EXERCISE)
    assert sum(map(len, files.values())) < 5_000_000
    assert len(files["autograder.py"].splitlines()) <= 20
    assert "autograder.py" in files


# GitHub and GitLab


def steps(workflow: bytes) -> list[str]:
    """The shell steps of a workflow's only job, or of a GitLab job."""
    parsed = yaml.safe_load(workflow)
    if "grade" in parsed:
        return list(parsed["grade"]["script"])
    return [s["run"] for s in parsed["jobs"]["grade"]["steps"] if "run" in s]


def grade_in_ci(
    tmp_path: Path, python: Path, scripts: list[str], library: Path, **more: str
) -> Any:
    """Run shell steps in a student's checkout, with the grader where the platform puts it."""
    checkout = tmp_path / "checkout"
    git_checkout(checkout, WRONG)
    for name in PLANTED:
        (checkout / name).write_text("raise SystemExit('a module of the student')")
    if not library.is_absolute():
        shutil.move(tmp_path / "grader", checkout / library)
    path = f"{python.parent}:{os.environ['PATH']}"
    given = {"PATH": path, "GRADER_CACHE_DIR": str(cache.location().parent)} | more
    shell: list[str | Path] = ["bash", "-e", "-o", "pipefail", "-c"]
    return [run([*shell, script], checkout, **given) for script in scripts][-1]


def test_github_workflows_grade(tmp_path: Path, own_python: Path) -> None:
    """The reusable workflow's steps mark the student's line and fill summary and outputs."""
    bundle.write_folder(tmp_path / "made", platforms.github(EXERCISE, "cs/lift"))
    workflow = (tmp_path / "made/grader/.github/workflows/grade.yml").read_bytes()
    shutil.move(tmp_path / "made" / "grader", tmp_path / "grader")
    places = {n: str(tmp_path / n) for n in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    workspace = {"GITHUB_WORKSPACE": str(tmp_path / "checkout")}
    library = Path(".lift-grader")
    done = grade_in_ci(tmp_path, own_python, steps(workflow), library, **places, **workspace)
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error title=sum-not-mean.*,file=custom_lift.py,line=\d+::", done.stdout)
    assert obeyed(done.stdout) == done.stdout.splitlines()
    assert re.fullmatch(
        r"score=\d+\nmax=85\nstatus=graded\n", Path(places["GITHUB_OUTPUT"]).read_text()
    )
    assert Path(places["GITHUB_STEP_SUMMARY"]).read_text("utf-8").startswith("### ")


def test_github_student_calls_the_reusable_workflow() -> None:
    """A dozen lines, no secrets, no more rights than to read, and the instructor's workflow."""
    files = platforms.github(EXERCISE, "cs/lift")
    student = files["template/.github/workflows/grade.yml"]
    parsed = yaml.safe_load(student)
    assert len(student.splitlines()) <= 12
    assert parsed["permissions"] == {"contents": "read"}
    assert parsed["jobs"]["grade"] == {"uses": "cs/lift/.github/workflows/grade.yml@main"}
    reusable = yaml.safe_load(files["grader/.github/workflows/grade.yml"])
    assert "workflow_call" in reusable[True]  # YAML 1.1 reads `on` as true


def test_no_step_pastes_what_a_student_controls() -> None:
    """No shell step has an expression in it: a name of a branch could be a command."""
    made = [platforms.github(EXERCISE, "cs/lift"), platforms.gitlab(EXERCISE, "a.example/lift")]
    jobs = [made[0]["grader/.github/workflows/grade.yml"], made[1]["template/.gitlab-ci.yml"]]
    shell = [script for job in jobs for script in steps(job)]
    assert len(shell) == 3
    assert not any("$" in script for script in shell)


def test_workflows_fit_the_published_schemas(tmp_path: Path) -> None:
    """GitHub's and GitLab's own schemas take the files."""
    bundle.write_folder(tmp_path / "h", platforms.github(EXERCISE, "cs/lift"))
    bundle.write_folder(tmp_path / "l", platforms.gitlab(EXERCISE, "registry.example/lift"))
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    workflows = list(tmp_path.glob("h/*/.github/workflows/grade.yml"))
    assert len(workflows) == 2
    subprocess.run([*check, "vendor.github-workflows", *workflows], check=True)
    job = tmp_path / "l/template/.gitlab-ci.yml"
    subprocess.run([*check, "vendor.gitlab-ci", "--data-transform", "gitlab-ci", job], check=True)
    job.write_text("grade:\n  script: 1\n")
    done = subprocess.run([*check, "vendor.gitlab-ci", job], check=False, capture_output=True)
    assert done.returncode != 0


def test_gitlab_job_and_image_grade(tmp_path: Path, own_python: Path) -> None:
    """The image's set-up and the job's script give a JUnit file and a log that a person reads."""
    files = platforms.gitlab(EXERCISE, "registry.example/lift")
    bundle.write_folder(tmp_path / "made", files)
    subprocess.run([own_python, tmp_path / "made/image/install.py"], check=True)
    job = files["template/.gitlab-ci.yml"]
    done = grade_in_ci(tmp_path, own_python, steps(job), tmp_path)
    assert done.returncode == 1, done.stderr
    assert "sum-not-mean" in done.stdout
    assert obeyed(done.stdout) == []
    junit = (
        tmp_path / "checkout" / yaml.safe_load(job)["grade"]["artifacts"]["reports"]["junit"]
    ).read_text()
    assert 'name="mean-not-sum"' in junit
    assert "<failure" in junit


def test_image_runs_as_an_ordinary_user() -> None:
    """The last user of the Dockerfile is not root, and what it calls is in its folder."""
    files = platforms.docker(EXERCISE)
    lines = files["Dockerfile"].decode().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users[-1] not in ("root", "0")
    called = [w for line in lines for w in re.findall(r"/opt/lift-grader/([\w.]+\.py)", line)]
    assert called == ["install.py"]
    assert set(called) <= set(files)


# The command


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Call grader autograder."""
    called = [sys.executable, "-m", "grader", "autograder", "--development", *arguments]
    return subprocess.run(called, capture_output=True, text=True, check=False, timeout=100)


def test_command_says_what_to_do_next(tmp_path: Path) -> None:
    """Each platform's files are written, and a line says where they go."""
    assert "upload" in command("gradescope", str(tmp_path / "a.zip")).stdout
    done = command("github", str(tmp_path / "gh"), "--repository", "cs/lift")
    assert "push it as cs/lift" in done.stdout
    assert (tmp_path / "gh" / "template" / "custom_lift.py").exists()


def test_folders_can_be_read_by_the_image_whatever_the_umask(tmp_path: Path) -> None:
    """An instructor whose files are private makes an image whose ordinary user can import it."""
    before = os.umask(0o077)
    try:
        bundle.write_folder(tmp_path / "image", platforms.docker(EXERCISE))
    finally:
        os.umask(before)
    paths = list((tmp_path / "image").rglob("*"))
    wanted = {path: 0o755 if path.is_dir() else 0o644 for path in paths}
    assert {path: stat.S_IMODE(path.stat().st_mode) for path in paths} == wanted
    assert any(path.is_dir() for path in paths)


def test_command_keeps_what_is_there(tmp_path: Path) -> None:
    """A folder that is not empty is refused, in one sentence."""
    (tmp_path / "mine").write_text("")
    done = command("docker", str(tmp_path))
    assert (done.returncode, done.stderr) == (2, f"{tmp_path} is not empty; name a new folder.\n")


@pytest.mark.parametrize("name", ["lift", "a/b/c", 'a/b"\n  x: y', "a/b@v1"])
def test_command_refuses_names_that_would_be_yaml(tmp_path: Path, name: str) -> None:
    """What is written into a workflow is the name of a repository and nothing else."""
    done = command("github", str(tmp_path / "gh"), "--repository", name)
    assert (done.returncode, (tmp_path / "gh").exists()) == (2, False)


def test_filled_in_stub_is_not_handed_out(tmp_path: Path) -> None:
    """A template repository with an answer in it is refused."""
    from dataclasses import replace

    shutil.copytree(EXERCISE.folder, tmp_path / "exercise")
    shutil.copy(RIGHT, tmp_path / "exercise" / "custom_lift.py")
    with pytest.raises(UsageError, match="not the unfinished stub"):
        platforms.github(replace(EXERCISE, folder=tmp_path / "exercise"), "cs/lift")
