"""The pages of the class report: whole, closed, the same again, and discreet."""

import base64
import hashlib
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exercise import EXERCISE
from grader import cli
from grader.classreport.anonymous import Mask, pseudonyms
from grader.classreport.changes import compare
from grader.classreport.strip import strip
from grader.core.exercise import FaultPage
from grader.core.key import Key
from grader.core.source import shown
from grader.core.submission import Submission
from grader.core.text import clean_lines
from grader.grading.behaviour import behaviour
from grader.grading.grade import grade_in_full
from grader.grading.suite import Suite
from grader.html.submission_page import submission_page
from grader.html.write import write
from grader.results.read import Results, read
from grader.sandbox.sandbox import Sandbox
from tests.support.class_tools import answered, check, fault, keep, report, right, wrong

EVIL = '</script><script>alert(1)</script><img src=x onerror="alert(2)">{{ 7*7 }}\u202e'
TELLING = '''"""By Zaphod Beeblebrox."""
def zaphod_lift(keys):  # Zaphod wrote this
    return "zaphod@example.org"


def custom_lift_forward(seed, x, n_copies, features):
    return zaphod_lift(x)
'''


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A small class: a right answer, a fault, two that share an answer, and a hostile one."""
    reports = {
        "beeblebrox_zaphod": wrong("sum-not-mean", line=7),
        "dent_arthur": right(),
        "prefect_ford": wrong(remark="Odd.", source="ford"),
        "trillian": wrong(remark="Odd.", source="trillian"),
        "vogon": report(
            [check("runs", 100, "failed", f"It raised {EVIL}")],
            [fault("shared-key", EVIL)],
            name=f"{EVIL}.py",
            source="vogon",
            status="import-error",
            message=f"Loading raised {EVIL} (line 1)",
        ),
    }
    seen = {id: answered(1, 2) for id in ("prefect_ford", "trillian")}
    seen["vogon"] = msgspec.structs.replace(answered(3), printed={"public-1": clean_lines(EVIL, 9)})
    sources = {"beeblebrox_zaphod": TELLING, "vogon": EVIL, "prefect_ford": TELLING}
    return keep(tmp_path_factory.mktemp("class") / "out", reports, seen, sources)


@pytest.fixture(scope="module")
def pages(results: Results, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Its pages, by path."""
    return written(results, tmp_path_factory.mktemp("pages"))


def written(results: Results, out: Path, **how: object) -> dict[str, str]:
    """Write the pages and read them."""
    write(EXERCISE, results, out, **how)  # type: ignore[arg-type]
    return {p.relative_to(out).as_posix(): p.read_text("utf-8") for p in out.rglob("*.html")}


def test_there_is_a_page_for_the_class_and_one_for_each(pages: dict[str, str]) -> None:
    """index.html leads to every submission's page, and each is there."""
    names = ("beeblebrox_zaphod", "dent_arthur", "prefect_ford", "trillian", "vogon")
    assert set(pages) == {"index.html", *(f"pages/{name}.html" for name in names)}
    assert all(f'href="pages/{name}.html"' in pages["index.html"] for name in names)


