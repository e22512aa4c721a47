"""The class report in a real browser: it works by mouse and by keyboard, and lets nothing out."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exercise import EXERCISE
from grader.classreport.model import build
from grader.html.class_page import class_page
from grader.html.write import write
from grader.results.read import read
from tests.support.class_tools import answered, check, fault, keep, report, right, wrong
from tests.support.generated import multiply

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium here: make browser"),
    pytest.mark.xdist_group("browser"),  # one browser at a time
]
api = pytest.importorskip("playwright.sync_api", reason="there is no playwright here")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
MANY = 2_000
EVIL = (
    "</pre></code></textarea></title></style></script><script>window.harmed=1</script>"
    '<img src="https://evil.test/x" onerror="window.harmed=1"><a href="javascript:harmed=1">x</a>'
    "<svg onload=harmed=1><style>@import 'https://evil.test'</style>\" onfocus=\"harmed=1\" x='"
)
NAME = "evil-'-onclick=harmed"


def _results(folder: Path, hostile: bool) -> Path:
    """A small class with everything that a page can show."""
    source = "import jax\n\n\ndef custom_lift_forward(seed, x, n_copies, features):\n    return x\n"
    reports = {
        "ada": right(),
        "bob": wrong("shared-key", "sum-not-mean", line=5),
        "cem": wrong("sum-not-mean", line=5),
        "dee": wrong(remark="Every number of the answer is zero.", source="dee"),
        "eve": wrong(remark="Every number of the answer is zero.", source="eve"),
        "fay": report(
            [check("runs", 70, "skipped", "Why?"), check("public-cases", 30)], name="fay"
        ),
    }
    seen = dict.fromkeys(reports, answered(0, 1))
    sources = dict.fromkeys(reports, source)
    if hostile:
        checks = [check("runs", 70, "failed", EVIL), check("public-cases", 30, "failed", EVIL)]
        for id, faults in ((NAME, [fault("shared-key", EVIL, 1)]), ("worse", [])):
            reports[id] = report(
                checks, faults, name=f"{EVIL}.py", source=id, remark=EVIL, mismatches=1
            )
            seen[id] = type(seen["ada"])(printed={"public-1": (EVIL,)})
            sources[id] = f"x = 1  # {EVIL}\n{EVIL}\n"
    return keep(folder, reports, seen, sources).folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a small class's pages, with hostile submissions among them."""
    return _written(_results(tmp_path_factory.mktemp("small") / "out", hostile=True))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a class of thousands."""
    folder = tmp_path_factory.mktemp("large")
    many = multiply(_results(folder / "small", hostile=False), folder / "out", MANY)
    index = folder / "index.html"
    index.write_bytes(class_page(build(EXERCISE, read(many))))
    return index.as_uri()


def _written(folder: Path) -> str:
    return write(EXERCISE, read(folder), folder).as_uri()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser."""
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Any]:
    """Open an address in a new window; at the end nothing was said, thrown or asked for."""
    said: list[str] = []
    asked: list[str] = []
    windows = []

    def opened(address: str, scheme: str = "light", **options: Any) -> Any:
        window = chromium.new_context(color_scheme=scheme, **options)
        windows.append(window)
        page = window.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        return page

    yield opened
    for window in windows:
        window.close()
    assert said == []
    assert [url for url in asked if not url.startswith("file:")] == []


def visible(page: Any) -> list[str]:
    """The names in the list that are seen, in order."""
    rows = page.locator("#list tbody tr:not([hidden]) th")
    return [str(text) for text in rows.all_inner_texts()]


def test_list_is_sorted_by_a_click_and_by_the_keyboard(small: str, open_page: Any) -> None:
    """A heading sorts up, then down, and says so; numbers are sorted as numbers."""
    page = open_page(small)
    score = page.get_by_role("button", name="score")
    score.click()
    assert page.locator("#list [aria-sort=ascending]").inner_text().startswith("score")
    assert visible(page)[-1] == "ada"
    score.press("Enter")
    assert visible(page)[0] == "ada"
    assert page.locator("#list [aria-sort]").get_attribute("aria-sort") == "descending"


