"""Europresse: the old print view and the newer export, in French and English."""

import pytest

from analysis.corpus.reading.bundles.europresse import BYLINE_WORDS, cut_page
from analysis.corpus.reading.pages import open_page

BODY = [
    "Le moulin du quai a brûlé deux jours et deux nuits, et personne en ville n'a dormi pendant ce temps.",
    "La cheffe des pompiers, Ana Ruiz, a dit que personne n'était blessé.",
]
CERTIFICATE = (
    "<table><tr><td>news·20240502·NP·23456</td></tr><tr><td>Ce certificat est émis à <b>Université</b>.</td></tr>"
    "<tr><td>Date d'émission : <b>2024-06-05</b></td></tr></table>"
)


def make_old(
    *, outlet="Le Nord", header=("Politique, ", "jeudi ", "2 mai 2024"), author="Tom Odell<br>", body=BODY
) -> str:
    spans = "".join(f'<span class="DocHeader">{part}</span>' for part in header)
    return (
        f'<table><tr><td><span class="DocPublicationName">{outlet}</span><br>{spans}<br><br>Surtitre<br>'
        f'<span class="TitreArticleVisu">Le <span style="color:red">moulin</span> brûle</span><br><br>{author}<p></p>'
        f"{'<p></p>'.join(body)}<p></p><b><i>© 2024 Le Nord. Tous droits réservés.</i></b><p></p>"
        f"Numéro de document : news·20240502·NP·23456<br><br>{CERTIFICATE}</td></tr></table>"
    )


def make_new(*, outlet="Le Nord, no. 23456", header="Politique, jeudi 2 mai 2024 512 mots, p. 3", body=BODY) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    return (
        '<article><header><div class="rdp__DocPublicationName">'
        f'<span class="DocPublicationName">{outlet}<br>Édition</span></div><div>'
        f'<span class="DocHeader">{header}</span></div><div class="titreArticle">'
        '<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Le <mark>moulin</mark> brûle</p>'
        '<p class="sm-margin-TopNews rdp__subtitle">Un feu de deux jours</p></div>'
        '<p class="sm-margin-bottomNews">Tom Odell</p></header><section><div class="DocText clearfix">'
        f'<div class="docOcurrContainer">{paragraphs}<aside>Voir aussi</aside>'
        '<p><a href="https://nord.example/moulin">Cet article est paru dans Le Nord (site web)</a></p>'
        "</div></div></section>"
        "<footer><small>© 2024 Le Nord. Tous droits réservés.</small><p>Numéro de document : news·20240502·NP·23456</p>"
        "<p>Certificat émis le 5 juin 2024</p></footer></article>"
    )


def cut(*articles: str):
    return cut_page(open_page(f"<html><body>{'<p><br>'.join(articles)}</body></html>".encode(), "a.html"))


def test_a_page_of_the_old_form_is_as_many_articles_as_it_has():
    bundle = cut(make_old(), make_old(author=""), make_old(outlet="Magazine 1, no. 5968"))
    assert bundle.kind == "Europresse"
    assert [article["number"] for article in bundle.articles] == [1, 2, 3]
    assert bundle.articles[0] == {
        "text": "\n".join(BODY),
        "title": "Le moulin brûle",
        "outlet": "Le Nord",
        "published": "2 mai 2024",
        "byline": "Tom Odell",
        "url": None,
        "number": 1,
    }
    assert bundle.articles[1]["byline"] is None
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY)] * 3
    assert bundle.articles[2]["outlet"] == "Magazine 1"


def test_a_page_of_the_newer_form_is_as_many_articles_as_it_has():
    bundle = cut(make_new(), make_new(outlet="Le Nord (site web)"))
    assert bundle.articles[0] == {
        "text": "\n".join(BODY),
        "title": "Le moulin brûle",
        "outlet": "Le Nord",
        "published": "2 mai 2024",
        "byline": "Tom Odell",
        "url": "https://nord.example/moulin",
        "number": 1,
    }
    assert [article["outlet"] for article in bundle.articles] == ["Le Nord", "Le Nord (site web)"]


