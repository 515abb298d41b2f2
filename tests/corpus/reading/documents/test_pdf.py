"""PDFs: their lines as paragraphs, what is no text on their pages, and files made to break a reader."""

import io

import pypdf
import pytest

from analysis.corpus.reading.documents import pdf
from analysis.corpus.reading.documents.pdf import read_pdf
from analysis.corpus.reading.log import Log
from analysis.tables import InputError

PICTURE = "q 600 0 0 800 0 0 cm /Picture Do Q"


def make_pdf(*pages: list[tuple[float, float, str]] | str, size: int = 10) -> bytes:
    """A PDF with these pages: each the places and words of its lines, or the operations that draw it."""
    streams = []
    for page in pages:
        if isinstance(page, str):
            streams.append(page)
        else:
            shown = [(x, y, text.replace("(", r"\(").replace(")", r"\)")) for x, y, text in page]
            streams.append("\n".join(f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET" for x, y, text in shown))
    things = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        "\nstream\nx\nendstream",
    ]
    for number, stream in enumerate(streams):
        drawn = " /XObject << /Picture 4 0 R >>" if "/Picture" in stream else ""
        things.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * number} 0 R "
            f"/Resources << /Font << /F 3 0 R >>{drawn} >> >>"
        )
        things.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    file, places = "%PDF-1.4\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(file.encode("cp1252")))
        file += f"{number} 0 obj\n{thing}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(file.encode("cp1252"))
    file += f"xref\n0 {len(things) + 1}\n0000000000 65535 f \n{table}"
    file += f"trailer\n<< /Size {len(things) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return file.encode("cp1252")


def set_lines(text: str, *, x: float = 50, top: float = 700, leading: float = 12) -> list[tuple[float, float, str]]:
    """A line of text below another; an empty one leaves a gap."""
    lines = text.strip("\n").split("\n")
    return [(x, top - leading * number, line) for number, line in enumerate(lines) if line]


def lock(data: bytes, password: str, algorithm: str = "RC4-128") -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def read(data: bytes) -> tuple[list[str], list[str]]:
    log = Log()
    text = read_pdf(data, "a.pdf", log)
    return text.split("\n"), [problem["problem"] for problem in log.problems]


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_pdf(data, "a.pdf", Log())
    return str(error.value)


PROSE = """
The paper mill at the edge of the town burned for most of
the night, and nobody could say in the morning how it had
begun or when the last of the workers had left.

The mayor asked for patience while the police looked into
what happened, and said that the school would stay closed
for the rest of the week."""


def test_lines_become_paragraphs_where_a_gap_parts_them():
    paragraphs, problems = read(make_pdf(set_lines(PROSE)))
    assert len(paragraphs) == 2
    assert paragraphs[0].startswith("The paper mill at the edge of the town burned for most of the night, and nobody")
    assert paragraphs[1].endswith("said that the school would stay closed for the rest of the week.")
    assert not problems


def test_lines_become_paragraphs_where_an_indent_begins_one():
    lines = set_lines(PROSE.replace("\n\n", "\n"))
    lines[3] = (lines[3][0] + 12, *lines[3][1:])
    assert len(read(make_pdf(lines))[0]) == 2


def test_a_short_line_with_a_full_stop_ends_a_paragraph():
    assert (
        len(read(make_pdf(set_lines(PROSE.replace("\n\n", "\n").replace(" or when the last of the workers", ""))))[0])
        == 2
    )


def test_each_field_of_a_database_is_a_line():
    body = "The mill on the quay burned for two days and two nights,\nand nobody in the town slept while it did."
    fields = f"""Mill burns\nNorthvale Post\nMay 1, 2024 Wednesday\nCopyright 2024 Northvale Press\nSection: NEWS; Pg. 1
Length: 20 words\nByline: Tom Odell\nBody\n{body}\n\nLoad-Date: May 2, 2024\nEnd of Document"""
    lines, _ = read(make_pdf(set_lines(fields)))
    assert lines == fields.replace("nights,\n", "nights, ").replace("\n\n", "\n").split("\n")
    # Without them a short line goes on in the next one.
    lines, _ = read(make_pdf(set_lines(f"Mill\nburns\n{body}")))
    assert lines == [f"Mill burns {body}".replace("\n", " ")]


def test_a_word_cut_at_the_end_of_a_line_is_whole_again():
    text = "The committee said on Monday that it would not recom-\nmend the plan to the council before the end of June."
    assert read(make_pdf(set_lines(text)))[0] == [
        "The committee said on Monday that it would not recommend the plan to the council before the end of June."
    ]


def test_a_sentence_goes_on_from_page_to_page_without_heads_and_feet():
    pages = []
    sentences = ["The fire spread from the mill to the", "warehouses by the river and then", "it went out on its own."]
    for number, words in enumerate(sentences, 1):
        pages.append([(50, 780, "The Daily Echo"), (50, 700, words), (300, 20, f"Page {number} of 3")])
    assert read(make_pdf(*pages)) == (
        ["The fire spread from the mill to the warehouses by the river and then it went out on its own."],
        [],
    )