def test_list_is_searched_by_keyboard_and_opens_a_submission(small: str, open_page: Any) -> None:
    """`/`, some letters, an arrow and Enter: the submission's page; Escape shows all again."""
    page = open_page(small)
    page.keyboard.press("/")
    page.keyboard.type("fault:sum-not-mean c")
    api.expect(page.locator("#found")).to_have_text("1 of 8")
    assert visible(page) == ["cem"]
    page.keyboard.press("Escape")
    assert len(visible(page)) == 8
    page.keyboard.type("bob")
    api.expect(page.locator("#found")).to_have_text("1 of 8")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/bob.html")
    assert page.locator("h1").inner_text() == "bob"
    assert "one key for all copies" in page.locator("#line-5").inner_text()


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ("#overview .histogram a >> nth=-1", ["ada"]),
        ("#overview table a >> nth=0", None),
        ("#misconceptions article:has(code:text-is('sum-not-mean')) header a", ["bob", "cem"]),
        ("#map svg.map a >> nth=0", ["ada"]),
    ],
)
def test_everything_leads_to_submissions(
    link: str, names: list[str] | None, small: str, open_page: Any
) -> None:
    """A bar, a status, a fault and a band of the map each narrow the list down."""
    page = open_page(small)
    page.locator(link).click()
    assert visible(page) == (names or sorted(visible(page), key=str))
    assert page.locator("#find").input_value() != ""
    assert page.locator("#list").is_visible()


def test_clusters_lead_to_their_submissions(small: str, open_page: Any) -> None:
    """Two that share an answer stand together, with links to each."""
    page = open_page(small)
    card = page.locator("#answer-1")
    assert "2 submissions share this answer" in card.inner_text()
    assert card.locator("header a").all_inner_texts() == ["dee", "eve"]


def test_page_reads_without_javascript(small: str, open_page: Any) -> None:
    """Without it all is there but the search, which is not shown."""
    page = open_page(small, java_script_enabled=False)
    assert page.locator("#list tbody tr").count() == 8
    assert not page.locator("#find").is_visible()
    page.locator("#list a >> nth=0").click()
    page.wait_for_url("**/pages/*.html")


def test_list_is_read_on_a_telephone(small: str, open_page: Any) -> None:
    """The page is as wide as a narrow window, and no score or status is broken into pieces."""
    page = open_page(small, viewport={"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    broken = """cells => cells.filter(cell => {
      const text = document.createRange();
      text.selectNodeContents(cell);
      return text.getClientRects().length > 1;
    }).length"""
    assert page.locator("#list td:nth-child(-n+3)").evaluate_all(broken) == 0


def test_hostile_text_makes_no_element_and_no_request(small: str, open_page: Any) -> None:
    """Names, sources, messages and prints that look like HTML are read as they were written."""
    folder = small.removesuffix("index.html")
    for address in (
        small,
        f"{folder}pages/evil-%27-onclick%3Dharmed.html",
        f"{folder}pages/worse.html",
    ):
        page = open_page(address)
        assert page.evaluate("window.harmed") is None
        assert page.locator("img, iframe, object, embed, link, form").count() == 0
        assert page.locator("script").count() == int(address == small)
        assert page.locator("style").count() == 1
        odd = "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
        names = page.evaluate(f"{odd}.filter(a => /^on|^style$|^src/.test(a.name)).length")
        assert names == 0
        assert (
            page.evaluate(f"{odd}.filter(a => /javascript:|evil.test/.test(a.value)).length") == 0
        )
        assert "&lt;/" in page.content()


def test_policy_holds_what_escaping_would_let_through(
    small: str, chromium: Any, tmp_path: Path
) -> None:
    """A page into which the same text is put unescaped runs none of it: the search can fail."""
    page_file = tmp_path / "page.html"
    text = Path(small.removeprefix("file://")).read_text("utf-8")
    page_file.write_text(text.replace("<main>", f"<main>{EVIL}"), "utf-8")
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    assert page.locator("img").count() == 1
    assert page.evaluate("window.harmed") is None
    assert any("Content Security Policy" in line for line in said)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["index.html", "pages/bob.html", "pages/ada.html"])
def test_page_is_accessible(place: str, scheme: str, small: str, open_page: Any) -> None:
    """axe-core finds nothing, in either scheme."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = open_page(small.replace("index.html", place), scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = axe.run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []


def test_axe_can_find_something(small: str, open_page: Any) -> None:
    """A picture without words is noticed."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = open_page(small)
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert "image-alt" in [v["id"] for v in axe.run(page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_schemes_differ(scheme: str, small: str, open_page: Any) -> None:
    """The page follows the reader's choice of light and dark."""
    page = open_page(small, scheme)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper[4:-1].split(","))) > 382) == (scheme == "light")


def test_thousands_stay_few_elements_and_are_searched(large: str, open_page: Any) -> None:
    """The map does not grow with the class; sorting and finding go through the whole list."""
    page = open_page(large)
    assert page.locator("#list tbody tr").count() == MANY
    assert page.locator("#map svg *").count() < 500
    assert page.evaluate("document.querySelectorAll('*').length") < 10 * MANY
    page.locator("#find").fill("student-1999")
    api.expect(page.locator("#found")).to_have_text(f"1 of {MANY}", timeout=30_000)
    page.get_by_role("button", name="submission").click()
    page.get_by_role("button", name="submission").click()
    page.locator("#all").click()
    assert page.locator("#list tbody th").first.inner_text() == "student-1999"