def test_same_results_give_the_same_bytes(
    results: Results, pages: dict[str, str], tmp_path: Path
) -> None:
    """Written again elsewhere, and over itself, it is what it was; pages that are gone go."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/gone.html").write_text(pages["pages/trillian.html"], "utf-8")
    (tmp_path / "pages/own.html").write_text("not ours", "utf-8")
    again = written(results, tmp_path)
    assert again.pop("pages/own.html") == "not ours"
    assert again == pages == {k: v for k, v in written(results, tmp_path).items() if k in pages}


class _Seen(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_pages_need_nothing_from_elsewhere(pages: dict[str, str]) -> None:
    """No page names another address; the policy forbids all but its own style and script."""
    for name, text in pages.items():
        seen = _Seen(text).elements
        policy = next(a["content"] or "" for t, a in seen if t == "meta" and "http-equiv" in a)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        for kind in ("style", "script"):
            for block in re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.S):
                digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
                assert f"{kind}-src 'sha256-{digest}'" in policy, name
        addresses = [a.get(k) for _, a in seen for k in ("src", "href", "action") if a.get(k)]
        assert all(re.match(r"#|pages/[\w.%-]+\.html$", a or "") for a in addresses)
        assert not any("style" in a or any(k.startswith("on") for k in a) for _, a in seen)


def test_text_of_students_makes_no_element(pages: dict[str, str]) -> None:
    """What a student wrote is text: it brings no tag, no attribute, no template, no hidden mark."""
    hostile = pages["pages/vogon.html"] + pages["index.html"]
    assert "&lt;script&gt;alert(1)" in hostile
    assert "{{ 7*7 }}" in hostile
    assert "\u202e" not in hostile
    tags = [tag for tag, _ in _Seen(hostile).elements]
    assert "img" not in tags
    assert tags.count("script") == 1


SECRETS = ("zaphod", "beeblebrox", "arthur", "ford", "trillian", "vogon", "example.org", "wrote")


def told(pages: dict[str, str]) -> set[str]:
    """The names that pages tell, in their text and in their own names."""
    text = "\n".join((*pages, *pages.values())).casefold()
    return {word for word in SECRETS if re.search(rf"(?<![a-z]){word}(?![a-z])", text)}


def test_anonymous_pages_tell_no_names(results: Results, tmp_path: Path) -> None:
    """No id, file name, comment, string or printed line; the same pseudonym each time."""
    pages = written(results, tmp_path / "a", anonymous=True)
    assert told(pages) == set()
    assert "someone_lift" in "".join(pages.values())
    assert written(results, tmp_path / "b", anonymous=True) == pages


def test_search_for_names_can_find_them(pages: dict[str, str]) -> None:
    """In the pages with names the same search finds every one."""
    assert told(pages) == set(SECRETS)


def test_examples_on_the_class_page_tell_no_names(results: Results, tmp_path: Path) -> None:
    """The lines that are shown for a fault have no comments, strings and names."""
    index = written(results, tmp_path)["index.html"]
    examples = "".join(re.findall(r'<pre class="code".*?</pre>', index, re.S))
    assert "return someone_lift(x)" in examples
    assert not any(word in examples.casefold() for word in SECRETS if word != "ford")


@given(st.lists(st.text(st.sampled_from("ab\"'#\\\n= (){}f"), max_size=30), max_size=4))
def test_stripped_source_has_its_lines_and_no_comments(texts: list[str]) -> None:
    """Whatever a source is, each line stays in its place, or nothing is shown at all."""
    lines = shown("\n".join(texts).encode())
    stripped = strip(lines)
    assert len(stripped) in (0, len(lines))
    assert not any("#" in line for line in stripped)


@given(st.dictionaries(st.text(max_size=4), st.sampled_from(["d1", "d2", "d3"])))
def test_pseudonyms_are_unique_and_depend_on_the_file_alone(digests: dict[str, str]) -> None:
    """No two are the same, and one stays what it is when others come or go."""
    given_ = pseudonyms(digests)
    assert len(set(given_.values())) == len(digests)
    for id, digest in digests.items():
        assert given_[id].startswith(pseudonyms({"x": digest})["x"])


def test_words_of_the_task_are_no_names() -> None:
    """A student named like a word of Python or of the task puts out no code."""
    mask = Mask.of(["list_of_keys", "mean_ida"], "n_copies, the mean of keys")
    assert mask.text("list(mean_ida, idaho)") == "list(mean_someone, idaho)"


@pytest.mark.parametrize(
    "name", ["li_params", "LiModel", "zoe_keys", "ZoëKeys", "wondermodel", "my_wonderful", "李雷"]
)
def test_names_are_put_out_however_they_are_written(name: str) -> None:
    """Short ones, ones without their accents, and ones that run on into another word."""
    mask = Mask.of(["Li_Wu", "Zoë Wonder", "李雷"], "wonderland")
    assert "someone" in mask.text(name)
    assert Mask.of(["ada"], "").text(name) == name
    assert mask.text("wonderland, limit, zone") == "wonderland, limit, zone"


def test_type_of_an_exception_is_told_if_it_is_pythons_own() -> None:
    """What it said and a type of the student's own may name him."""
    mask = Mask.of([], "")
    for raised, told_ in (("TypeError: by ada", "TypeError"), ("AdaError: x", "an exception")):
        masked = mask.report(wrong(remark=f"Your function raised {raised}"), "anon")
        assert masked.diagnosis.remark == f"Your function raised {told_}."


PRINTING = """
import jax, jax.numpy as jnp
print("loaded")
def custom_lift_forward(seed, x, n_copies, features):
    print("got", seed, [float(v) for v in x])
    if seed > 1000:
        raise ValueError(f"{seed} {x}")
    return jnp.zeros(features) + x[0]
"""


def test_pages_show_nothing_hidden(
    key: Key, sandbox: Sandbox, suite: Suite, tmp_path: Path
) -> None:
    """A program that prints and raises what it gets tells of public cases; of hidden ones nothing.

    Looked for in what it printed in all, the same numbers are found.
    """
    submission = Submission.of("a.py", PRINTING.encode())
    grading = grade_in_full(EXERCISE, submission, key, sandbox, suite)
    kept = keep(tmp_path / "out", {"a": grading.report}, {"a": behaviour(grading)}, {"a": PRINTING})
    text = "".join(written(kept, tmp_path / "html").values())
    hidden = [str(k.case.integer("seed")) for k in key.hidden]
    hidden += [str(float(v)) for k in key.hidden for v in k.case.array("x")]
    expected = [f"{v:.4g}" for k in key.hidden for v in k.expected]
    hidden = [number for number in hidden if len(number) > 3]  # shorter ones are on every page
    expected = [number for number in expected if len(number) > 3]
    assert [n for n in (*hidden, *expected) if n in text] == []
    assert "got 0 [-1.0, 0.0, 1.0, 2.0]" in text
    assert grading.run is not None
    assert all(n in grading.run.printed for n in hidden)


