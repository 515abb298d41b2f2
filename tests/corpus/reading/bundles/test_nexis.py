"""Nexis: pages and texts of many documents, whatever the language of the marks and the fields."""

import pytest

from analysis.corpus.reading.bundles.nexis import cut_page, cut_text
from analysis.corpus.reading.pages import open_page

BODY = [
    "The mill on the quay burned for two days and two nights, and nobody in the town\nslept while it did.",
    "SPIEGEL: Herr Minister, who lit it?",
    "The fire chief, Ana Ruiz, said that nobody had been hurt.",
]
ABOVE = ("BYLINE: Tom Odell", "SECTION: NEWS; Pg. 1", "LENGTH: 37 words")
BELOW = (
    "LOAD-DATE: May 2, 2024",
    "LANGUAGE: ENGLISH",
    "SUBJECT: FIRES (90%); MILLS (71%)",
    "PUBLICATION-TYPE: Newspaper",
)
RIGHTS = "                 Copyright 2024 Northvale Press\n                      All Rights Reserved"
CENTRED = " " * 30


def make_document(
    mark="1 of 1 DOCUMENTS",
    *,
    outlet="Northvale Post",
    date="May 1, 2024 Wednesday",
    title="Mill burns",
    above=ABOVE,
    body=BODY,
    below=BELOW,
    rights=RIGHTS,
) -> str:
    centred = [CENTRED + line for line in (mark, outlet, date) if line]
    return "\n\n".join([*centred, *([title] if title else []), *above, *body, *below, rights]) + "\n\n"


def make_page(documents: list[str]) -> object:
    """The same documents as a page: every block a division, every line that belongs to it behind a break."""
    blocks = [block for document in documents for block in document.strip().split("\n\n")]
    divisions = "".join(
        f'<br><div class="c0"><p class="c1">{b.strip().replace(chr(10), "<br>")}</p>\n</div>' for b in blocks
    )
    return open_page(f"<html><head><title>&nbsp;</title></head><body>{divisions}</body></html>".encode(), "a.html")


def cut_one(**parts) -> dict:
    (article,) = cut_text(make_document(**parts)).articles
    return article


def test_a_text_of_two_documents():
    bundle = cut_text(
        "Download Request: All Documents\nTime Of Request: May 3, 2024 16:51:31\n\n"
        + make_document("1 of 2 DOCUMENTS")
        + make_document(
            "2 of 2 DOCUMENTS", outlet="The Daily Echo", date="May 2, 2024 Thursday", title="Owners\nface inquiry"
        )
    )
    assert (bundle.kind, bundle.stated, bundle.problems) == ("Nexis", 2, [])
    assert bundle.articles == [
        {
            "published": "May 1, 2024 Wednesday", "outlet": "Northvale Post", "title": "Mill burns",
            "byline": "Tom Odell", "language": "ENGLISH", "text": "\n\n".join(BODY), "number": 1,
        },
        {
            "published": "May 2, 2024 Thursday", "outlet": "The Daily Echo", "title": "Owners face inquiry",
            "byline": "Tom Odell", "language": "ENGLISH", "text": "\n\n".join(BODY), "number": 2,
        },
    ]  # fmt: skip


def test_a_page_is_read_like_its_text():
    documents = [make_document("1 of 2 DOCUMENTS"), make_document("2 of 2 DOCUMENTS", outlet="The Daily Echo")]
    page, text = cut_page(make_page(documents)), cut_text("".join(documents))
    for one, other in zip(page.articles, text.articles, strict=True):
        assert one["text"] == "\n".join(BODY)
        assert {**one, "text": ""} == {**other, "text": ""}
    assert (page.stated, page.problems) == (2, [])


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_the_line_ends_of_windows_and_a_mark_of_byte_order(ending):
    text = "\ufeff" + make_document("1 of 2 DOCUMENTS") + "\f" + make_document("2 of 2 DOCUMENTS")
    assert [a["text"] for a in cut_text(text.replace("\n", ending)).articles] == ["\n\n".join(BODY)] * 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1 of 2 DOCUMENTS", "2 of 2 DOCUMENTS"), ("Dokument 1 von 2", "Dokument 2 von 2"),
        ("1 von 2 DOKUMENTEN", "2 von 2 DOKUMENTEN"), ("Document 1 de 2", "Document 2 de 2"),
        ("1 de 2 DOCUMENTOS", "2 de 2 DOCUMENTOS"), ("1 di 2 DOCUMENTI", "2 di 2 DOCUMENTI"),
        ("1 van 2 DOCUMENTEN", "2 van 2 DOCUMENTEN"), ("1 af 2 DOKUMENTER", "2 af 2 DOKUMENTER"),
        ("Dokument 1 z 2", "Dokument 2 z 2"),
    ],
)  # fmt: skip
def test_the_mark_in_other_languages(first, second):
    bundle = cut_text(make_document(first) + make_document(second))
    assert ([article["number"] for article in bundle.articles], bundle.stated) == ([1, 2], 2)


