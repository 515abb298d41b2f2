"""The page holds what the notebooks show, and nothing that could run, load or break out."""

import base64
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.present.report.page import find_title, render_notebook, render_page

HOSTILE = (
    '<script>alert(1)</script></details></pre></section></main><img src=x onerror=alert(1)>"onload="alert(1) '
    "{{ 7 * 7 }} {% raw %} [x](javascript:alert(1)) ![y](https://example.org/y.png) \x00\x1b\u202egnp.exe"
)
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


def show(data, **more):
    return new_output("display_data", data=data, **more)


def make_notebook(*cells, title="What?"):
    setup = [
        new_markdown_cell(f"# {title}\n\nWhy this is asked."),
        new_code_cell("import pandas as pd"),
        new_code_cell("CORPUS = '../seeds'", metadata={"tags": ["parameters"]}),
        new_code_cell("CORPUS = '/x'", metadata={"tags": ["injected-parameters"]}),
    ]
    return new_notebook(cells=[*setup, *cells])


def render(*outputs, source="code()"):
    html = str(render_notebook(make_notebook(new_code_cell(source, outputs=list(outputs))), {}))
    return html.partition("</details>\n")[2]


def test_the_title_the_imports_and_the_parameters_are_not_repeated():
    html = str(render_notebook(make_notebook(), {}))
    assert html == "<p>Why this is asked.</p>\n"
    assert find_title(make_notebook(title="*Whose* words?")) == "Whose words?"
    assert find_title(new_notebook()) is None


def test_code_is_folded_away():
    html = str(render_notebook(make_notebook(new_code_cell("a < b")), {}))
    assert html.endswith("<details>\n<summary>Code</summary>\n<pre><code>a &lt; b</code></pre>\n</details>\n")


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        (new_output("stream", name="stdout", text="one\ntwo\n"), ["one", "two"]),
        (new_output("stream", name="stderr", text="a warning with a path"), []),
        (show({"text/plain": "'A sentence it\\'s.'"}), ["A sentence it's."]),
        (show({"text/plain": "5"}), ["5"]),
        (show({"text/plain": "<Axes: title={'center': 'x'}>"}), []),
        (show({"text/plain": "<Figure size 640x480 with 1 Axes>"}), []),
        (show({"text/plain": "<object object at 0x7f00>"}), []),
        (show({"text/plain": "None"}), []),
        (new_output("error", ename="ValueError", evalue="no", traceback=["/a/path"]), ["Failed with ValueError: no"]),
    ],
)
def test_text_outputs(output, shown):
    assert re.findall(r">([^<>\n]+)</p>", render(output).replace("&#x27;", "'")) == shown


def test_text_aligned_in_columns_keeps_its_columns():
    assert render(new_output("stream", name="stdout", text="a    1\nbb   2\n")) == (
        '<pre class="output" dir="auto">a    1\nbb   2</pre>\n'
    )


def test_a_chart_is_described_by_the_heading_above_it():
    chart = new_code_cell("plot()", outputs=[show({"image/png": PNG, "text/plain": "<Figure>"})])
    notebook = make_notebook(new_markdown_cell("Some prose.\n\n## How many?\n\nMore."), chart)
    assert f'<figure><img src="data:image/png;base64,{PNG}" alt="Chart: How many?"></figure>' in str(
        render_notebook(notebook, {})
    )
    assert 'alt="Chart: What?"' in str(render_notebook(make_notebook(chart), {}))


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.elements, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def check_page(html):
    """What must be true of every page, whatever the articles say."""
    page = Page()
    page.feed(html)
    page.close()
    tags = [tag for tag, _ in page.elements]
    assert not set(tags) & {"script", "iframe", "object", "embed", "form", "input", "svg", "base", "template"}
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "action", "srcset", "poster", "data"):
            if attributes.get(name):
                assert {"a": "href", "img": "src", "link": "href"}[tag] == name
                allowed = r"data:(image/png;base64,[A-Za-z0-9+/=]+|,)|#[\w-]+|(tables|notebooks)/[\w%.-]+"
                assert re.fullmatch(allowed, attributes[name]), attributes[name]
    assert [tags.count(tag) for tag in ("html", "body", "main", "h1")] == [1, 1, 1, 1]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False))
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    links = [attributes["href"][1:] for tag, attributes in page.elements if attributes.get("href", "").startswith("#")]
    assert set(links) <= set(identifiers)
    policy = [attributes["content"] for _, attributes in page.elements if "http-equiv" in attributes]
    assert policy[0].startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", html)
    assert dict(page.elements)["html"] == {"lang": "en"}
    return page


OUTLET = {"outlet": "A", "articles": 1, "words": 1200, "first": "2024-06-19", "last": "2024-06-20"}
OUTLETS = pd.DataFrame([OUTLET | {"undated": 0, "agencies": ""}])
PROBLEMS = pd.DataFrame({"source": [], "problem": []})


def make_page(notebooks, *, outlets=OUTLETS, problems=PROBLEMS, event="", events=1, selection=""):
    tables = {"articles": "one row per article"}
    return render_page(
        notebooks,
        outlets=outlets,
        problems=problems,
        event=event,
        events=events,
        selection=selection,
        tables=tables,
        written={name: ("csv", "parquet") for name in [*tables, "problems"]},
        version="1",
    )