def test_compare_tells_who_lost_and_by_which_check(tmp_path: Path) -> None:
    """The greatest loss comes first; what did not change is counted; as text, JSON and HTML."""
    old = {"a": right(), "b": right(), "c": wrong("shared-key"), "d": right(), "x": right()}
    new = {"a": right(), "b": wrong("sum-not-mean"), "c": right(), "e": right(), "x": right()}
    before, after = keep(tmp_path / "old", old), keep(tmp_path / "new", new)
    found = compare(before, after)
    assert [(c.id, c.points) for c in found.changes] == [("b", -30), ("c", 30)]
    assert (found.lost, found.gained, found.unchanged) == (1, 1, 2)
    assert (found.only_before, found.only_after) == (("d",), ("e",))
    folders = [str(tmp_path / "old"), str(tmp_path / "new")]
    text = CliRunner().invoke(cli.main, ["compare", *folders]).output
    assert "b: 100 -> 70 (-30)\n    public-cases: passed -> failed (-30)" in text
    assert "newly found: sum-not-mean" in text
    data = CliRunner().invoke(cli.main, ["compare", *folders, "--format", "json"]).output
    assert msgspec.json.decode(data)["changes"][0]["checks"][0]["points"] == -30
    html = CliRunner().invoke(cli.main, ["compare", *folders, "--format", "html"]).output
    assert "<code>public-cases</code>: passed → failed (-30)" in html
    since = written(after, tmp_path / "html", since=before)
    assert "100 → 70 (-30)" in since["pages/b.html"]
    assert "Nothing has changed." in since["pages/a.html"]
    assert "It was not in the earlier run." in since["pages/e.html"]


def test_unnamed_answer_becomes_the_beginning_of_a_pitfall(
    results: Results, tmp_path: Path
) -> None:
    """What is written is valid Python and TOML, says what to fill in, and has the sample."""
    out = tmp_path / "new"
    arguments = ["pitfall", str(results.folder), "1", "--out", str(out), "--id", "odd-answer"]
    done = CliRunner().invoke(cli.main, arguments)
    assert done.exit_code == 0, done.output
    mutant = (out / "pitfall.py").read_text("utf-8")
    space: dict[str, object] = {}
    exec(compile(mutant, "pitfall.py", "exec"), space)  # noqa: S102  # ours
    assert space["PITFALL"].id == "odd-answer"  # type: ignore[attr-defined]
    faults = tomllib.loads((out / "faults.toml").read_text("utf-8"))["faults"]
    page = msgspec.convert(faults["odd-answer"], FaultPage)
    assert all("TO FILL IN" in part for part in msgspec.structs.astuple(page))
    assert "odd-answer" in tomllib.loads((out / "hints.toml").read_text("utf-8"))["where"]
    assert "2 submissions gave this answer" in (out / "README.md").read_text("utf-8")
    sample = (out / "sample/odd-answer/from_a_class.py").read_text("utf-8")
    assert "def custom_lift_forward" in sample
    assert "Zaphod" not in sample
    again = CliRunner().invoke(cli.main, arguments)
    assert again.exit_code == 2
    assert "is there already" in again.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "{empty}"], "holds no summary.json"),
        (["compare", "{empty}", "{empty}"], "holds no summary.json"),
        (["pitfall", "{class}", "7", "--out", "{empty}/x"], "no unnamed answer 7"),
        (["pitfall", "{class}", "1", "--out", "{empty}/x", "--id", "Odd One"], "no name"),
        (["pitfall", "{class}", "1", "--out", "{empty}/x", "--id", "shared-key"], "already"),
        (["pitfall", "{class}", "1", "--out", "{class}"], "is there already"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: list[str], said: str, results: Results, tmp_path: Path
) -> None:
    """Exit 2 and what is wrong, without a traceback."""
    places = {"empty": str(tmp_path), "class": str(results.folder)}
    done = CliRunner().invoke(cli.main, [a.format(**places) for a in arguments])
    assert done.exit_code == 2
    assert said in done.output
    assert len(done.output.splitlines()) == 1


def test_report_command_writes_beside_the_results(tmp_path: Path) -> None:
    """Named pages go beside the results, anonymous ones into a folder of their own."""
    reports = {"zed": right()}
    folder = keep(tmp_path / "out", reports).folder
    for option, place in ((["--anonymous"], "anonymous/index.html"), ([], "index.html")):
        done = CliRunner().invoke(cli.main, ["report", str(folder), *option])
        assert done.exit_code == 0, done.output
        assert (folder / place).is_file()
        assert str(folder / place) in done.output
    assert read(folder).summary.totals.submissions == 1


def test_long_source_is_cut_on_its_page(results: Results) -> None:
    """A page holds so many lines at most, and says how many more there are."""
    loaded = results.load("dent_arthur")
    long = type(loaded)("a", loaded.report, loaded.behaviour, ("x = 1",) * 1500)
    text = submission_page(long, "a", "t", None).decode()
    assert text.count("<li") == 1000
    assert "and 500 more lines" in text
