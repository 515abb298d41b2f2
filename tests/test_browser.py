"""The report in a real browser: nothing loads, nothing runs, nothing sticks out of a telephone's screen."""

import os
import shutil
from pathlib import Path

import pytest

from analysis.present.report.report import write_report

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).parents[1] / "seeds"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HOSTILE = (
    "<script>alert(1)</script><img src=https://example.org/x.png onerror=alert(1)></details></table> said he. "
    '"\u202eReversed </section><svg onload=alert(1)> words," she told [us](javascript:alert(1)). '
    f"A word of {'x' * 400} letters. ![y](https://example.org/y.png) {{{{ 7 * 7 }}}} =HYPERLINK(1) \x1b[31m\n"
)


@pytest.fixture(scope="module")
def browser():
    found = [path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))]
    if not found:
        reason = "no browser: install chromium, chromium-browser or google-chrome to run this test"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found[0], args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """The report of the seeds and of two hostile articles, which are long and short."""
    folder = tmp_path_factory.mktemp("browser")
    corpus = folder / "corpus"
    corpus.mkdir()
    for path in SEEDS.glob("*.txt"):
        shutil.copy(path, corpus)
    for outlet in ("<b onclick=alert(1)>Outlet & Sons</b>", "\u202eOutlet"):
        sub_folder = corpus / outlet.replace("/", "\u2215")
        sub_folder.mkdir()
        (sub_folder / "article.txt").write_text(HOSTILE * 3, encoding="utf-8")
    (corpus / "<img src=x onerror=alert(1)>.bin").write_bytes(b"\x00")
    with pytest.warns(UserWarning):
        return write_report(corpus, out=folder / "report")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_opens_offline_and_fits(browser, page_file, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    errors, requests, dialogs = [], [], []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(page_file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    page.wait_for_load_state("networkidle")
    assert errors == []
    assert dialogs == []
    assert [url for url in requests if not url.startswith("data:")] == [page_file.as_uri()]
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.scripts.length") == 0
    broken = "[...document.images].filter(image => !image.naturalWidth || image.getBoundingClientRect().width > 701)"
    assert page.evaluate(f"{broken}.length") == 0
    assert page.evaluate("document.images.length") > 0
    assert page.evaluate("[...document.images].every(image => image.alt.startsWith('Chart'))")
    page.close()


def test_links_lead_to_what_is_there(browser, page_file):
    page = browser.new_page()
    page.goto(page_file.as_uri())
    links = page.evaluate("[...document.querySelectorAll('a')].map(link => link.getAttribute('href'))")
    missing = [
        link for link in links if not link.startswith(("#", "https://")) and not (page_file.parent / link).exists()
    ]
    assert missing == []
    anchors = [link for link in links if link.startswith("#")]
    assert page.evaluate("links => links.every(link => document.getElementById(link.slice(1)))", anchors)
    page.close()
