"""An article's text may hold anything; nothing of it but text reaches the page."""

import base64
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from analysis.display import drop_controls
from analysis.present.report.sanitise import render_markdown, render_png, render_table

ALLOWED = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "div", "p"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table></details><script src='https://example.org/x.js'></script>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src='https://example.org'></iframe>",
    "<td onclick=alert(1) style='background:url(https://example.org)'>",
    "<!-- <script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<math><mtext></table><img src=x onerror=alert(1)></mtext></math>",
    "<table><tr><td><table><tr><td>within</td></tr></table>",
    "<style>@import 'https://example.org/x.css'</style>",
    "<form action=https://example.org><input autofocus onfocus=alert(1)>",
    "\x00<\x00script>alert(1)</script>",
    "\u202egnp.exe",
    "<",
    "<td",
    "<td colspan='9999999999999999'>",
]


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("img", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def elements(html):
    parser = Elements()
    parser.feed(html)
    parser.close()
    assert parser.open == []  # nothing breaks out of its place on the page
    return parser.seen


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("shape", ["{}", "<table><tr><td>{}</td></tr></table>", "<table><thead><tr><th>a</th>{}"])
def test_only_table_elements_survive(text, shape):
    for tag, attributes in elements(render_table(shape.format(text))):
        assert tag in ALLOWED
        assert set(attributes) <= {"class", "role", "aria-label", "tabindex", "dir", "scope", "colspan", "rowspan"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_tables_text_is_shown_as_it_is(text):
    html = render_table(pd.DataFrame({"text": [text]}).to_html())
    assert {tag for tag, _ in elements(html)} <= ALLOWED
    shown = re.sub(r"\s+", " ", "".join(re.findall(r"<td[^>]*>([^<]*)</td>", html)))
    import html as entities

    assert entities.unescape(shown) == re.sub(r"\s+", " ", drop_controls(text))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("shape", ["{}", "# {}", "- {}", "| a |\n|---|\n| {} |", "`{}`", "```\n{}\n```", "*{}*"])
def test_markdown_lets_no_raw_html_through(text, trusted, shape):
    for tag, attributes in elements(render_markdown(shape.format(text), trusted=trusted)):
        assert tag not in {"script", "img", "svg", "iframe", "form", "input", "style", "math", "a", "details"}
        assert not [name for name in attributes if name.startswith("on")]


@pytest.mark.parametrize(
    "link",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](//example.org)",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        "[x]\n\n[x]: javascript:alert(1)",
        "![x](https://example.org/x.png)",
        '[x](https://example.org/"onclick=alert)',
    ],
)
def test_no_link_but_to_the_web_or_the_page(link):
    found = elements(render_markdown(link, trusted=True))
    assert not [tag for tag, _ in found if tag in ("a", "img")] or all(
        set(attributes) == {"href", "rel"} and attributes["href"].startswith("https://example.org/")
        for tag, attributes in found
        if tag == "a"
    )


def test_links_of_the_notebooks_own_prose():
    html = render_markdown(
        "[next](02_voices.ipynb) [paper](https://example.org/a?b=1&c=2) [gone](09.ipynb)",
        sections={"02_voices.ipynb": "notebook-02_voices"},
        trusted=True,
    )
    assert html == (
        '<p><a href="#notebook-02_voices">next</a> '
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">paper</a> gone</p>\n'
    )


def test_links_and_headings_of_an_output_are_text():
    assert render_markdown("# Big\n\n[x](https://example.org)") == "<p><strong>Big</strong></p>\n<p>x</p>\n"


def test_headings_stand_one_level_below_the_page():
    assert render_markdown("# a\n\n## b\n\n###### c", trusted=True) == "<h2>a</h2>\n<h3>b</h3>\n<h6>c</h6>\n"


def test_numbers_stand_on_the_right_and_words_on_the_left():
    table = pd.DataFrame({"outlet": ["A", "B"], "n": [1, 2], "score": [0.5, None], "note": ["3", "x"]})
    html = render_table(table.to_html())
    assert re.findall(r'<th scope="col"( class="number")? dir="auto">(\w*)</th>', html) == [
        ("", ""),
        ("", "outlet"),
        (' class="number"', "n"),
        (' class="number"', "score"),
        ("", "note"),
    ]
    assert '<td class="number" dir="auto">NaN</td>' in html


def test_columns_agree_where_a_header_spans_rows():
    table = pd.DataFrame({"n": [1, 2]}, index=pd.MultiIndex.from_tuples([("A", "own"), ("A", "quote")]))
    html = render_table(table.to_html())
    assert '<th rowspan="2" scope="row" dir="auto">A</th>' in html
    assert html.count('class="number"') == 3  # the header and two cells


def test_an_image_is_a_png_or_nothing():
    png = b"\x89PNG\r\n\x1a\n" + b"rest"
    encoded = base64.b64encode(png).decode()
    assert render_png(encoded, alternative='Chart: "x" <y>') == (
        f'<img src="data:image/png;base64,{encoded}" alt="Chart: &quot;x&quot; &lt;y&gt;">'
    )
    assert render_png('"><script>alert(1)</script>', alternative="") == ""
    assert render_png(base64.b64encode(b"<svg onload=alert(1)>").decode(), alternative="") == ""
