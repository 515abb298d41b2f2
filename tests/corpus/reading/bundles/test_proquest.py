"""ProQuest: text, pages and e-mails, in several languages of the interface, and documents without their text."""

import pytest

from analysis.corpus.reading.bundles.proquest import LACKING_WORDS, cut_page, cut_text
from analysis.corpus.reading.pages import open_page

RULE = "_" * 60
BODY = [
    "The mill on the quay burned for two days and two nights, and nobody in the town slept while it did.",
    "The fire chief, Ana Ruiz, said that nobody had been hurt.",
]
BELOW = {
    "Subject": "Fires; Mills",
    "Location": "Northvale",
    "Company / organization": "Name: Northvale Mills; NAICS: 311211",
    "Title": "Mill burns: two days of fire",
    "Publication title": "The Northvale Post; Northvale, N.Y.",
    "Publication year": "2024",
    "Publication date": "May 1, 2024",
    "Language of publication": "English",
    "ProQuest document ID": "3107396628",
    "Document URL": "https://www.proquest.com/docview/3107396628",
    "Copyright": "Copyright Northvale Press May 1, 2024",
    "Last updated": "2024-05-02",
    "Database": "Global Newsstream",
}


def make_text(number: int, total: int, *, body=BODY, below=BELOW, text="Full text", word="Document", of="of") -> str:
    counted = f"{word} {number} {of} {total}\n\n" if total else ""
    lines = "\n".join(body)
    fields = "".join(f"\n{name}: {value}\n" for name, value in below.items())
    return (
        f"{RULE}\n\n{counted}Mill burns: two days of fire\n\nhttps://www.proquest.com/docview/3107396628\n\n"
        f"Abstract: None available.\n\nLinks: https://library.example/\n\n{text}: {lines}\n{fields}\n"
    )


FOOT = f"{RULE}\n\nContact us at: http://about.proquest.com/\nDatabase copyright © 2026 ProQuest LLC.\nTerms: https://x.org\n"


def test_a_text_is_as_many_articles_as_it_counts():
    bundle = cut_text("".join(make_text(number, 3) for number in (1, 2, 3)) + FOOT)
    assert bundle.kind == "ProQuest"
    assert bundle.stated == 3
    assert not bundle.problems
    assert [article["number"] for article in bundle.articles] == [1, 2, 3]
    assert bundle.articles[2] == {
        "text": "\n".join(BODY),
        "title": "Mill burns: two days of fire",
        "outlet": "The Northvale Post",
        "published": "May 1, 2024",
        "byline": None,
        "language": "en",
        "url": "https://www.proquest.com/docview/3107396628",
        "number": 3,
    }


def test_without_counts_the_rules_part_the_documents_from_the_list_in_front():
    front = "Table of contents\n\n1. Mill burns\n2. Owners face inquiry\n\n"
    bundle = cut_text(front + make_text(1, 0) + make_text(2, 0) + FOOT)
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY)] * 2
    assert bundle.stated is None
    assert not bundle.problems


def test_two_downloads_in_one_file_are_counted_together():
    bundle = cut_text(make_text(1, 2) + make_text(2, 2) + FOOT + make_text(1, 1) + FOOT)
    assert [article["number"] for article in bundle.articles] == [1, 2, 1]
    assert bundle.stated == 3


def test_a_document_may_count_its_own_parts():
    body = ["Part 1 of 2", *BODY, "Part 2 of 2", *BODY]
    bundle = cut_text(make_text(1, 3, body=body) + make_text(2, 3) + make_text(3, 3))
    assert bundle.articles[0]["text"].splitlines() == body
    assert bundle.stated == 3
    (article,) = cut_text(make_text(1, 0, body=body) + FOOT).articles
    assert article["text"].splitlines() == body


def test_a_text_that_lost_its_rules_is_parted_where_it_counts():
    text = "".join(make_text(number, 3, body=[*BODY, "Part 1 of 2"]) for number in (1, 2, 3)).replace(RULE, "")
    bundle = cut_text(text)
    assert [article["text"].splitlines() for article in bundle.articles] == [[*BODY, "Part 1 of 2"]] * 3


def test_a_document_of_which_only_the_number_is_left_is_named():
    assert cut_text(make_text(1, 2) + f"{RULE}\n\nDocument 2 of 2\n").problems == ["document 2 has no full text"]


def test_a_single_article_is_a_bundle_of_one():
    assert [article["title"] for article in cut_text(make_text(1, 0)).articles] == ["Mill burns: two days of fire"]