@pytest.mark.parametrize(
    ("above", "below", "language"),
    [
        (("AUTOR: Tom Odell", "RUBRIK: LOKALES; S. 3", "LÄNGE: 37 Wörter"),
         ("UPDATE: 2. Mai 2024", "SPRACHE: GERMAN; DEUTSCH", "PUBLICATION-TYPE: Zeitung", "ZEITUNGS-CODE: np"),
         "GERMAN"),
        (("AUTEUR: Tom Odell", "RUBRIQUE: Ville; Pg. 3", "LONGUEUR: 37 mots"),
         ("DATE-CHARGEMENT: 2 mai 2024", "LANGUE: FRENCH; FRANÇAIS", "TYPE-PUBLICATION: Journal"), "FRENCH"),
        (("AUTOR: Tom Odell", "SECCIÓN: Local", "LONGITUD: 37 palabras"),
         ("FECHA-CARGA: mayo 2, 2024", "IDIOMA: SPANISH"), "SPANISH"),
        (("AUTORE: Tom Odell", "SEZIONE: Cronaca", "LUNGHEZZA: 37 parole"), ("LINGUA: ITALIAN; ITALIANO",), "ITALIAN"),
        (("AUTEUR: Tom Odell", "SECTIE: Stad", "LENGTE: 37 woorden"), ("TAAL: DUTCH", "PUBLICATIE-TYPE: Krant"),
         "DUTCH"),
    ],
)  # fmt: skip
def test_fields_in_other_languages(above, below, language):
    article = cut_one(above=above, below=below)
    assert (article["byline"], article["language"], article["text"]) == ("Tom Odell", language, "\n\n".join(BODY))


def test_the_length_in_words_of_another_language_is_compared():
    bundle = cut_text(make_document(above=("LÄNGE: 1.285 Wörter",)))
    assert bundle.problems == ["document 1 says that it has 1,285 words, and 38 were read"]


@pytest.mark.parametrize(("said", "is_said"), [("69", False), ("199", False), ("200", True), ("1,250", True)])
def test_a_text_far_shorter_than_its_field_says(said, is_said):
    bundle = cut_text(make_document(above=(f"LENGTH: {said} words",)))
    assert bundle.problems == ([f"document 1 says that it has {said} words, and 38 were read"] if is_said else [])


@pytest.mark.parametrize(("n_words", "n_problems"), [(199, 1), (200, 0)])
def test_half_of_the_words_may_be_headings_and_captions(n_words, n_problems):
    document = make_document(above=("LENGTH: 400 words",), body=["word " * n_words])
    assert len(cut_text(document).problems) == n_problems


def test_the_words_of_a_language_without_spaces_are_not_compared():
    assert (
        cut_text(make_document(above=("LENGTH: 900 words",), body=["工厂大火烧了两天两夜，镇上无人入睡。"])).problems
        == []
    )


def test_many_short_texts_are_one_problem():
    documents = [make_document(f"{number} of 3 DOCUMENTS", above=("LENGTH: 900 words",)) for number in (1, 2, 3)]
    assert cut_text("".join(documents)).problems == [
        "3 documents have less than half of the words that they say, the first: document 1 says that it has 900 words, "
        "and 38 were read"
    ]


def test_documents_without_text_are_named():
    documents = [make_document(f"{n} of 3 DOCUMENTS", body=BODY if n == 2 else []) for n in (1, 2, 3)]
    bundle = cut_text("".join(documents))
    assert [article["number"] for article in bundle.articles] == [2]
    assert (bundle.stated, bundle.problems) == (3, ["2 documents have no text: 1, 3"])


def cut_numbers(*marks: str, above: str = "") -> tuple:
    bundle = cut_text(above + "".join(make_document(mark) for mark in marks))
    return bundle.stated, bundle.problems


def test_a_part_of_a_search_says_where_it_begins_and_ends():
    assert cut_numbers("2001 of 2146 DOCUMENTS", "2002 of 2146 DOCUMENTS") == (2, [])


