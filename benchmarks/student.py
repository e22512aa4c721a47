"""What a student waits for, against a plain script, in CPU time, in one run.

The plain script imports jax and flax and calls the function on the same cases, without a warm
compile cache. python -m benchmarks.student [FILE] [--rounds N]; in an unpacked kit, after its first
call, KIT/.venv/bin/python -P benchmarks/student.py FILE.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from exercise import EXERCISE
from grader import wiring
from grader.core.submission import read
from grader.grading.grade import grade
from grader.grading.suite import Suite

PLAIN = """
import importlib.util, json, sys
import flax.linen, jax, jax.numpy as jnp
spec = importlib.util.spec_from_file_location("custom_lift", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
for case in json.loads(sys.argv[2]):
    case["x"] = jnp.asarray(case["x"], jnp.float32)
    jax.block_until_ready(module.custom_lift_forward(**case))
"""


def spent(*command: str) -> float:
    """CPU seconds of a command and all it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as state:
        names = {k: v for k, v in os.environ.items() if not k.startswith("JAX_")}
        environment = names | {"GRADER_STATE_DIR": state}
        subprocess.run(command, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def tree(root: int) -> float:
    """CPU seconds so far of a process and of all below it, with those that have ended."""
    import psutil

    process = psutil.Process(root)
    times = process.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    return total + sum(tree(child.pid) for child in process.children())


def main() -> None:
    """Measure in turn: the plain script, `grader check`, and grading again in a session."""
    import json

    parser = argparse.ArgumentParser(description=__doc__)
    default = Path("tests/submissions/correct/course-loop.py")
    parser.add_argument("file", nargs="?", type=Path, default=default)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    key = wiring.key(EXERCISE)
    cases = [
        {n: v if isinstance(v, int) else v.tolist() for n, v in k.case.arguments.items()}
        for k in key.cases
    ]
    file, plain, checked, again = str(arguments.file), [], [], []
    with wiring.sandbox(EXERCISE, 60, warm=True) as sandbox, Suite(EXERCISE) as suite:
        submission = read(arguments.file)
        grade(EXERCISE, submission, key, sandbox, suite)
        for _ in range(arguments.rounds):
            plain.append(spent(sys.executable, "-c", PLAIN, file, json.dumps(cases)))
            checked.append(spent(sys.executable, "-P", "-m", "grader", "check", file))
            before = tree(os.getpid())
            grade(EXERCISE, submission, key, sandbox, suite)
            again.append(tree(os.getpid()) - before)
    base = statistics.median(plain)
    print(f"{arguments.file.name}: CPU seconds, median of {arguments.rounds}, {len(cases)} cases")
    for name, values in (("plain script", plain), ("grader check", checked), ("on save", again)):
        value = statistics.median(values)
        print(f"{name:<14}{value:8.2f} s{value / base:8.2f} x")


if __name__ == "__main__":
    main()
