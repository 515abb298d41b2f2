"""Nexis Uni, Lexis+ and Lexis Advance: documents of Word and RTF, a paragraph a line."""

import pytest

from analysis import read_articles
from analysis.corpus.reading.bundles.nexis_uni import cut_page, cut_text
from analysis.corpus.reading.pages import open_page
from analysis.tables import InputError

BODY = (
    "The mill on the quay burned for two days and two nights, and nobody in the town slept while it did.",
    "Ruiz: We saw smoke.",
    "Body",
    "The fire chief, Ana Ruiz, said that nobody had been hurt.",
)
ABOVE = ("Section:\xa0 NEWS; Pg. 1", "Length:\xa0 38 words", "Byline:\xa0 Tom Odell")
BELOW = ("Classification", "", "", "Language: ENGLISH", "", "Publication-Type: Newspaper", "",
    "Subject: FIRES (90%)", "", "Industry: MILLS (71%)", "", "Load-Date: May 2, 2024")  # fmt: skip
COVER = (
    "User Name: Tom Odell", "Date and Time: Friday, 3. May 2024 09:31:00 CEST", "Job Number: 00000001", "Documents (2)",
    "1. Mill burns", "Client/Matter: -None-", "Search Terms: mill", "Content Type", "News",
    "Sources: Northvale Post; Content Type: News", "", "2. Owners face inquiry", "Client/Matter: -None-",
    "Search Terms: mill", "Narrowed by: ", "", "",
)  # fmt: skip


def make_document(
    title: str = "Mill burns",
    *,
    outlet: str = "Northvale Post",
    date: str = "May 1, 2024 Wednesday 10:06 PM GMT",
    rights: str = "Copyright 2024 Northvale Press All Rights Reserved",
    above=ABOVE,
    mark: str = "Body",
    body=BODY,
    below=BELOW,
    end: str = "End of Document",
) -> str:
    lines = (
        title,
        outlet,
        *([date] if date else []),
        "",
        "",
        rights,
        "",
        *above,
        mark,
        "",
        "",
        *body,
        "",
        *below,
        "",
        "",
    )
    return "\n".join((*lines, end, "", "", ""))


def cut_one(**parts) -> dict:
    (article,) = cut_text(make_document(**parts)).articles
    return article


def test_a_cover_and_two_documents():
    second = make_document("Owners face inquiry", outlet="The Daily Echo(London)", date="May 2, 2024 Thursday")
    bundle = cut_text("\n".join(COVER) + "\n" + make_document() + second)
    assert (bundle.kind, bundle.stated, bundle.problems) == ("Nexis Uni", 2, [])
    assert bundle.articles == [
        {
            "published": "May 1, 2024 Wednesday 10:06 PM GMT", "outlet": "Northvale Post", "title": "Mill burns",
            "byline": "Tom Odell", "language": "ENGLISH", "text": "\n".join(BODY), "number": 1,
        },
        {
            "published": "May 2, 2024 Thursday", "outlet": "The Daily Echo (London)", "title": "Owners face inquiry",
            "byline": "Tom Odell", "language": "ENGLISH", "text": "\n".join(BODY), "number": 2,
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cover", ["Documents (3)", "Dokumente (3)", "Documentos (3)", "Documenten (3)", "Documenti (3)"]
)
def test_the_number_of_documents_on_the_cover(cover):
    bundle = cut_text(f"Job Number: 1\n{cover}\n1. Mill burns\n\n" + make_document() * 2)
    assert (bundle.stated, len(bundle.articles)) == (3, 2)


def test_a_file_without_a_cover_states_no_number():
    assert cut_text(make_document() * 2).stated is None


@pytest.mark.parametrize(
    ("above", "mark", "below", "end", "language"),
    [
        (("Rubrik: LOKALES", "Länge: 38 Wörter", "Autor: Tom Odell"), "Textkörper",
         ("Klassifizierung", "", "Sprache: GERMAN; DEUTSCH", "Update: 2. Mai 2024"), "Ende des Dokuments", "GERMAN"),
        (("Rubrique: Ville", "Longueur: 38 mots", "Auteur: Tom Odell"), "Corps",
         ("Langue: FRENCH", "Date de chargement: 2 mai 2024"), "Fin du document", "FRENCH"),
        (("Sección: Local", "Longitud: 38 palabras", "Autor: Tom Odell"), "Cuerpo",
         ("Clasificación", "Idioma: SPANISH", "Fecha de carga: 2 de mayo de 2024"), "Fin del documento", "SPANISH"),
        (("Sectie: Stad", "Lengte: 38 woorden", "Auteur: Tom Odell"), "Hoofdtekst",
         ("Classificatie", "Taal: DUTCH"), "Einde van document", "DUTCH"),
    ],
)  # fmt: skip
def test_other_languages_of_the_interface(above, mark, below, end, language):
    bundle = cut_text(make_document(above=above, mark=mark, below=below, end=end) * 2)
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY)] * 2
    assert [(a["byline"], a["language"]) for a in bundle.articles] == [("Tom Odell", language)] * 2


def test_a_word_alone_below_the_fields_stands_for_the_body_in_a_language_that_we_do_not_know():
    assert cut_one(mark="Törzs")["text"] == "\n".join(BODY)
    assert cut_one(mark="Nobody slept", body=BODY[:2])["text"] == "Nobody slept\n\n" + "\n".join(BODY[:2])


def test_the_last_line_stands_for_the_end_in_a_language_that_we_do_not_know():
    end = "Dokumentum vége"
    assert [article["text"] for article in cut_text(make_document(end=end) * 3).articles] == ["\n".join(BODY)] * 3
    several = [make_document(end="", below=(f"Load-Date: May {day}, 2024",)) for day in (1, 2, 3)]
    assert cut_text("".join(several)) is None


