"""All repairs together: what a corpus gives, and what is put down."""

import json
import time

from corpus.reading.test_articles import read_with_problems, write

from analysis import read_articles
from analysis.corpus.reading.repairs.repairs import SHOWN, repair_text, show_change


def test_a_text_that_nothing_happened_to_is_the_same_object():
    text = "The mill burned. “We saw it,” she said.\n\nThey left."
    assert repair_text(text)[0] is text
    assert repair_text(text)[1:] == ([], {})


def test_each_kind_is_a_row_of_its_own(tmp_path):
    rows = [
        {"id": "a", "outlet": "X", "title": "Mill &amp; quay", "text": "<p>Itâ€™s over.</p><p>They left.</p>"},
        {"id": "b", "outlet": "Y", "text": "They met. They left."},
    ]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    articles = read_articles(tmp_path)
    assert articles["text"].tolist() == ["It’s over.\nThey left.", "They met. They left."]
    assert articles["title"].tolist()[0] == "Mill & quay"
    assert articles.attrs["corrections"] == [
        {"kind": "repair", "article": "a", "what": "markup", "n": 4,
         "before": "<p>Itâ€™s over.</p><p>They left.</p>", "after": "Itâ€™s over. ¶ They left."},
        {"kind": "repair", "article": "a", "what": "mojibake", "n": 1,
         "before": "Itâ€™s over. ¶ They left.", "after": "It’s over. ¶ They left."},
        {"kind": "repair", "article": "a", "what": "markup in the title", "n": 1,
         "before": "Mill &amp; quay", "after": "Mill & quay"},
    ]  # fmt: skip


def test_nothing_is_mended_where_nothing_is_to_be(tmp_path):
    (tmp_path / "a.csv").write_text("outlet,text\nX,<p>Itâ€™s over.</p>\n", encoding="utf-8")
    articles = read_articles(tmp_path, repair=False)
    assert articles["text"].tolist() == ["<p>Itâ€™s over.</p>"]
    assert articles.attrs["corrections"] == []


def test_a_text_that_is_nothing_but_markup_is_a_problem(tmp_path):
    folder = write(tmp_path, a__csv="outlet,text\nX,<p><img src='mill.png'></p>\nY,They met.\n")
    articles, problems = read_with_problems(folder)
    assert articles["outlet"].tolist() == ["Y"]
    assert problems == ["row 1 of 'a.csv' has no words; expected the article's text"]


def test_the_example_begins_before_the_first_change_and_is_short():
    before, after = show_change("word " * 100 + "itâ€™s over", "word " * 100 + "it’s over")
    assert "itâ€™s" in before
    assert "it’s" in after
    assert max(map(len, show_change("a" * 500, "a" * 100 + "b" * 500))) == SHOWN


def test_ten_megabytes_of_clean_text_take_no_time():
    text = "The mill on the quay burned. “We saw it,” Ana Ruiz said – it’s over.\n" * 150_000
    start = time.perf_counter()
    assert repair_text(text)[0] is text
    assert time.perf_counter() - start < 5


def test_each_repair_of_a_title_shows_what_it_changed(tmp_path):
    titles = ["R&amp;D itâ€™s", "Trade &ASX; prices"]
    rows = [{"id": str(n), "outlet": "X", "title": title, "text": "They met."} for n, title in enumerate(titles)]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    articles = read_articles(tmp_path)
    assert articles["title"].tolist() == ["R&D it’s", "Trade &ASX; prices"]
    assert [(row["article"], row["before"], row["after"]) for row in articles.attrs["corrections"]] == [
        ("0", "R&amp;D itâ€™s", "R&D itâ€™s"),
        ("0", "R&D itâ€™s", "R&D it’s"),
    ]