def test_what_comes_again_elsewhere_on_the_page_is_text():
    pages = [[(50, 700 - 60 * number, "Nobody was hurt"), (50, 400, f"Words of page {'one two three'.split()[number]}")]
             for number in range(3)]  # fmt: skip
    assert sum("Nobody was hurt" in paragraph for paragraph in read(make_pdf(*pages))[0]) == 3


def test_what_a_browser_prints_around_a_page_is_no_text():
    lines = [(20, 785, "6/19/24, 10:15 AM Mill burns - The Echo"), (20, 10, "https://www.example.org/mill-burns 1/1")]
    paragraphs, _ = read(make_pdf(set_lines(PROSE) + lines))
    assert len(paragraphs) == 2


def test_a_scan_is_refused():
    assert refusal(make_pdf(PICTURE, PICTURE, PICTURE)) == (
        "'a.pdf' has no text, only pictures of its 3 pages; expected a PDF with text in it: a program that recognises "
        "text (OCR) can add it"
    )


def test_scanned_pages_among_others_are_named():
    _, problems = read(make_pdf(set_lines(PROSE), PICTURE, set_lines(LEFT), PICTURE))
    assert problems == [
        "pages 2, 4 of 'a.pdf' are pictures without text and were not read; expected a PDF with text in it: a program "
        "that recognises text (OCR) can add it"
    ]


def test_an_empty_page_among_others_is_none_to_speak_of():
    assert not read(make_pdf(set_lines(PROSE), "", set_lines(LEFT)))[1]


LEFT = "\n".join(f"left column line {word}" for word in "one two three four five six seven eight".split())
RIGHT = LEFT.replace("left", "right")


def test_columns_in_their_order_are_read():
    paragraphs, problems = read(make_pdf(set_lines(LEFT) + set_lines(RIGHT, x=320)))
    assert " ".join(paragraphs) == f"{LEFT} {RIGHT}".replace("\n", " ")
    assert not problems


def test_columns_whose_lines_are_mixed_are_said():
    mixed = [line for pair in zip(set_lines(LEFT), set_lines(RIGHT, x=320), strict=True) for line in pair]
    assert read(make_pdf(mixed))[1] == [
        "page 1 of 'a.pdf' sets its text in columns, and the file mixes their lines; expected one column, or the text "
        "of the article as txt"
    ]
    assert not read(make_pdf(mixed[:-2]))[1]  # seven lines are none of a column yet


def test_a_locked_file_is_refused_and_one_that_opens_without_a_password_is_read():
    data = make_pdf(set_lines(PROSE))
    assert refusal(lock(data, "secret")) == "'a.pdf' is locked with a password; expected it saved without one"
    assert len(read(lock(data, ""))[0]) == 2


def test_an_encryption_that_needs_more_than_is_installed_is_said(monkeypatch):
    def refuse(self, password):
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    data = lock(make_pdf(set_lines(PROSE)), "")
    monkeypatch.setattr(pypdf.PdfReader, "decrypt", refuse)
    assert refusal(data) == (
        "'a.pdf' is encrypted, and opening it needs pip install 'parallax-news[formats]'; "
        "expected it saved without encryption"
    )


def test_a_damaged_file_is_refused():
    assert refusal(b"%PDF-1.7\nrubbish").startswith("'a.pdf' is damaged or can't be read (")
    assert refusal(b"%PDF-1.7\nrubbish").endswith("); expected a PDF with text in it")


def test_a_damaged_page_is_named_and_the_others_are_read(monkeypatch):
    extract = pypdf.PageObject.extract_text

    def stumble(page, **options):
        if page.page_number == 1:
            raise KeyError("/Font")
        return extract(page, **options)

    monkeypatch.setattr(pypdf.PageObject, "extract_text", stumble)
    paragraphs, problems = read(make_pdf(set_lines(PROSE), set_lines(LEFT), set_lines(RIGHT)))
    assert paragraphs[0].startswith("The paper mill")
    assert problems == ["page 2 of 'a.pdf' is damaged and was not read; expected a PDF with text in it"]


def test_too_many_pages_are_refused(monkeypatch):
    data = make_pdf(set_lines(PROSE), set_lines(LEFT), set_lines(RIGHT))
    monkeypatch.setattr(pdf, "PAGES", 3)
    read(data)
    monkeypatch.setattr(pdf, "PAGES", 2)
    assert refusal(data) == "'a.pdf' has 3 pages; expected at most 2: cut it into its articles"


def test_a_page_with_more_operations_than_any_text_is_refused(monkeypatch):
    data = make_pdf(set_lines(PROSE))
    monkeypatch.setattr(pdf, "OPERATIONS", 30)  # of six lines, five each
    read(data)
    monkeypatch.setattr(pdf, "OPERATIONS", 29)
    assert refusal(data) == (
        "'a.pdf' has more in it than pages of text need, and was not read; expected a PDF with text in it"
    )


def test_nothing_of_the_library_is_printed(caplog, capfd):
    read(make_pdf(set_lines(PROSE)))
    refusal(b"%PDF-1.7\nrubbish")
    assert not any(capfd.readouterr())