def test_a_single_article_is_a_bundle_of_one():
    assert len(cut(make_old()).articles) == len(cut(make_new()).articles) == 1


@pytest.mark.parametrize(
    ("header", "published"),
    [
        ("mercredi 1er mai 2024 - 09:12:33 UTC", "1 mai 2024 09:12:33 UTC"),
        ("World, Friday, November 13, 2015", "November 13, 2015"),
        ("Votre ville, jeudi 6 février 2014, p. 93_T_17", "6 février 2014"),
        ("Votre ville, p. 3", "20240502"),
    ],
)
def test_the_date_stands_in_the_header_or_else_in_the_number_of_the_document(header, published):
    assert cut(make_new(header=header)).articles[0]["published"] == published
    assert cut(make_old(header=[header])).articles[0]["published"] == published


@pytest.mark.parametrize(
    ("printed", "outlet"),
    [
        ("Le Nord, no. 23456", "Le Nord"),
        ("Le Nord, no. Dunkerque", "Le Nord"),
        ("Le Nord ; Dunkerque", "Le Nord"),
        ("Le Nord (site web)", "Le Nord (site web)"),
        ("Le Nord+ • 1234 mots", "Le Nord+"),
        ("20 Minutes", "20 Minutes"),
    ],
)
def test_issue_and_place_are_no_part_of_the_outlet(printed, outlet):
    assert cut(make_new(outlet=printed)).articles[0]["outlet"] == outlet


def test_a_first_line_as_long_as_a_sentence_is_no_byline():
    line = "Par " + " ".join(["Anne"] * (BYLINE_WORDS - 1))
    assert cut(make_old(author=line + "<br>")).articles[0]["byline"] == line
    longer = cut(make_old(author=line + " Anne<br>")).articles[0]
    assert longer["byline"] is None
    assert longer["text"].startswith(line + " Anne\n")
    # Neither is the only line of an article, or one that ends as a sentence does.
    assert cut(make_old(author="", body=["Un feu"])).articles[0]["text"] == "Un feu"
    assert cut(make_old(author="Un feu.<br>")).articles[0]["byline"] is None


def test_a_text_in_the_line_of_its_title_is_kept():
    page = make_old(author="").replace("</span><br><br><p></p>", "</span> ")
    assert "Le <span style" in page and "</span> Le moulin" in page
    assert cut(page).articles[0]["text"] == "\n".join(BODY)


def test_a_copyright_within_an_article_does_not_end_it():
    body = ["© 2019, dit l'enseigne.", *BODY, BODY[0], BODY[1]]
    assert cut(make_old(body=body, author="")).articles[0]["text"].splitlines() == body


def test_an_article_without_a_body_is_a_problem():
    assert cut(make_new(), make_new(body=[])).problems == ["document 2 has no text"]
    assert cut(make_old(), make_old(body=[], author="")).problems == ["document 2 has no text"]
    assert cut(make_old(), make_old(body=[], author="Par Tom Odell<br>")).problems == ["document 2 has no text"]


@pytest.mark.parametrize("make", [make_old, make_new])
def test_a_file_that_is_cut_off_within_its_last_article_says_so(make):
    last = make()
    bundle = cut(make(), last[: last.index(BODY[1])])
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY), BODY[0]]
    assert bundle.problems == ["document 2 lacks what stands below all others: the file may be cut off there"]


def test_two_downloads_in_one_file_of_both_forms():
    pages = [f"<!doctype html><html><body>{make()}</body></html>" for make in (make_old, make_new)]
    bundle = cut_page(open_page("".join(pages).encode(), "a.html"))
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY)] * 2


def test_another_page_is_none():
    assert cut("<article><h1>Le moulin brûle</h1><p>Le moulin a brûlé.</p></article>") is None
    assert cut('<span class="DocPublicationName">Le Nord</span><p>Le moulin a brûlé.</p>') is None