def test_the_text_ends_above_the_fields_and_no_earlier():
    body = [
        *BODY,
        "",
        "Location: the quay, for sixty years.",
        "",
        "What to expect: smoke.",
        "",
        "Nobody slept.",
        RULE,
        "End.",
    ]
    (article,) = cut_text(make_text(1, 1, body=body) + FOOT).articles
    assert article["text"].splitlines() == [line for line in body if line and line != RULE]
    # A name that is no field's stays in the text, even right above the fields.
    (article,) = cut_text(make_text(1, 1, body=[*BODY, "", "CREDIT LINE: Anna Post"])).articles
    assert article["text"].splitlines()[-1] == "CREDIT LINE: Anna Post"


def test_a_text_without_fields_below_ends_at_its_rule():
    assert cut_text(make_text(1, 1, below={}) + FOOT).articles[0]["text"] == "\n".join(BODY)


def test_a_credit_below_a_text_is_its_byline():
    for body in (
        [*BODY, "CREDIT: Anna Post;"],
        [*BODY, "CAPTION:", "", "CREDIT: Anna Post"],
        [*BODY, "CREDIT: Anna Post", "CAPTION:"],
    ):
        (article,) = cut_text(make_text(1, 1, body=body)).articles
        assert (article["text"], article["byline"]) == ("\n".join(BODY), "Anna Post")
    # What stands further up is a line of the text, and so is a caption.
    above = ["CREDIT: the bank's", *BODY, *BODY, "CAPTION: A picture."]
    (article,) = cut_text(make_text(1, 1, body=above)).articles
    assert (article["text"].splitlines(), article["byline"]) == (above, None)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (["Not available."], "document 2 has no full text, only its abstract"),
        (["Full text not available"], "document 2 has no full text, only its abstract"),
        ([""], "document 2 has no full text, only its abstract"),
    ],
)
def test_a_document_without_its_text_is_named_and_no_article(body, problem):
    second = make_text(2, 3, body=body).replace("Abstract: None available.", "Abstract: A mill burned.")
    bundle = cut_text(make_text(1, 3) + second + make_text(3, 3))
    assert [article["number"] for article in bundle.articles] == [1, 3]
    assert bundle.problems == [problem]
    assert bundle.stated == 3


def test_a_document_with_neither_text_nor_abstract_is_named_too():
    lacking = make_text(2, 2).replace("Full text: " + "\n".join(BODY), "")
    assert cut_text(make_text(1, 2) + lacking).problems == ["document 2 has no full text"]


def test_a_sentence_is_no_lacking_text_where_it_is_longer():
    short = "Tickets are not available " + "now " * (LACKING_WORDS - 4)
    assert len(cut_text(make_text(1, 2) + make_text(2, 2, body=[short])).articles) == 1
    assert len(cut_text(make_text(1, 2) + make_text(2, 2, body=[short + "again"])).articles) == 2


def test_edition_and_place_are_no_part_of_the_outlet():
    for printed, outlet in {
        "New York Times, Late Edition (East Coast); New York, N.Y.": "New York Times",
        "The Northvale Spectator (Online); Northvale": "The Northvale Spectator (Online)",
        "Northvale, Yesterday and Today": "Northvale, Yesterday and Today",
    }.items():
        (article,) = cut_text(make_text(1, 1, below=BELOW | {"Publication title": printed})).articles
        assert article["outlet"] == outlet


def test_a_space_within_a_word_makes_no_other_outlet_and_no_other_date():
    broken = BELOW | {"Publication title": "The Nor thvale Post; Northvale, N.Y.", "Publication date": "Ma y 1, 2024"}
    articles = cut_text(make_text(1, 3) + make_text(2, 3, below=broken) + make_text(3, 3)).articles
    assert [article["outlet"] for article in articles] == ["The Northvale Post"] * 3
    assert [article["published"] for article in articles] == ["May 1, 2024"] * 3


@pytest.mark.parametrize(
    ("text", "word", "of", "below"),
    [
        ("Texte intégral ", "Document", "sur", ("Sujet", "Titre", "Titre de la publication", "Date de publication")),
        ("Volltext", "Dokument", "von", ("Thema", "Titel", "Titel der Publikation", "Publikationsdatum")),
        ("Texto completo", "Documento", "de", ("Materia", "Título", "Título de publicación", "Fecha de publicación")),
        ("Полный текст", "Документ", "из", ("Предмет", "Название", "Название публикации", "Дата публикации")),
    ],
)
def test_the_interface_may_speak_another_language(text, word, of, below):
    fields = dict(zip(below, ("Fires", "Mill burns", "Nordtaler Bote; Nordtal", "May 1, 2024"), strict=True))
    fields |= {"Sonst": "Nichts", "ProQuest-ID": "3107396628"}
    bundle = cut_text("".join(make_text(number, 2, text=text, word=word, of=of, below=fields) for number in (1, 2)))
    assert bundle.stated == 2
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY)] * 2
    assert bundle.articles[1]["outlet"] == "Nordtaler Bote"
    assert bundle.articles[1]["published"] == "May 1, 2024"


