"""Tables as news interfaces and databases export them: where the records are, and what is no article in them."""

import json

import pytest
from corpus.reading.test_articles import TEXT_NAMES, dates_of, read_with_problems, refusal, write

from analysis import read_articles


def export(tmp_path, value) -> object:
    return write(tmp_path, a__json=json.dumps(value)) / "a.json"


def news(*contents: str | None) -> dict:
    """An answer of NewsAPI."""
    articles = [
        {
            "source": {"id": None, "name": "BBC News"}, "author": "A. Smith", "title": "Pact", "description": "A lead.",
            "url": f"https://example.org/{number}", "publishedAt": "2024-06-19T10:00:00Z", "content": content,
        }
        for number, content in enumerate(contents)
    ]  # fmt: skip
    return {"status": "ok", "totalResults": len(articles), "articles": articles}


def test_an_answer_of_newsapi(tmp_path):
    articles = read_articles(export(tmp_path, news("They signed.", "They met.")))
    assert articles["text"].tolist() == ["They signed.", "They met."]
    assert articles["outlet"].tolist() == ["BBC News"] * 2
    assert articles["title"].tolist() == ["Pact"] * 2
    assert dates_of(articles) == ["2024-06-19 10:00:00"] * 2
    assert articles["source"].tolist() == ["a.json row 1", "a.json row 2"]


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (["They signed… [+1234 chars]"],
         "1 of 1 article of 'a.json' is cut off by its source ('[+1234 chars]' in row 1); expected whole texts"),
        (["They met.", "They signed… [+1234 chars]\r\n", "They left ... [56 chars]"],
         "2 of 3 articles of 'a.json' are cut off by their source ('[+1234 chars]' in row 2); expected whole texts"),
    ],
)  # fmt: skip
def test_texts_that_their_source_cut_off_are_read_and_said_to_be(tmp_path, contents, sentence):
    articles, problems = read_with_problems(export(tmp_path, news(*contents)))
    assert problems == [sentence]
    assert articles["text"].tolist() == contents
    assert articles.attrs["problems"][0]["source"] == "a.json"


@pytest.mark.parametrize("text", ["He wrote [+1234 chars] and more.", "[+1234 chars] he wrote", "[chars]", "+12 chars"])
def test_a_text_that_speaks_of_characters_is_whole(tmp_path, text):
    assert read_articles(export(tmp_path, news(text)))["text"].tolist() == [text]


def test_texts_that_a_source_withholds_are_problems(tmp_path):
    contents = ["They signed.", "[Removed]", "ONLY AVAILABLE IN PAID PLANS", None, "https://example.org/a", "Removed"]
    articles, problems = read_with_problems(export(tmp_path, news(*contents)))
    assert problems == [
        "row 2 of 'a.json' has '[Removed]' for its text; expected the article's text",
        "row 3 of 'a.json' has 'ONLY AVAILABLE IN PAID PLANS' for its text; expected the article's text",
        "row 4 of 'a.json' has no words; expected the article's text",
        "row 5 of 'a.json' has a link for its text, and Parallax downloads nothing; expected the article's text",
    ]
    assert articles["text"].tolist() == ["They signed.", "Removed"]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {"articles": rows},
        lambda rows: {"status": "success", "results": rows},
        lambda rows: {"pagination": {"limit": 2}, "data": rows},
        lambda rows: {"response": {"status": "ok", "docs": rows}},
        lambda rows: {"articles": {"results": rows, "page": 1}},
        lambda rows: {"took": 3, "hits": {"total": 2, "hits": [{"_id": "x", "_source": row} for row in rows]}},
        lambda rows: {"data": ["en"], "items": rows},
    ],
)
def test_records_are_found_where_interfaces_put_them(tmp_path, wrap):
    rows = [
        {"source": {"uri": "bbc.com", "title": "BBC"}, "body": "One", "pubDate": "2024-06-19 10:00:00"},
        {"body": "Two"},
    ]
    articles = read_articles(export(tmp_path, wrap(rows)))
    assert articles["text"].tolist() == ["One", "Two"]
    assert articles["outlet"].tolist() == ["BBC", "A"]
    assert dates_of(articles) == ["2024-06-19 10:00:00", "missing"]


def test_an_answer_of_the_guardian(tmp_path):
    result = {
        "id": "world/2024/jun/19/pact", "webTitle": "Pact", "webPublicationDate": "2024-06-19T10:00:00Z",
        "fields": {"bodyText": "They signed.", "body": "<p>They signed.</p>", "publication": "The Guardian"},
    }  # fmt: skip
    articles = read_articles(export(tmp_path, {"response": {"status": "ok", "results": [result]}}))
    row = articles.loc[0, ["article", "outlet", "title", "text"]].tolist()
    assert row == ["world/2024/jun/19/pact", "The Guardian", "Pact", "They signed."]
    assert dates_of(articles) == ["2024-06-19 10:00:00"]


def test_an_object_with_a_text_is_an_article_whatever_else_it_lists(tmp_path):
    article = {"maintext": "They signed.", "data": [{"text": "A caption"}]}
    assert read_articles(export(tmp_path, article))["text"].tolist() == ["They signed."]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"status": "ok", "results": []}, "'a.json' holds no article; expected at least one row"),
        ({"status": "error", "message": "no key"},
         f"'a.json' has no column with the articles' text; it has 'status', 'message', expected {TEXT_NAMES}"),
        ({"data": {"data": {"data": {"data": {"data": [{"text": "Too deep"}]}}}}},
         f"'a.json' has no column with the articles' text; it has 'data', expected {TEXT_NAMES}"),
    ],
)  # fmt: skip
def test_an_answer_without_articles(tmp_path, value, sentence):
    path = export(tmp_path, value)
    assert refusal(path) == f"no article of '{path}' could be read: {sentence}"


# tsv


def test_tsv_is_told_apart_by_tabs_whatever_its_header_holds(tmp_path):
    table = 'id\ta, b, c; d\ttext\n1\tx\tOne, two\n2\ty\t"Three\tfour\n""five"""\n'
    articles = read_articles(write(tmp_path, a__tsv=table))
    assert articles["text"].tolist() == ["One, two", 'Three\tfour\n"five"']
    assert articles["source"].tolist() == ["a.tsv row 1", "a.tsv row 2"]


def test_tsv_of_another_delimiter_has_no_text(tmp_path):
    assert refusal(write(tmp_path, a__tsv="id,text\n1,One\n") / "a.tsv").endswith(
        f"'a.tsv' has no column with the articles' text; it has 'id,text', expected {TEXT_NAMES}"
    )


@pytest.mark.parametrize("first", ["sep=;", "SEP=;\r", '"sep=;"', "\ufeffsep=;", "sep=;,,"])
def test_the_first_line_of_excel_names_the_separator(tmp_path, first):
    folder = write(tmp_path, a__csv=f"{first}\noutlet;text\nPost;They met, and left.\n")
    assert read_articles(folder)[["outlet", "text", "source"]].to_numpy().tolist() == [
        ["Post", "They met, and left.", "a.csv row 1"]
    ]


def test_a_column_may_be_called_sep(tmp_path):
    assert read_articles(write(tmp_path, a__csv="sep,text\n1,They met.\n"))["text"].tolist() == ["They met."]
