"""A source is analysed up to a bound, and codecs that it names do no harm."""

import pytest

from exercise import EXERCISE, facts
from grader.core.key import Key
from grader.core.source import MAX_NODES, Source
from grader.core.submission import Submission
from grader.grading.grade import grade
from grader.sandbox.sandbox import Sandbox
from tests.conftest import SAMPLES


def test_long_source_is_not_analysed() -> None:
    """Many nodes, or many bytes, leave a source without nodes; fewer do not."""
    assert Source.parse(b"a\n" * (MAX_NODES // 4)).nodes
    assert not Source.parse(b"a\n" * MAX_NODES).nodes
    assert not Source.parse(b"a\n" + b"#" * 100_000).nodes


def test_honest_sources_are_far_below_the_bound() -> None:
    """No honest sample comes near it."""
    honest = [p for p in SAMPLES.rglob("*.py") if "hostile" not in p.relative_to(SAMPLES).parts]
    assert max(len(Source.parse(p.read_bytes()).nodes) for p in honest) < MAX_NODES / 5


def test_steps_stay_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for each function in a loop is asked of a bounded number of nodes."""
    asked = 0
    find = Source.find

    def counted(self: Source, *kinds: type) -> object:
        nonlocal asked
        asked += len(self.nodes)
        return find(self, *kinds)

    monkeypatch.setattr(Source, "find", counted)
    text = "for i in ():\n" + "".join(f" def f{n}(): i\n" for n in range(3900))
    facts.late_binding(Source.parse(text.encode()))
    assert asked < MAX_NODES**2


@pytest.mark.parametrize("codec", ["zlib", "rot13", "hostile-9", "undefined", "punycode"])
def test_codec_that_cannot_read(codec: str, key: Key, sandbox: Sandbox) -> None:
    """A codec that gives no text, or raises, is a syntax error like any other."""
    submission = Submission.of("custom_lift.py", f"# coding: {codec}\nx = 1\n".encode())
    assert grade(EXERCISE, submission, key, sandbox).status == "syntax-error"
