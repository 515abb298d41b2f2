"""One document of Nexis: what stands above and below its body, and what only looks as if it did."""

import pytest
from corpus.reading.bundles.test_nexis import ABOVE, BELOW, BODY, CENTRED, cut_one, make_document, make_page

from analysis.corpus.reading.bundles.nexis import cut_page, cut_text

TEXT = "\n\n".join(BODY)


def test_no_line_of_an_interview_is_a_field():
    body = ["SPIEGEL: Herr Minister, who lit it?", "MINISTER: Nobody.", "Q: And who pays?", "SPIEGEL: We thank you."]
    assert cut_one(body=body)["text"] == "\n\n".join(body)


@pytest.mark.parametrize("line", ["UPDATE: Two men were held.", "CITY: a word", "PERSON: Who is it?", "SUBJECT: memo"])
def test_a_name_of_a_field_in_the_middle_of_a_body(line):
    assert cut_one(body=[BODY[0], line, *BODY[1:]])["text"] == "\n\n".join([BODY[0], line, *BODY[1:]])


def test_a_field_that_we_do_not_know_is_one_between_those_that_we_know():
    article = cut_one(above=("BYLINE: Tom Odell", "BEAT: Harbour", "LENGTH: 37 words"), below=("LOAD-DATE: May 2, 2024",
        "HARBOUR-CODE: nv", "LANGUAGE: ENGLISH"))  # fmt: skip
    assert article["text"] == TEXT


def test_a_standfirst_is_the_first_paragraph_without_its_address():
    above = (*ABOVE, "HIGHLIGHT: Two days of fire.\nNobody slept.; https://northvale.example/mill")
    article = cut_one(above=above)
    assert article["text"] == "Two days of fire.\nNobody slept.\n\n" + TEXT
    assert article["url"] == "https://northvale.example/mill"


def test_captions_and_corrections_of_several_paragraphs_are_no_text():
    below = ("GRAPHIC: PHOTO: The quay", "PHOTO by a reader", *BELOW, "CORRECTION-DATE: May 4, 2024", "CORRECTION:",
        "The mill burned for three days.", "URL: https://northvale.example/mill")  # fmt: skip
    article = cut_one(below=below)
    assert (article["text"], article["url"]) == (TEXT, "https://northvale.example/mill")


def test_an_article_without_fields_below_loses_only_its_rights():
    assert cut_one(below=())["text"] == TEXT


def test_a_copyright_within_the_body_stays():
    body = [
        *BODY,
        "Copyright law is what the owners will now learn about, the mayor told the council on Friday evening.",
    ]
    assert cut_one(body=body, below=())["text"] == "\n\n".join(body)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("December 22, 1991, Sunday, Late Edition - Final", "December 22, 1991, Sunday"),
        ("January 28, 1993, Tuesday\n" + CENTRED + "Correction Appended", "January 28, 1993, Tuesday"),
        ("May 1, 2024 Wednesday\n" + CENTRED + "3 Star Edition", "May 1, 2024 Wednesday"),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", "27. Februar 2012 Montag 9:50 PM GMT+1"),
        ("May 1, 2024 Wednesday, Metro", "May 1, 2024 Wednesday"), ("Winter 2012", "Winter 2012"),
    ],
)  # fmt: skip
def test_the_date_and_the_edition_below_it(date, published):
    article = cut_one(date=date)
    assert (article["published"], article["title"], article["outlet"]) == (published, "Mill burns", "Northvale Post")


def test_an_edition_apart_is_no_title_but_a_title_may_name_one():
    assert cut_one(title="Final Edition\n\nMill burns")["title"] == "Mill burns"
    assert cut_one(title="First Edition")["title"] == "First Edition"


def test_an_article_without_a_date():
    article = cut_one(date="")
    assert (article.get("published"), article["outlet"], article["title"]) == (None, "Northvale Post", "Mill burns")


def test_an_article_without_a_title():
    article = cut_one(title="")
    assert (article["outlet"], article["title"], article["text"]) == ("Northvale Post", None, TEXT)


