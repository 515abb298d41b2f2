"""What stands in the place of an article, and texts that are not whole."""

import pytest
from conftest import make_articles
from corpus.reading.test_articles import read_with_problems, write

from analysis import find_artefacts, split_sentences
from analysis.corpus.layout.walls import BLOCKED_WORDS, CONSENT_WORDS, find_cut, name_wall

NEWS = "The mill on the quay burned for two days. Nobody was hurt. The owners left. "


@pytest.mark.parametrize(
    "text",
    [
        "We value your privacy\n\nWe and our partners store information on a device, such as cookies. Accept all",
        "This site uses cookies. By going on you accept our cookie policy.",
        "Wir verwenden Cookies. Wir und unsere Partner verarbeiten personenbezogene Daten. Alle akzeptieren",
        "Nous utilisons des cookies. Tout accepter. Continuer sans accepter. Gérer mes choix",
    ],
)
def test_a_cookie_notice_is_no_article(text):
    assert name_wall(text) == "a cookie notice"


@pytest.mark.parametrize(
    "text",
    [
        NEWS, "",
        "The EU fined the firm over cookies. Its privacy policy broke the law, the court said. Personal data was sold.",
        NEWS + "We use cookies. Accept all. ",
        "She wrote “Accept all” on the wall. Nobody knew why. The wall fell.",
        "The firm will show “reject all” beside “accept all” on cookies, it said. Personal data is safe, it said.",
        "The site of the ministry showed “error 404” on Monday, officials said.",
    ],
)  # fmt: skip
def test_news_about_cookies_is_one(text):
    assert name_wall(text) is None


def test_the_longest_notice():
    notice = "We use cookies. Accept all. "
    assert name_wall(notice * (CONSENT_WORDS // 5)) == "a cookie notice"
    assert name_wall(notice * (CONSENT_WORDS // 5) + "Accept") is None


def test_half_of_the_sentences_are_about_consent():
    assert name_wall("We use cookies. Accept all. " + "They met. " * 2) == "a cookie notice"
    assert name_wall("We use cookies. Accept all. " + "They met. " * 3) is None


def test_a_page_that_was_not_shown():
    blocked = "Please enable JavaScript and disable any ad blocker. "
    words = len(blocked.split())
    assert name_wall(blocked + "word " * (BLOCKED_WORDS - words)) == "a notice that the page was not shown"
    assert name_wall(blocked + "word " * (BLOCKED_WORDS - words + 1)) is None


def test_reading_says_so(tmp_path):
    wall = "We value your privacy. We and our partners use cookies. Accept all."
    articles, problems = read_with_problems(write(tmp_path, a__txt=NEWS, b__txt=wall))
    assert articles["article"].tolist() == ["a"]
    assert problems == ["'b.txt' holds a cookie notice and no article; expected the article's text"]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (NEWS + "The chief said that tw… [+2747 chars]", "The chief said that tw… [+2747 chars]"),
        (NEWS + "Mr. Odell of the U.S. said th... [56 chars]", "Mr. Odell of the U.S. said th... [56 chars]"),
        (NEWS + "[+2747 chars]", "[+2747 chars]"),
        ("The chief said that tw… [+2747 chars]", "The chief said that tw… [+2747 chars]"),
        (NEWS + "\nSubscribe to continue reading.", "Subscribe to continue reading."),
        (NEWS + "\nThe chief said that the\nSubscribe to continue reading.",
         "The chief said that the\nSubscribe to continue reading."),
        (NEWS + "\nMore on the fire\nThis article is for subscribers.", "This article is for subscribers."),
        (NEWS + "Subscribe to read more. Log in", "Subscribe to read more. Log in"),
        (NEWS + "Sign in to keep reading.", "Sign in to keep reading."),
        ("Die Mühle brannte.\nDieser Artikel ist kostenpflichtig.", "Dieser Artikel ist kostenpflichtig."),
    ],
)  # fmt: skip
def test_where_a_text_breaks_off(text, cut):
    assert text[slice(*find_cut(text))] == cut
    found = find_artefacts(make_articles(text))
    assert found.iloc[-1][["kind", "text"]].tolist() == ["cut_off", cut]


@pytest.mark.parametrize(
    "text",
    [
        NEWS, "", "He wrote [+12 chars] and more.", "Subscribe to read more. " + NEWS * 8,
        NEWS + "Schools want children to keep reading in summer.",
    ],
)  # fmt: skip
def test_a_whole_text(text):
    assert find_cut(text) is None


def test_a_stub_is_read_and_said_to_be_cut_off(tmp_path):
    folder = write(tmp_path, a__txt=NEWS + "\nSubscribe to continue reading.")
    articles, problems = read_with_problems(folder)
    assert len(articles) == 1
    assert problems == [
        "1 of 1 article of 'a.txt' is cut off by its source ('Subscribe to continue reading.'); expected whole texts"
    ]


def test_the_marker_is_no_word_of_the_outlet(tmp_path):
    folder = write(tmp_path, a__csv=f"outlet,text\nPost,{NEWS}The chief said that tw… [+2747 chars]\n")
    articles, _ = read_with_problems(folder)
    sentences = split_sentences(articles)["text"].tolist()
    assert sentences == [sentence + "." for sentence in NEWS.strip().rstrip(".").split(". ")]
