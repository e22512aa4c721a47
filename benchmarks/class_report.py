"""The class report of a large class: what it costs to write, and to open and search in Chromium.

python -m benchmarks.class_report RESULTS [COUNT]

RESULTS is a folder of `grader bulk`; its submissions are copied under COUNT ids.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from exercise import EXERCISE
from grader.html.write import write
from grader.results.read import read
from tests.html.test_browser import FLAGS
from tests.support.generated import multiply

ROUNDS = 5
PAINTED = "new Promise(f => requestAnimationFrame(() => setTimeout(() => f(performance.now()))))"
FIND = """async () => {
  const began = performance.now();
  const find = document.getElementById("find");
  find.value = "score:60";
  find.dispatchEvent(new Event("input"));
  const found = document.getElementById("found"), before = found.textContent;
  while (found.textContent === before) await new Promise(f => setTimeout(f, 1));
  await new Promise(f => requestAnimationFrame(() => setTimeout(f)));
  return performance.now() - began;
}"""
SORT = """async () => {
  const began = performance.now();
  document.querySelectorAll("#list thead button")[1].click();
  await new Promise(f => requestAnimationFrame(() => setTimeout(f)));
  return performance.now() - began;
}"""


def opened(browser: Browser, address: str) -> dict[str, float]:
    """Milliseconds until the page is painted, and until a search and a sorting are."""
    page = browser.new_page()
    page.goto(address, wait_until="load")
    took = {"open": page.evaluate(PAINTED), "find": page.evaluate(FIND)}
    page.locator("#all").click()
    took["sort"] = page.evaluate(SORT)
    page.close()
    return took


def main() -> None:
    """Measure, and print medians."""
    if len(sys.argv) < 2:
        sys.exit("RESULTS is missing: python -m benchmarks.class_report RESULTS [COUNT]")
    small, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = multiply(small, Path(folder) / "out", count)
        began = time.process_time()
        index = write(EXERCISE, read(out), out)
        print(f"{count} submissions: {time.process_time() - began:.1f} s CPU for all pages")
        print(f"index.html: {index.stat().st_size / 1e6:.2f} MB")
        chromium = shutil.which("chromium") or "chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        rounds = [opened(browser, index.as_uri()) for _ in range(ROUNDS)]
        for what in rounds[0]:
            middle = statistics.median(each[what] for each in rounds)
            print(f"{what}: {middle:.0f} ms (median of {ROUNDS})")
        browser.close()


if __name__ == "__main__":
    main()