def test_documents_that_are_missing_in_the_middle_and_at_the_end():
    assert cut_numbers("1 of 5 DOCUMENTS", "4 of 5 DOCUMENTS") == (
        5, ["2 documents are missing between document 1 and document 4"]
    )  # fmt: skip
    assert cut_numbers("21 of 50 DOCUMENTS", "23 of 50 DOCUMENTS") == (
        3, ["1 document is missing between document 21 and document 23"]
    )  # fmt: skip


def test_what_was_asked_for_is_what_the_file_says_it_holds():
    marks = ("1 of 900 DOCUMENTS", "2 of 900 DOCUMENTS")
    assert cut_numbers(*marks) == (900, [])
    assert cut_numbers(*marks, above="Download Request: Selected Items: 1-2\n\n") == (2, [])
    assert cut_numbers(*marks, above="Download Request: Selected Items: 1-2, 7, 9-10\n\n") == (5, [])


def test_two_downloads_in_one_file():
    assert cut_numbers("1 of 2 DOCUMENTS", "2 of 2 DOCUMENTS", "1 of 3 DOCUMENTS", "2 of 3 DOCUMENTS") == (5, [])


def test_a_number_with_a_separator():
    assert cut_numbers("1,001 of 2,146 DOCUMENTS", "1,002 of 2,146 DOCUMENTS") == (2, [])


def test_one_article_saved_alone_has_no_mark():
    bundle = cut_text(make_document(mark=""))
    assert (bundle.stated, bundle.problems, len(bundle.articles)) == (None, [], 1)
    assert bundle.articles[0]["text"] == "\n\n".join(BODY)
    assert bundle.articles[0]["outlet"] == "Northvale Post"
    assert cut_page(make_page([make_document(mark="")])).articles[0]["title"] == "Mill burns"


@pytest.mark.parametrize(
    "text",
    [
        "The council met.\n\n1 of 3 documents\n\nwas lost.\n\n2 of 3 documents\n\nwere found.",
        "Document 1 of 2\n\nMill burns\n\nFull text: It burned.\n\nDocument 2 of 2\n\nFull text: It did.",
        "LENGTH: 37 words\n\nA review of two long words.",
        "BODY: the band\n\nLANGUAGE: the song",
        "The mill burned.",
        "",
    ],
)
def test_what_is_no_download_of_nexis(text):
    assert cut_text(text) is None
    assert cut_page(open_page(f"<body><p>x</p>{text}</body>".encode(), "a.html")) is None


def test_a_long_line_of_white_space_or_of_marks_does_not_hang():
    assert cut_text(" " * 5_000_000) is None
    assert cut_text("1 of 2 DOCUMENTS" + " " * 5_000_000 + "x") is None
    assert cut_page(open_page(b"<body>" + b"dok" * 1_000_000 + b"</body>", "a.html")) is None


def test_a_page_without_line_ends_in_its_source():
    html = "".join(f"<div><p>{line}</p></div>" for line in ("Post", "May 1, 2024", "Mill burns", "LENGTH:&nbsp;3 words",
        "It burned.", "LANGUAGE: ENGLISH"))  # fmt: skip
    (article,) = cut_page(open_page(html.encode(), "a.html")).articles
    assert (article["outlet"], article["title"], article["text"]) == ("Post", "Mill burns", "It burned.")


def test_a_file_that_is_cut_off_within_its_last_document_says_so():
    whole = [make_document(f"{number} of 3 DOCUMENTS") for number in (1, 2, 3)]
    cut = whole[2][: whole[2].index(BODY[2])]
    said = ["document 3 lacks what stands below all others: the file may be cut off there"]
    assert cut_text("".join(whole)).problems == []
    assert cut_text("".join([*whole[:2], cut])).problems == said
    assert cut_page(make_page([*whole[:2], cut])).problems == said
    # Where another has nothing below it either, that is the outlet's way.
    assert cut_text("".join([whole[0], cut.replace("3 of", "2 of"), cut])).problems == []


def test_a_document_of_a_word_processor_has_no_empty_lines():
    text = "".join(make_document(f"{number} of 2 DOCUMENTS", body=BODY[1:]) for number in (1, 2))
    lines = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    spaced, close = cut_text(text), cut_text(lines)
    assert [article["text"].split("\n") for article in close.articles] == [BODY[1:]] * 2
    for one, other in zip(spaced.articles, close.articles, strict=True):
        assert one | {"text": ""} == other | {"text": ""}
