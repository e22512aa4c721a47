"""What an exception was, reduced to what may leave the process (beside the student)."""

import os
from functools import cache
from pathlib import Path

from grader import wire
from grader.wire import Raised
from grader.worker import beside, causes, script


@cache
def hidden_folders() -> tuple[str, ...]:
    """What no message may hold: these differ from run to run, and from machine to machine."""
    here = f"{Path.cwd()}{os.sep}"
    return (script.PROJECT,) if here == f"{os.sep}{os.sep}" else (here, script.PROJECT)


def describe(error: BaseException, filename: str) -> Raised:
    """Reduce an exception to its type, its message and the frames in the student's file."""
    try:
        message = "" if isinstance(error, SystemExit) and not error.code else str(error)
    except BaseException:  # noqa: BLE001  # a student's __str__ may raise anything
        message = "(the exception has no readable message)"
    frames = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == filename:
            frames.append((step.tb_lineno, code.co_name[:100]))
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename == filename and error.lineno:
        message, frames = str(error.msg), [(max(error.lineno, 0), "<module>")]
    if isinstance(error, ImportError) and error.path:  # where a package lies is nobody's answer
        message = message.replace(f" ({error.path})", "")
    for folder in hidden_folders():
        message = message.replace(folder, "")
    if not isinstance(error, SyntaxError) and (place := beside.place(error)):
        message += f", in {place}"
    cause = causes.find(error)
    message = causes.tell(message[: wire.MAX_TEXT // 2], cause)
    message = message[: wire.MAX_TEXT].encode("utf-8", "replace").decode()
    name = "" if cause is None else cause.kind
    return Raised(type(error).__name__[:100], message, tuple(frames[-8:]), name)
