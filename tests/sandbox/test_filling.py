"""The compile cache is filled in a copy: whole at every moment, whoever else fills it."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.sandbox import cache


def test_of_two_that_are_filled_at_once_one_becomes_the_cache(tmp_path: Path) -> None:
    """Neither fails, what was there is kept, and nothing is left behind."""
    place = tmp_path / "cache"
    with cache.filling(place) as first:
        (first / "a").write_text("1")
    with ExitStack() as both:
        one, other = (both.enter_context(cache.filling(place)) for _ in range(2))
        (one / "b").write_text("2")
        (other / "c").write_text("3")
    assert [p.name for p in tmp_path.iterdir()] == ["cache"]
    assert (place / "a").read_text() == "1"
    assert len(list(place.iterdir())) == 2


def test_what_fails_leaves_the_cache_as_it_was(tmp_path: Path) -> None:
    """An exception on the way changes nothing."""
    place = tmp_path / "cache"
    with cache.filling(place) as first:
        (first / "a").write_text("1")
    with pytest.raises(ZeroDivisionError), cache.filling(place) as second:
        (second / "a").write_text(str(1 / 0))
    assert [p.name for p in tmp_path.iterdir()] == ["cache"]
    assert (place / "a").read_text() == "1"