def test_a_title_that_looks_like_a_field():
    assert cut_one(title="SERIE: Life on the quay")["title"] == "SERIE: Life on the quay"
    assert cut_one(title="Interview: Who lit it?")["title"] == "Interview: Who lit it?"


def test_a_notice_between_the_outlet_and_the_date_is_neither():
    article = cut_one(outlet="Northvale Post\n\n" + CENTRED + "Distributed by Quay Wire")
    assert (article["outlet"], article["title"]) == ("Northvale Post", "Mill burns")


def test_a_subtitle_below_the_title_is_text():
    assert cut_one(title="Mill burns\n\nNobody slept")["text"] == "Nobody slept\n\n" + TEXT


def test_the_older_form_with_the_rights_on_top_and_a_headline():
    article = cut_one(
        outlet="Copyright 1995 Northvale Press\n" + CENTRED + "All Rights Reserved\n" + CENTRED + "Northvale Post",
        title="", above=("SECTION: HOME NEWS", "LENGTH: 37 words", "HEADLINE: Mill burns", "BYLINE: By TOM ODELL"),
        body=["BODY:\n" + BODY[0], *BODY[1:]], rights="",
    )  # fmt: skip
    assert (article["outlet"], article["title"], article["byline"]) == ("Northvale Post", "Mill burns", "By TOM ODELL")
    assert article["text"] == TEXT


@pytest.mark.parametrize(
    ("printed", "outlet"),
    [
        ("The Guardian (London) - Final Edition", "The Guardian (London)"),
        ("The Guardian(London)", "The Guardian (London)"),
        ("Quay Wire -- English", "Quay Wire -- English"), ("The Northvale\n" + CENTRED + "Post", "The Northvale Post"),
    ],
)  # fmt: skip
def test_the_name_of_the_outlet(printed, outlet):
    assert cut_one(outlet=printed)["outlet"] == outlet


def test_a_body_directly_below_its_length_is_not_lost():
    article = cut_one(above=("BYLINE: Tom Odell\nSECTION: NEWS\nLENGTH: 37 words\n" + BODY[0],), body=BODY[1:])
    assert (article["byline"], article["text"]) == ("Tom Odell", TEXT)


def test_an_abstract_and_the_lines_around_it():
    body = ["ABSTRACT", "A mill burned.", "FULL TEXT", *BODY]
    assert cut_one(body=body)["text"] == "A mill burned.\n\n" + TEXT
    body = ["SAMENVATTING", "A mill burned.", "VOLLEDIGE TEKST:\n" + BODY[0], *BODY[1:]]
    assert cut_one(body=body)["text"] == "A mill burned.\n\n" + TEXT


def test_a_document_without_any_field_among_others():
    bare = make_document("2 of 3 DOCUMENTS", above=(), below=(), rights="")
    bundle = cut_text(make_document("1 of 3 DOCUMENTS") + bare + make_document("3 of 3 DOCUMENTS"))
    article = bundle.articles[1]
    assert (article["outlet"], article["title"], article["text"]) == ("Northvale Post", "Mill burns", TEXT)
    assert article["published"] == "May 1, 2024 Wednesday"


def test_a_field_of_several_paragraphs_in_one_division_of_a_page():
    html = (
        '<div><p>1 of 1 DOCUMENTS</p></div><div><p>Northvale Post</p></div><div><p>May 1, 2024</p></div>'
        '<div><p>Mill burns</p></div><div><p><span>LENGTH: </span><span>5 words</span></p></div>'
        "<div><p>HIGHLIGHT: One.</p><p>Two.</p></div><div><p>It burned.</p><p>SPIEGEL: Why?</p></div>"
        "<div><p>LANGUAGE: ENGLISH</p></div>"
    )  # fmt: skip
    (article,) = cut_page(make_page([html])).articles
    assert article["text"] == "One.\nTwo.\nIt burned.\nSPIEGEL: Why?"
