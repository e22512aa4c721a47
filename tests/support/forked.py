"""`python -m MODULE ...` as a fork of a process that has imported what our commands import.

Half of what a command costs is to import Python's packages, and most of the rest is to start JAX:
here both are done once. Everything else is as in a process of its own, but for what Python reads
of its environment when it starts; tests of that, and of how processes end, start real ones.
"""

import atexit
import functools
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from grader import ROOT

LARGEST = 2**20  # bytes of a request
CODE = 4  # bytes of an exit code
AHEAD = ("flax.linen", "exercise.behind", "exercise.explain", "exercise.mend", "psutil")


def run(
    module: str,
    *arguments: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    input: str = "",
    timeout: float = 300,
) -> subprocess.CompletedProcess[str]:
    """Run a module of Python as a program; its output is text."""
    command = [module, *map(str, arguments)]
    if sys.platform != "linux":
        whole = [sys.executable, "-P", "-m", *command]
        kept: Any = {"cwd": cwd, "env": env, "input": input, "timeout": timeout}
        return subprocess.run(whole, capture_output=True, encoding="utf-8", **kept)
    request = {"command": command, "cwd": str(cwd or Path.cwd()), "env": dict(env or os.environ)}
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(input.encode())
        given.seek(0)
        code = _template().ask(request, [given.fileno(), out.fileno(), err.fileno()], timeout)
        out.seek(0)
        err.seek(0)
        printed = (file.read().decode() for file in (out, err))
        return subprocess.CompletedProcess(command, code, *printed)


class _Template:
    """The process that is forked, as the tests see it."""

    def __init__(self) -> None:
        """Start it; it ends when this process does."""
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", __name__, str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, cwd=ROOT, pass_fds=[theirs.fileno()], start_new_session=True
            )

    def ask(self, request: Mapping[str, object], files: list[int], timeout: float) -> int:
        """Give a program its three files, and wait for its exit code."""
        self._control.settimeout(timeout)
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], files)
            code = self._control.recv(CODE)
        except TimeoutError:
            os.killpg(self._process.pid, signal.SIGKILL)
            _template.cache_clear()
            raise
        if not code:
            raise RuntimeError("The process that is forked has ended.")
        return int.from_bytes(code, "big", signed=True)


@functools.cache
def _template() -> _Template:
    return _Template()


def main() -> None:
    """Answer requests, one after the other."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for name in (*AHEAD, *_commands()):
        importlib.import_module(name)
    close = _share_sandbox()
    while True:
        data, files, _, _ = socket.recv_fds(control, LARGEST, 3)
        if not data:
            break
        if (child := os.fork()) == 0:
            control.close()
            _become(json.loads(data), files)
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        control.send(code.to_bytes(CODE, "big", signed=True))
    close()


def _commands() -> list[str]:
    """All that the command may import but what pytest is to import itself: assertions are its."""
    import grader

    found = (m.name for m in pkgutil.walk_packages(grader.__path__, "grader."))
    apart = ("grader.plugin", "grader.worker", "grader.__main__", "grader.author.", "grader.kernel")
    return [name for name in found if not name.startswith(apart) and "template" not in name]


def _become(request: Mapping[str, Any], files: list[int]) -> NoReturn:
    """Be the program, and end as it does."""
    code: object = 1
    try:
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace")  # noqa: SIM115
        os.environ.clear()
        os.environ.update(request["env"])
        time.tzset()
        os.chdir(request["cwd"])
        module, *arguments = request["command"]
        sys.argv = [module, *arguments]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  # as Python does
        traceback.print_exc()
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def _share_sandbox() -> Callable[[], None]:
    """Open the sandbox of the exercise, and let sandboxes like it have its zygotes."""
    from exercise import EXERCISE
    from grader import wiring
    from grader.sandbox.sandbox import Sandbox

    own = wiring.sandbox(EXERCISE, 60.0, warm=True).__enter__()
    opened, closed = Sandbox.__enter__, Sandbox.__exit__

    def alike(sandbox: Any) -> bool:
        settings = ("_cache", "_secrets", "_mask", "_fork")
        return all(vars(sandbox)[name] == vars(own)[name] for name in settings)

    def enter(sandbox: Any) -> Any:
        if not alike(sandbox):
            return opened(sandbox)
        sandbox._folder, sandbox._zygote, sandbox._fresh = own._folder, own._zygote, None
        sandbox._warm = own._warm  # for one file, too: it is there
        return sandbox

    def leave(sandbox: Any, *error: Any) -> None:
        if not alike(sandbox):
            closed(sandbox, *error)

    Sandbox.__enter__, Sandbox.__exit__ = enter, leave
    return functools.partial(closed, own, None, None, None)


if __name__ == "__main__":
    main()