def test_another_text_is_none():
    assert cut_text("\n".join(BODY)) is None
    assert cut_text("ProQuest sells databases.\n\nFull texts: none.") is None
    assert cut_text(make_text(1, 1).replace("ProQuest", "").replace("proquest.com", "")) is None


PICTURE = (
    '<div class="document_view_image"><img src="x"><a class="sr-only">Enlarge this image.</a>'
    '<div class="document_view_caption"><p>A picture of the mill.</p></div></div>'
)


def make_page(number: int, *, below=BELOW) -> str:
    fields = "".join(f"<p><strong>{name}: </strong>{value}</p>" for name, value in below.items() if name != "Title")
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    return (
        f'<div><a name="DocID_MSTAR_{number}"></a><p></p><p>Mill burns: two days of fire: [Metro Desk]</p>'
        '<p><span class="scholUnivAuthors">Odell, Tom. </span><span class="newspaperArticle"><strong>The Northvale Post'
        "</strong><strong>, Late Edition; Northvale, N.Y.</strong> [Northvale, N.Y].&nbsp;01 May 2024.</span></p>"
        "<p><strong>Author:  </strong>Odell, Tom</p>"
        "<p><a href='https://www.proquest.com/'>ProQuest document link</a></p>"
        "<p><strong>Abstract:  </strong></p><p>A mill burned.</p>"
        f"<p><strong>Full text: </strong><text>{PICTURE}{paragraphs}{PICTURE}</text></p>{fields}</div>"
    )


def cut(*documents: str):
    page = (
        f"<html><head><title>Document Email</title></head><body><table><tr><td>{''.join(documents)}</td></tr></table>"
    )
    return cut_page(open_page(page.encode(), "a.html"))


def test_a_page_or_an_e_mail_is_as_many_articles_as_it_marks():
    bundle = cut(make_page(1), make_page(2))
    assert [article["number"] for article in bundle.articles] == [1, 2]
    assert bundle.articles[1] == {
        "text": "\n".join(BODY),
        "title": "Mill burns: two days of fire",
        "outlet": "The Northvale Post",
        "published": "May 1, 2024",
        "byline": "Odell, Tom",
        "language": "en",
        "url": "https://www.proquest.com/docview/3107396628",
        "number": 2,
    }


def test_outlet_and_date_stand_in_the_line_under_the_title_too():
    below = {"Subject": "Fires", "ProQuest document ID": "1", "Database": "Global Newsstream"}
    (article,) = cut(make_page(1, below=below)).articles
    assert (article["outlet"], article["published"]) == ("The Northvale Post", "01 May 2024")


def test_a_page_without_texts_holds_no_article_and_says_so():
    page = make_page(1).replace(BODY[0], "").replace(BODY[1], "")
    bundle = cut(page)
    assert bundle.articles == []
    assert bundle.problems == ["document 1 has no full text, only its abstract"]


def test_another_page_is_none():
    assert cut("<p>The mill burned.</p>") is None
    assert cut('<p>The mill burned, says <a href="https://www.proquest.com/">ProQuest</a>.</p>') is None


def test_a_file_that_is_cut_off_within_its_last_document_says_so():
    last = make_text(2, 2)
    bundle = cut_text(make_text(1, 2) + last[: last.index(BODY[1])])
    assert [article["text"] for article in bundle.articles] == ["\n".join(BODY), BODY[0]]
    assert bundle.problems == ["document 2 lacks what stands below all others: the file may be cut off there"]


def test_a_document_of_a_word_processor_may_have_no_empty_lines():
    text = (make_text(1, 2) + make_text(2, 2) + FOOT).replace("\n\n", "\n")
    bundle = cut_text(text)
    assert bundle == cut_text(make_text(1, 2) + make_text(2, 2) + FOOT)
    assert bundle.articles[1]["text"] == "\n".join(BODY)


def test_two_lines_about_a_film_do_not_end_a_text():
    film = ["Title: The Mill", "", "Language: French", "", "Nobody slept."]
    (article,) = cut_text(make_text(1, 1, body=[*BODY, "", *film])).articles
    assert article["title"] == "Mill burns: two days of fire"
    assert article["text"].splitlines() == [*BODY, *filter(None, film)]
    # Two fields alone are those of the document if nothing follows.
    below = {name: BELOW[name] for name in ("Title", "Publication date")}
    (article,) = cut_text(make_text(1, 1, below=below)).articles
    assert (article["text"], article["published"]) == ("\n".join(BODY), "May 1, 2024")