def test_captions_notes_and_corrections_are_no_text():
    below = ("Graphic", "", " ", "PHOTO, B/W, a reader", "", "Correction", "", "It burned for three days.",
        "Correction-Date: May 4, 2024", *BELOW)  # fmt: skip
    assert cut_one(below=below)["text"] == "\n".join(BODY)
    assert cut_one(below=("Graphic", "", "PHOTO", "", "Load-Date: May 2, 2024"))["text"] == "\n".join(BODY)


def test_an_article_without_fields_below():
    assert cut_one(below=())["text"] == "\n".join(BODY)


def test_the_language_of_a_film_is_no_field():
    body = (*BODY, "Language: French", "Company: Quay Films", "It is worth a visit.")
    assert cut_one(body=body)["text"] == "\n".join(body)


def test_a_standfirst_of_two_paragraphs():
    article = cut_one(above=(*ABOVE, "Highlight: Two days of fire.", "Nobody slept."))
    assert article["text"] == "Two days of fire.\nNobody slept.\n\n" + "\n".join(BODY)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("May 2, 2024, Thursday,, FINAL EDITION", "May 2, 2024, Thursday"),
        ("2. Mai 2024 Donnerstag", "2. Mai 2024 Donnerstag"),
        ("2024年5月2日", "2024年5月2日"), ("Winter 2012", "Winter 2012"), ("", None), ("\n Correction Appended", None),
    ],
)  # fmt: skip
def test_the_date_below_the_outlet(date, published):
    article = cut_one(date=date)
    assert (article.get("published"), article["outlet"], article["title"]) == (
        published,
        "Northvale Post",
        "Mill burns",
    )


def test_a_title_over_two_lines_and_one_apart_from_its_outlet():
    assert (
        cut_text(make_document() + make_document("Owners face\ninquiry\n ")).articles[1]["title"]
        == "Owners face inquiry"
    )


def test_a_title_about_copyright_is_no_line_of_rights():
    article = cut_one(title="Copyright by machine: who owns the mill?", above=ABOVE)
    assert (article["title"], article["outlet"]) == ("Copyright by machine: who owns the mill?", "Northvale Post")


def test_a_text_that_is_shorter_than_its_field_says_and_a_document_without_one():
    short = make_document(above=("Length: 900 words",))
    bundle = cut_text(short + make_document(body=()))
    assert [article["number"] for article in bundle.articles] == [1]
    assert bundle.problems == [
        "document 2 has no text", "document 1 says that it has 900 words, and 37 were read"
    ]  # fmt: skip


@pytest.mark.parametrize(("n_words", "n_problems"), [(199, 0), (200, 1)])
def test_words_behind_the_last_document(n_words, n_problems):
    problems = cut_text(make_document() + "word " * n_words).problems
    assert problems == [f"{n_words} words behind the last document were not read"] * n_problems


def test_one_document_of_which_the_end_was_cut_off():
    bundle = cut_text(make_document(end=""))
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY)]


def test_a_file_that_is_cut_off_within_its_last_document_says_so():
    last = make_document("Owners face inquiry")
    bundle = cut_text(make_document() + last[: last.index(BODY[3])])
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY), "\n".join(BODY[:3])]
    assert bundle.problems == ["document 2 lacks what stands below all others: the file may be cut off there"]
    # The mark alone may be lost.
    assert cut_text(make_document() + make_document(end="")).problems == []


def test_a_download_that_was_sent_as_a_page():
    paragraphs = "".join(f"<p>{line}</p>" for line in (make_document() * 2).split("\n"))
    bundle = cut_page(open_page(f"<body>{paragraphs}</body>".encode(), "a.html"))
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Mill burns\n\nBody\n\nThe police found a body.\nEnd of story",
        "Section: News\nBody\nThe police found one.",
        "Length: 38 words\nBody\nIt burned.",
        "The mill burned.\n\nEnd of Document\n",
        "Text",
        "",
    ],
)
def test_what_is_no_download_of_nexis_uni(text):
    assert cut_text(text) is None
    assert cut_page(open_page(f"<body><p>x</p>{text}</body>".encode(), "a.html")) is None


def test_long_lines_and_many_marks_do_not_hang():
    assert cut_text(" " * 5_000_000) is None
    assert cut_text("Body\nEnd of Document\n" * 50_000) is None


def test_a_list_of_contents_alone_is_no_article(tmp_path):
    cover = "\n".join(COVER)
    assert cut_text(cover).articles == []
    assert cut_text(cover).notes == ["a list of 2 documents, which is no article"]
    assert cut_text(cover.replace("2. Owners", "3. Owners")) is None
    assert cut_text(cover.replace("Documents (2)", "Two documents")) is None
    assert cut_text("Letters of the council\n" + cover) is None
    assert cut_text(cover.replace("\nClient/Matter: -None-\n", "\n")) is not None
    assert cut_text("User Name: Tom\nJob Number: 1\nDocuments (2)\n1. The letter.\n2. The reply.\n" + BODY[0]) is None
    (tmp_path / "list.txt").write_text(cover)
    with pytest.raises(InputError, match="list of 2 documents, which is no article"):
        read_articles(tmp_path)
    (tmp_path / "mill.txt").write_text(make_document())
    articles = read_articles(tmp_path)
    assert articles["title"].to_list() == ["Mill burns"]
    assert articles.attrs["problems"] == []
    assert [note["source"] for note in articles.attrs["notes"]] == ["list.txt"]


def test_a_title_that_is_the_head_of_a_page_too_is_one_title():
    assert cut_one(title="Mill burns\nMill burns")["title"] == "Mill burns"
