import pytest

from analysis import read_articles
from analysis.corpus.reading.repairs.front_matter import take_front_matter

BODY = "The mill burned for two days.\nIt fell.\n"
BLOCK = "---\ntitle: Mill burns\nauthor: Tom Odell\nurl: https://post.example/mill\ndate: 2024-05-01\n---\n"


def test_the_block_goes_and_says_what_it_says():
    facts, text = take_front_matter("\ufeff" + BLOCK + "\n" + BODY)
    assert text == BODY
    assert facts == {
        "title": "Mill burns", "byline": "Tom Odell", "url": "https://post.example/mill", "published": "2024-05-01",
    }  # fmt: skip


def test_toml_and_quoted_values_and_lists():
    block = '+++\ntitle = "Mill: a fire"\ndate = 2024-05-01\ntags = ["fire"]\n+++\n'
    assert take_front_matter(block + BODY) == ({"title": "Mill: a fire", "published": "2024-05-01"}, BODY)
    block = "---\ntitle: 'Mill'\ntags:\n  - fire\n  - mill\nauthors: [Tom]\n---\n"
    assert take_front_matter(block + BODY) == ({"title": "Mill"}, BODY)


def test_a_source_is_an_address_or_an_outlet():
    assert take_front_matter("---\nsource: https://post.example/mill\n---\n")[0] == {"url": "https://post.example/mill"}
    assert take_front_matter("---\nsource: Northvale Post\n---\n")[0] == {"site": "Northvale Post"}


@pytest.mark.parametrize(
    "text",
    [
        BODY, "---\nMill burns\n---\n" + BODY, "---\nHe said: no\n---\n" + BODY, "---\ntitle: Mill\n" + BODY,
        "-- \ntitle: Mill\n--\n" + BODY, "They met.\n" + BLOCK + BODY, "---\n---\n" + BODY, "",
    ],
)  # fmt: skip
def test_what_is_no_front_matter_stays(text):
    assert take_front_matter(text) == ({}, text)


def test_a_block_must_end_within_its_lines():
    assert take_front_matter("---\n" + "title: a\n" * 200 + "---\n" + BODY)[1] == BODY
    longer = "---\n" + "title: a\n" * 201 + "---\n" + BODY
    assert take_front_matter(longer) == ({}, longer)


def test_an_article_with_front_matter(tmp_path):
    (tmp_path / "a.txt").write_text(BLOCK.replace("date:", "sitename: Northvale Post\ndate:") + BODY)
    articles = read_articles(tmp_path)
    assert articles.loc[0, ["outlet", "title", "byline", "url", "text"]].tolist() == [
        "Northvale Post", "Mill burns", "Tom Odell", "https://post.example/mill", BODY,
    ]  # fmt: skip
    assert str(articles["published"][0]) == "2024-05-01 00:00:00"
    (said,) = articles.attrs["corrections"]
    assert said["what"] == "front matter"
    assert said["before"].startswith("--- ¶ title: Mill burns")


def test_a_folder_named_after_the_outlet_comes_before_what_front_matter_names(tmp_path):
    (tmp_path / "echo").mkdir()
    (tmp_path / "echo" / "a.txt").write_text(BLOCK.replace("date:", "sitename: Northvale Post\ndate:") + BODY)
    assert read_articles(tmp_path)["outlet"].tolist() == ["echo"]


HEADED = "Title: Mill burns: two days\nDate: 2024-05-01\nSource: The Echo\nAuthor: Tom Odell\n\nThe mill burned.\n"


def test_fields_above_a_text_are_taken_off_where_all_are_known_and_one_is_a_title():
    facts, text = take_front_matter(HEADED)
    assert text == "The mill burned.\n"
    assert facts == {
        "title": "Mill burns: two days", "published": "2024-05-01", "site": "The Echo", "byline": "Tom Odell"
    }  # fmt: skip
    assert take_front_matter(HEADED.replace("\n", "\r\n"))[1] == "The mill burned.\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "Title: Mill burns\nDate: 2024-05-01\n\nThe mill burned.",
        HEADED.replace("Title", "Analysis"),
        HEADED.replace("Source", "Ruiz"),
        HEADED.replace("\n\n", "\n"),
        "Date: 2024-05-01\nSource: The Echo\nAuthor: Tom Odell\n\nThe mill burned.",
    ],
)
def test_a_line_with_a_colon_above_a_text_is_no_field(text):
    assert take_front_matter(text) == ({}, text)
