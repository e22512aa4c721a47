"""The folder of a bulk run: what is done stays done, and damage costs what was damaged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from grader.core.errors import UsageError
from grader.core.submission import Submission
from grader.results.sidecar import Settings
from grader.results.store import Store
from tests.support.bulk_tools import report_of, settings


def test_note_that_was_cut_off_is_no_note(tmp_path: Path) -> None:
    """A journal that ends in the middle of a line loses that line alone."""
    with Store(tmp_path / "out", settings()) as store:
        for name in ("a.py", "b.py"):
            store.put(name[0], report_of(name).report, 0.1)
    journal = tmp_path / "out/.journal"
    journal.write_bytes(journal.read_bytes()[:-5])
    with Store(tmp_path / "out", settings()) as store:
        assert store.done("a", Submission.of("a.py", b"a.py")) is not None
        assert store.done("b", Submission.of("b.py", b"b.py")) is None
        store.put("b", report_of("b.py").report, 0.1)
    with Store(tmp_path / "out", settings()) as store:
        assert store.done("b", Submission.of("b.py", b"b.py")) is not None


def test_done_means_the_same_bytes_name_and_settings(tmp_path: Path) -> None:
    """Another content, name, key or limit, or no score: not done."""
    submission = Submission.of("a.py", b"a.py")
    with Store(tmp_path / "out", settings()) as store:
        store.put("a", report_of("a.py").report, 0.1)
        assert store.done("a", submission) is not None
        assert store.done("a", Submission.of("a.py", b"other")) is None
        assert store.done("a", Submission.of("c.py", b"a.py")) is None
        store.put("n", report_of("n.py", "our failure").report, 0.1)
        assert store.done("n", Submission.of("n.py", b"n.py")) is None
    for other in (Settings("custom_lift", "0", "key2", 30), Settings("custom_lift", "0", "key", 9)):
        with Store(tmp_path / "out", other) as store:
            assert store.done("a", submission) is None


def fill(out: Path) -> dict[str, bytes]:
    """Write a folder of two reports, one of them noted in the journal alone; gives the reports."""
    for name in ("a.py", "b.py"):
        with Store(out, settings()) as store:
            store.put(name[0], report_of(name).report, 0.1)
            if name == "a.py":
                store.finish({}, {})
    return {path.stem: path.read_bytes() for path in (out / "reports").iterdir()}


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(["run.json", ".journal", ".lock", "reports/a.json", "reports/b.json"]),
    junk=st.binary(max_size=60) | st.text(max_size=30).map(str.encode),
    cut=st.integers(0, 400),
)
def test_damage_costs_what_was_damaged(
    name: str, junk: bytes, cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a file has come to hold, a report that counts as done is the one written."""
    out = tmp_path_factory.mktemp("damaged")
    whole = fill(out)
    path = out / name
    data = path.read_bytes()
    path.write_bytes(data[:cut] + junk + data[cut + len(junk) :])
    with Store(out, settings()) as store:
        for id in whole:
            report = store.done(id, Submission.of(f"{id}.py", f"{id}.py".encode()))
            assert report is None or report.to_json() == whole[id]
            if name == ".lock":
                assert report is not None
            store.put(id, report_of(f"{id}.py").report, 0.1)
        store.finish({}, {})
    assert {path.stem: path.read_bytes() for path in (out / "reports").iterdir()} == whole


def test_what_lies_in_the_way_is_no_traceback(tmp_path: Path) -> None:
    """A folder that cannot be made or written to is a usage error, with its reason."""
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file", tmp_path / "file/out", tmp_path / ("x" * 300)):
        with (
            pytest.raises(UsageError, match=r"is a file|cannot be written to"),
            Store(out, settings()),
        ):
            pass
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.writing").write_text("")  # what only a run makes is a run's to remove
    with Store(tmp_path / "out", settings()) as store:
        store.put("a", report_of("a.py").report, 0.1)
