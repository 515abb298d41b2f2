"""No file is silently less than it holds."""

import pytest
from corpus.reading.test_articles import read_with_problems, write
from corpus.reading.test_pages import make_page

from analysis import read_articles
from analysis.corpus.reading.losses import LONGEST_ARTICLE, guess_documents
from analysis.tables import InputError

STORY = "The mill on the quay in Northvale burned for two days, and nobody in the town slept while it did. " * 5


def join(marks: list[str], story: str = STORY) -> str:
    return "\n\n".join(f"{mark}\n\n{story}" for mark in marks)


@pytest.mark.parametrize(
    "marks",
    [
        ["Record 1 of 3", "Record 2 of 3", "Record 3 of 3"],
        ["Artikel 1 von 4", "Artikel 2 von 4", "Artikel 3 von 4"],
        ["1/5", "2/5", "3/5"],
        [f"SOURCE: The Echo\nDATE: {day} May 2024" for day in (1, 2, 3)],
        ["© 2024 The Echo", "Copyright 2024 Northvale Post", "(c) 2024 Quay Times"],
    ],
)
def test_marks_that_come_again_tell_several_articles(marks):
    assert guess_documents(join(marks)) == guess_documents(join(marks).replace("\n", "\r\n")) == 3
    assert guess_documents(join(marks[:2])) == 0


@pytest.mark.parametrize(
    "text",
    [
        join(["1. Rome", "2. Paris", "3. Berlin"]),
        join(["Photo 1 of 3", "Photo 2 of 3", "Photo 3 of 3"], "A caption of a few words."),
        join(["Q: Why?", "Q: When?", "Q: Where?"]),
        join([f"{day} May 2024" for day in (1, 2, 3)]),
        join(["© Reuters", "Copyright Getty Images", "© Jo Odell/AFP"]),
        join(["ECHO: We asked.\nRUIZ: I said.", "ECHO: Again.\nRUIZ: No.", "ECHO: Well?\nRUIZ: Well."]),
    ],
)
def test_a_list_a_gallery_an_interview_a_timeline_and_credits_of_pictures_are_one_article(text):
    assert guess_documents(text) == 0


def test_an_unknown_bundle_is_refused_with_the_number_that_it_seems_to_hold(tmp_path):
    folder = write(tmp_path, a__txt=join([f"Record {n} of 12" for n in range(1, 13)]), b__txt=STORY)
    articles, problems = read_with_problems(folder)
    assert articles["article"].tolist() == ["b"]
    assert problems == [
        "'a.txt' seems to hold 12 articles, in a form that Parallax does not know; expected one article, a table with "
        "a row for each, or the download of a database that it knows"
    ]


def test_a_text_far_longer_than_an_article_is_said(tmp_path):
    longest = "word " * LONGEST_ARTICLE
    folder = write(tmp_path, a__txt=longest, b__txt=longest + "word", c__csv=f"text\n{longest} word\n")
    articles, problems = read_with_problems(folder)
    assert len(articles) == 3
    assert problems == [
        f"{where} has 20,001 words and was read as one article; expected at most 20,000: if it holds several, cut it "
        "into one file each"
        for where in ("'b.txt'", "row 1 of 'c.csv'")
    ]


def make_parts(number: int, tag: str, *, found: bool) -> str:
    """A page whose main part is what an extractor takes, beside others that it passes over."""
    parts = "".join(f"<{tag} class='record'><h3>Story {n}</h3><p>{n} {STORY}</p></{tag}>" for n in range(number))
    main = f"<article><h1>Fire</h1><p>{STORY}</p></article>" * found
    return make_page(f"<form>{main}<section>{parts}</section></form>")  # as some servers wrap all of a page


def test_a_page_of_which_little_is_read_is_said_or_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: type("Document", (), {"text": STORY}))
    folder = write(
        tmp_path, a__html=make_parts(9, "div", found=True), b__html=make_page(f"<p>{STORY * 6}</p>"), c__txt=STORY
    )
    articles, problems = read_with_problems(folder)
    assert articles["article"].tolist() == ["b", "c"]
    assert problems[0].startswith("'a.html' seems to hold 9 articles")
    assert problems[1] == (
        "'b.html' shows 600 words of prose, of which 100 were read as its article; expected a page with one article: "
        "look whether the rest belongs to it"
    )


def test_menus_comments_and_teasers_are_no_loss(tmp_path):
    aside = "".join(f"<{tag}><p>{STORY * 9}</p></{tag}>" for tag in ("nav", "aside", "footer"))
    named = "".join(f"<div class='{name}'><p>{STORY * 9}</p></div>" for name in ("comments-list", "related", "teaser"))
    teasers = "<ul>" + "<li>Ten words of another story, and a picture of it.</li>" * 200 + "</ul>"
    page = make_page(f"<article><h1>Fire</h1><p>{STORY}</p><p>{STORY}</p></article>{aside}{named}{teasers}")
    assert read_articles(write(tmp_path, a__html=page)).attrs["problems"] == []


def test_a_corpus_of_one_unknown_bundle_is_an_error(tmp_path):
    with pytest.raises(InputError, match="seems to hold 3 articles"):
        read_articles(write(tmp_path, a__txt=join([f"Record {n} of 3" for n in (1, 2, 3)])))
