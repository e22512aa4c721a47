"""What a submission prints: shown for public cases, never for hidden ones, and in no report."""

import io
import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import grader
from exercise import EXERCISE
from grader.core.key import Key
from grader.core.submission import Submission
from grader.core.text import anywhere, clean_lines
from grader.grading.grade import Grading, grade_in_full
from grader.sandbox.output import CAN_POLL, MAX_PRINTED, Output
from grader.sandbox.sandbox import Sandbox
from grader.screen.render import render

TALKS = """
import sys, threading, time
print("loaded")
seen = []
def custom_lift_forward(seed, x, n_copies, features):
    seen.append(seed)
    print("seed is", seed, flush=True)
    print("and <b>so</b> \\x1b[31mon", file=sys.stderr)
    {more}
    return x
"""
TELL = "lambda: [print(*seen) or time.sleep(.001) for _ in range(99)]"
LATER = f"threading.Thread(target={TELL}).start()"
ASKED = 200


def grading(source: str, key: Key, sandbox: Sandbox) -> Grading:
    """Grade a source, and keep what stands beside the report."""
    return grade_in_full(EXERCISE, Submission.of("custom_lift.py", source.encode()), key, sandbox)


def seeds(key: Key) -> set[str]:
    """The seeds that occur in hidden cases alone; short ones could be any number."""
    public = {str(k.case.integer("seed")) for k in key.public}
    hidden = {str(k.case.integer("seed")) for k in key.hidden}
    return {seed for seed in hidden - public if len(seed) > 3}


@pytest.fixture(scope="module")
def at_once(key: Key, sandbox: Sandbox) -> Grading:
    """The grading of a submission that prints its seeds."""
    return grading(TALKS.format(more=""), key, sandbox)


@pytest.fixture(scope="module")
def later(key: Key, sandbox: Sandbox) -> Grading:
    """The grading of a submission that prints its seeds from a thread as well, again and again."""
    return grading(TALKS.format(more=LATER), key, sandbox)


def test_public_cases_are_heard_one_by_one(at_once: Grading, key: Key) -> None:
    """What is printed while loading and in each public case is known by case, all of it."""
    assert at_once.printed[""] == "loaded\n"
    assert list(at_once.printed) == ["", *(k.case.id for k in key.public)]
    for public in key.public:
        assert f"seed is {public.case.integer('seed')}\n" in at_once.printed[public.case.id]


def test_no_hidden_seed_is_heard(at_once: Grading, later: Grading, key: Key) -> None:
    """No text that the student may see holds a seed of a hidden case, nor does the report."""
    for talked in (at_once, later):
        heard = "".join(talked.printed.values())
        assert "seed is" in heard
        assert [seed for seed in seeds(key) if seed in heard] == []
        assert "seed is" not in talked.report.to_json().decode()


def test_hidden_seeds_were_printed(at_once: Grading, later: Grading, key: Key) -> None:
    """The same submissions did print the hidden seeds: the test above can fail."""
    for talked in (at_once, later):
        assert talked.run is not None
        assert [seed for seed in seeds(key) if seed in talked.run.printed]


@pytest.mark.parametrize(
    ("more", "status"), [("sys.exit(len(seen) // 2 or os._exit(3))", "killed"), ("1/0", "crashed")]
)
def test_a_program_that_ends_early_is_heard(
    more: str, status: str, key: Key, sandbox: Sandbox
) -> None:
    """What was printed before the process ended is known, the last words among it."""
    found = grading("import os\n" + TALKS.format(more=more), key, sandbox)
    assert found.report.status == status
    assert "and <b>so</b>" in found.printed[key.public[0].case.id]


def test_printed_lines_are_shown_inert(at_once: Grading) -> None:
    """The terminal shows the lines that the shown case printed, without their escapes."""
    stream = io.StringIO()
    render(at_once.report, Console(width=80, file=stream), (), at_once.printed)
    text = stream.getvalue()
    assert "printed seed is" in text
    assert "and <b>so</b> on" in text
    assert "\x1b" not in text


@pytest.mark.skipif(not CAN_POLL, reason="a pipe that cannot be polled is heard a moment later")
def test_what_was_written_before_is_heard_at_once() -> None:
    """Whatever the draining thread does meanwhile, all that was written before is there."""
    reading, writing = os.pipe()
    output, sent = Output(os.fdopen(reading, "rb")), b""
    for number in range(ASKED):
        sent += f"{number}\n".encode()
        os.write(writing, f"{number}\n".encode())
        assert output.so_far() == sent
    os.close(writing)
    assert output.all() == output.so_far() == sent


@pytest.mark.skipif(not CAN_POLL, reason="a pipe that cannot be polled is heard a moment later")
def test_a_flood_is_bounded_and_does_not_hold_us() -> None:
    """A writer that never stops neither keeps the listener nor fills its memory."""
    import threading

    reading, writing = os.pipe()
    stop = threading.Event()

    def flood() -> None:
        while not stop.is_set():
            os.write(writing, b"x" * 4096)
        os.close(writing)

    output = Output(os.fdopen(reading, "rb"))
    threading.Thread(target=flood, daemon=True).start()
    time.sleep(0.05)
    assert set(output.so_far()) <= set(b"x")
    stop.set()
    assert len(output.all()) == MAX_PRINTED


@given(st.text(max_size=300), st.integers(1, 12))
def test_any_text_is_shown_inert_and_bounded(text: str, most: int) -> None:
    """Whatever is printed, a few lines are shown, of characters that only stand for themselves."""
    lines = clean_lines(text, most)
    assert len(lines) <= most + 1
    assert all(line.isprintable() and "::" not in line and len(line) <= 500 for line in lines)


def test_last_lines_are_shown_in_their_columns() -> None:
    """Of many lines the last ones are kept, with their blanks; no address, which would change."""
    assert clean_lines("<object at 0x7f06a4c1b2d0>", 1) == ("<object at 0x...>",)
    assert clean_lines("a\n b  c\n\x1b[1md\x1b[0m\te\n\n", 2) == (
        "(1 more before)",
        " b  c",
        "d       e",
    )


def test_what_is_kept_of_prints_does_not_tell_where_it_ran() -> None:
    """Our folders and addresses, which a dump of the stack tells, are the same on every machine."""
    ours = Path(grader.__file__).parent
    text = f'Thread 0x00007f38\nFile "{ours / "worker.py"}"\nFile "{sys.prefix}/x.py"\n'
    worker = Path("grader", "worker.py")
    assert anywhere(text) == f'Thread 0x...\nFile "...{os.sep}{worker}"\nFile ".../x.py"\n'
