"""What was typed into a text box is graded where it is Python for certain, and else not at all."""

import html
from pathlib import Path

import pytest

from grader.core.submission import Submission, UnreadableError
from grader.sources.find import find
from grader.sources.typed import program_in
from tests.support.lms_tools import FUNCTION, WANTED, as_zip

ANSWER = f"""import jax


def {FUNCTION}(seed, x, n_copies, features):
    if n_copies < 2 and features > 0:
        return x
    return -x
"""
ESCAPED = html.escape(ANSWER)
INDENTED = ESCAPED.replace("    ", "&nbsp; &nbsp; ")
PAGES = {
    "Canvas, plain text": f"<html><head><title>Lift: Ada</title></head><body><h1>Lift: Ada</h1>"
    f"<p>{INDENTED.replace(chr(10), '<br>')}</p></body></html>",
    "Moodle, paragraphs": "".join(f'<p dir="ltr">{line}</p>' for line in INDENTED.split("\n")),
    "paragraphs in divs": "".join(f"<div><p>{line}<br></p></div>" for line in INDENTED.split("\n")),
    "pre": f"<h2>My answer</h2><p>Here it is:</p><pre>{ESCAPED}</pre><p>Thanks!</p>",
    "pre with code": f"<pre><code class='python'>{ESCAPED}</code></pre>",
    "coloured": "<pre>{}</pre>".format(
        ESCAPED.replace("def", "<b>def</b>").replace("custom_", "custom&lowbar;")
    ),
    "as it was typed": f"<html><body>{ESCAPED}</body></html>",
    "zero-width": f"<pre>\u200b{ESCAPED}</pre>",
}


@pytest.mark.parametrize("name", PAGES)
def test_page_of_a_text_box_is_the_program_that_was_typed(name: str) -> None:
    """However an editor packs lines and spaces, the program comes out as it was."""
    found = program_in("onlinetext.html", PAGES[name].encode(), FUNCTION).decode()
    assert [line for line in found.splitlines() if line.strip()] == [
        line for line in ANSWER.splitlines() if line.strip()
    ]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.html", f"<p>{ESCAPED}</p>".replace("    ", "").replace("\n", "<br>")),
        ("a.html", f"<p>I could not write {FUNCTION}.</p>"),
        ("a.html", "<p>def other(): pass</p>"),
        ("a.html", f"<head>{ESCAPED}"),
        ("a.html", f"<script>{ESCAPED}</script>"),
        ("a.html", ESCAPED.replace("-x", "\u2013x")),
        ("a.html", "<" * 200_000 + FUNCTION),
        ("a.html", "<pre>" * 50_000 + FUNCTION),
        ("a.html", PAGES["pre"] + "x" * 300_000),
        ("a.txt", f"Dear all,\n{ANSWER}"),
        ("a.txt", f"import {FUNCTION}\n"),
    ],
)
def test_text_that_is_not_python_for_certain_is_no_program(name: str, page: str) -> None:
    """Lost indentation, an essay, typographic signs, a hostile page: not graded, and told."""
    with pytest.raises(UnreadableError, match=rf"a\.\w+ (holds no program|names {FUNCTION})"):
        program_in(name, page.encode(), FUNCTION)


def test_text_boxes_of_platforms_are_graded_where_there_is_no_file(tmp_path: Path) -> None:
    """Canvas's `_text.html` and Moodle's `onlinetext` count alone; beside a program it does."""
    page, file = PAGES["pre"], "x = 1\n"
    canvas = {
        "ada_1001_text.html": page,
        "bob_LATE_1002_text.html": PAGES["Canvas, plain text"],
        "cy_1003_text.html": page,
        "cy_1003_501_custom_lift.py": file,
        "dee_1004_502_custom_lift.py.txt": file,
        "eve_1005_503_custom_lift.py-1.txt": file,
        "fay_1006_text.html": "<p>sorry</p>",
        "gil_1007_link.html": "<a href='https://example.org'>here</a>",
    }
    moodle = {
        "Ada_11_assignsubmission_onlinetext/onlinetext.html": page,
        "Bob_12_assignsubmission_onlinetext_/onlinetext.html": page,
        "Bob_12_assignsubmission_file_/custom_lift.py": file,
        "Cy_13_assignsubmission_onlinetext.html": page,
        "Dee_14_assignsubmission_onlinetext/onlinetext.html": "<p>sorry</p>",
    }
    for files, typed, written, without in (
        (canvas, {"1001", "1002"}, {"1003", "1004", "1005"}, {"1006", "1007"}),
        (moodle, {"11", "13"}, {"12"}, {"14"}),
    ):
        found = find([as_zip(tmp_path, "export", files)], WANTED)
        assert not found.refused
        for entry in found.entries:
            (owner,) = entry.owners
            assert owner.id in typed | written | without
            if owner.id in without:
                with pytest.raises(UnreadableError, match="There is no Python file"):
                    entry.read()
                continue
            said = entry.read().content.decode()
            assert said == file if owner.id in written else FUNCTION in said


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\3\4 ...", "a zip"),
        (b"{\\rtf1\\ansi ...", "RTF"),
        (b"<!DOCTYPE html><html>...", "a web page"),
        (b"\n<html lang='en'>", "a web page"),
        (b"\xa7\r\r\n\0\0", "compiled Python"),
        (b"\xd0\xcf\x11\xe0\xa1", "a document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"Rar!\x1a", "a RAR archive"),
    ],
)
def test_what_is_no_program_whatever_its_name(content: bytes, kind: str) -> None:
    """A file called .py that begins as another kind does is named as that, and not run."""
    submission = Submission.of("custom_lift.py", content)
    assert kind in submission.problem
    assert submission.content == b""
    assert Submission.of("custom_lift.py", b"x = 1").problem == ""