def test_hostile_text_stays_text_wherever_it_stands():
    frame = pd.DataFrame({HOSTILE: [HOSTILE]}, index=[HOSTILE])
    with pd.option_context("display.max_colwidth", None):
        outputs = [
            new_output("stream", name="stdout", text=HOSTILE),
            new_output("stream", name="stdout", text=HOSTILE + "\n" + "a    b"),
            new_output("error", ename=HOSTILE, evalue=HOSTILE, traceback=[]),
            show({"text/html": frame.to_html()}),
            show({"text/html": frame.to_html(escape=False)}),
            show({"text/html": HOSTILE}),
            show({"text/markdown": HOSTILE}),
            show({"text/plain": repr(HOSTILE)}),
            show({"text/plain": HOSTILE}),
            show({"image/png": PNG}),
            show({"image/png": HOSTILE}),
            show({"image/svg+xml": "<svg onload=alert(1)/>", "text/plain": "chart"}),
            show({"application/javascript": "alert(1)"}),
        ]
    notebook = make_notebook(
        new_markdown_cell(f"## {HOSTILE}\n\n{HOSTILE}"), new_code_cell(HOSTILE, outputs=outputs), title=HOSTILE
    )
    html = make_page(
        {"01_corpus": notebook},
        outlets=OUTLETS.assign(outlet=HOSTILE, agencies=HOSTILE, first=HOSTILE, last=HOSTILE),
        problems=pd.DataFrame({"source": [HOSTILE], "problem": [HOSTILE]}),
        event=HOSTILE,
        selection=HOSTILE,
    )
    page = check_page(html)
    assert "".join(page.text).count("alert(1)") > 30
    assert "{{ 7 * 7 }}" in "".join(page.text)


def test_what_was_read_and_what_was_not():
    html = make_page(
        {"01_corpus": make_notebook()},
        problems=pd.DataFrame({"source": ["x.bin"], "problem": ["not one of txt"]}),
        event="the pact",
    )
    page = check_page(html)
    text = re.sub(r"\s+", " ", "".join(page.text))
    assert "1 article by 1 outlet. 1 thing in the corpus could not be read or used." in text
    assert "x.bin: not one of txt" in text
    assert "Event: the pact" in text
    assert "1,200" in text and "2024-06-19 to 2024-06-20" in text
    text = "".join(check_page(make_page({"01_corpus": make_notebook()})).text)
    assert "Everything in the corpus could be read." in text
    assert "Event:" not in text


def test_what_was_left_aside_was_not_said():
    sentence = "Event x: 2 of 4 articles; 1 other event is left aside."
    html = make_page({"01_corpus": make_notebook()}, selection=sentence)
    check_page(html)
    assert html.index('id="read"') < html.index(f"<p>{sentence}</p>") < html.index("<table>")


@pytest.mark.parametrize(
    ("unread", "shown", "more"), [(20, 20, ""), (21, 20, "and 1 more"), (20_000, 20, "and 19,980 more")]
)
def test_twenty_thousand_bad_rows_filled_the_page(unread, shown, more):
    problems = pd.DataFrame({"source": ["x.csv"] * unread, "problem": [f"row {i} has no text" for i in range(unread)]})
    html = make_page({"01_corpus": make_notebook()}, problems=problems)
    check_page(html)
    assert html.count("has no text") == shown
    assert f"{unread:,} things</a> in the corpus could not be read or used." in html
    assert (f'{more}, listed in <a href="tables/problems.csv">' in html) == bool(more)


@pytest.mark.parametrize(
    ("number", "articles", "events", "title"),
    [
        (1, 1, 1, "How one article told an event"),
        (1, 3, 1, "How one outlet told an event"),
        (1, 3, 2, "How one outlet told 2 events"),
        (2, 1, 1, "How two articles told the same event"),
        (2, 3, 1, "How two outlets told the same event"),
        (12, 3, 1, "How 12 outlets told the same event"),
        (2, 1, 2, "How two articles told 2 events"),
        (4, 15, 20, "How four outlets told 20 events"),
        (4, 1500, 2000, "How four outlets told 2,000 events"),
    ],
)
def test_the_title_counts_outlets_and_says_articles_where_each_has_one(number, articles, events, title):
    outlets = pd.concat([OUTLETS.assign(articles=articles)] * number, ignore_index=True)
    html = make_page({}, outlets=outlets, events=events)
    assert f"<h1>{title}</h1>" in html
    assert f"<title>{title}</title>" in html


def test_the_answer_of_each_notebook_stands_at_the_top():
    cell = new_code_cell("print(…)", outputs=[new_output("stream", text="All <b>agree</b>.\n")])
    notebook = new_notebook(cells=[new_markdown_cell("# Who?"), cell])
    html = make_page({"01_corpus": notebook})
    assert html.index("All &lt;b&gt;agree&lt;/b&gt;.") < html.index('<h2 id="notebook-01_corpus-title">')
    assert html.count("All &lt;b&gt;agree&lt;/b&gt;.") == 2


def test_contents_sections_and_files_are_linked():
    page = check_page(make_page({"01_corpus": make_notebook(), "02_my voices": make_notebook(title="Whose words?")}))
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links == [
        "#content",
        "#notebook-01_corpus",
        "#notebook-02_my-voices",
        "#files",
        "tables/codebook.csv",
        "tables/articles.csv",
        "tables/articles.parquet",
        "notebooks/01_corpus.ipynb",
        "notebooks/02_my%20voices.ipynb",
    ]
