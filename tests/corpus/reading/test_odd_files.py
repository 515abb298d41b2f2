"""Forty odd files, as people have them and as nobody should: each is read, or refused in one sentence."""

import gzip
import io
import os
import pickle
import sqlite3
import time
import tracemalloc
import zipfile
from email.message import EmailMessage
from html import escape

import pytest
import xlsxwriter
from corpus.reading.bundles.test_proquest import FOOT, make_page, make_text
from corpus.reading.documents.test_opendocument import make_cell, make_document, make_table
from corpus.reading.documents.test_pdf import PICTURE, lock, make_pdf, set_lines
from corpus.reading.documents.test_sheets import TABLE, make_workbook
from corpus.reading.documents.test_word import make_docx, paragraph
from corpus.reading.test_articles import read_with_problems, write

from analysis import read_articles
from analysis.corpus.reading import archives, kinds
from analysis.corpus.reading.kinds import READERS, REFUSED, tell_kind
from analysis.tables import InputError

PROSE = "The paper mill at the edge of the town burned for most of the night. " * 8
PAGE = (
    f"<!DOCTYPE html><html><head><title>Mill burns</title></head><body><article><p>{PROSE}</p></article></body></html>"
)
RELATED = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
HTML_TABLE = "<html><body><table><tr><th>title</th><th>text</th></tr><tr><td>One</td><td>First words</td></tr></table>"
AS_TEXT = "expected it saved as html, docx or txt"
OCR = "expected text; a program that recognises text (OCR) can make a PDF or a text file of it"
AS_TABLE = "expected its table as csv, jsonl, parquet or xlsx"
UNPACKED = "expected its files unpacked, or in a zip archive"


def make_stream(name: str) -> bytes:
    """The beginning of a file of the old office programs, with the name of a stream as its list of them has it."""
    return OLE + name.encode("utf-16-le") + bytes(512)


def make_zip(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "Mill burns", "me@example.org"
    message.set_content(PROSE)
    return bytes(message)


def make_mhtml() -> bytes:
    parts = f"--xx\r\nContent-Type: text/html\r\nContent-Location: https://example.org/\r\n\r\n{PAGE}\r\n--xx--\r\n"
    return f"From: <Saved by Blink>\r\nSubject: Mill burns\r\n{RELATED}{parts}".encode()


def make_macros() -> bytes:
    data = io.BytesIO(make_workbook(A=TABLE))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open()")
    return data.getvalue()


def make_database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE articles (text)")
    return database.serialize()


class Bomb:
    """What runs when it is unpickled."""

    def __reduce__(self):
        return os.system, ("touch /tmp/parallax-was-here",)


RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\pict\pngblip 89504e47}" + PROSE.encode() + rb"\par}"
FEED = f"<rss version='2.0'><channel><title>Echo</title><item><description>{PROSE}</description></item></channel></rss>"

READ = {
    # Called by what they are
    "a.xlsx": (lambda: make_workbook(A=TABLE), 2),
    "a.xlsm": (make_macros, 2),
    "a.ods": (lambda: make_table(make_cell("text"), make_cell("First words")), 1),
    "a.docx": (lambda: make_docx(paragraph(PROSE)), 1),
    "a.docm": (lambda: make_docx(paragraph(PROSE)), 1),
    "a.odt": (lambda: make_document("text", f"<text:p>{PROSE}</text:p>"), 1),
    "a.rtf": (lambda: RTF, 1),
    "a.pdf": (lambda: make_pdf(set_lines(PROSE.replace(". ", ".\n"))), 1),
    "opens-without-a-password.pdf": (lambda: lock(make_pdf(set_lines(PROSE.replace(". ", ".\n"))), ""), 1),
    "a.eml": (make_mail, 1),
    "a.mhtml": (make_mhtml, 1),
    "a.mbox": (lambda: b"From me@example.org Tue Aug 15\n" + make_mail(), 1),
    "a.xml": (f"<TEI><text><body><p>{PROSE}</p></body></text></TEI>".encode, 1),
    "a.rss": (FEED.encode, 1),
    "a.ndjson": (lambda: b'{"text": "First words"}\n{"text": "Second words"}\n', 2),
    "a.md": (PROSE.encode, 1),
    "a.csv.gz": (lambda: gzip.compress(b"title,text\nOne,First words\nTwo,Second words\n"), 2),
    "a.tsv.gz": (lambda: gzip.compress(b"title\ttext\nOne\tFirst, words\n"), 1),
    "a.html.gz": (lambda: gzip.compress(PAGE.encode()), 1),
    "a.XLSX": (lambda: make_workbook(A=TABLE), 2),
    # Called by something else
    "page.txt": (PAGE.encode, 1),
    "page.doc": (PAGE.encode, 1),
    "rich-text.doc": (lambda: RTF, 1),
    "new-word.doc": (lambda: make_docx(paragraph(PROSE)), 1),
    "pdf.docx": (lambda: make_pdf(set_lines(PROSE.replace(". ", ".\n"))), 1),
    "workbook.csv": (lambda: make_workbook(A=TABLE), 2),
    "new-workbook.xls": (lambda: make_workbook(A=TABLE), 2),
    "page.xls": (HTML_TABLE.encode, 1),
    "tabs.xls": (lambda: b"title\ttext\nOne\tFirst, words; and more\n", 1),
    "tabs-of-windows.xls": (lambda: "title\ttext\r\nOne\tFirst wörds\r\n".encode("utf-16"), 1),
    "commas.xls": (lambda: b"title,text\nOne,First words\n", 1),
    "feed.txt": (f"<?xml version='1.0'?>{FEED}".encode, 1),
    "mail.txt": (make_mail, 1),
    "packed.csv": (lambda: gzip.compress(b"text\nFirst words\n"), 1),
    "saved.html": (make_mhtml, 1),
    "no-suffix": (lambda: make_docx(paragraph(PROSE)), 1),
    # In an archive
    "a.zip": (lambda: make_zip({"a.docx": make_docx(paragraph(PROSE)), "b.xlsx": make_workbook(A=TABLE)}), 3),
}


@pytest.mark.parametrize("name", READ)
def test_odd_files_that_are_read(tmp_path, name):
    make, expected = READ[name]
    (tmp_path / name).write_bytes(make())
    articles = read_articles(tmp_path)  # a problem would be a warning, and fail
    assert len(articles) == expected
    assert articles["text"].str.contains("words|wörds|paper mill").all()


def make_page_in_mail() -> bytes:
    """What ProQuest sends: a mail of its own subject, with the articles in its page."""
    message = EmailMessage()
    message["Subject"], message["From"] = "Your search", "noreply@proquest.example"
    pages = "".join(make_page(number) for number in (1, 2))
    message.set_content(f"<html><head><title>Document</title></head><body>{pages}</body></html>", subtype="html")
    return bytes(message)


TEXT = "".join(make_text(number, 2) for number in (1, 2)) + FOOT
BUNDLES = {
    "a.zip": lambda: make_zip({"first/a.txt": TEXT, "second.txt": TEXT, "empty/": ""}),
    "a.docx": lambda: make_docx("".join(paragraph(escape(line)) for line in TEXT.split("\n"))),
    "a.rtf": (r"{\rtf1\ansi " + TEXT.replace("\n", "\\par\n").replace("©", r"\'a9") + "}").encode,
    "a.odt": lambda: make_document("text", "".join(f"<text:p>{escape(line)}</text:p>" for line in TEXT.split("\n"))),
    "a.txt.gz": lambda: gzip.compress(TEXT.encode()),
    "a.eml": make_page_in_mail,
}


@pytest.mark.parametrize("name", BUNDLES)
def test_what_a_database_puts_into_one_file_is_found_in_any_form(tmp_path, name):
    (tmp_path / name).write_bytes(BUNDLES[name]())
    articles = read_articles(tmp_path)
    assert len(articles) == (4 if name == "a.zip" else 2)
    assert articles["title"].str.startswith("Mill burns").all()
    assert {file["form"] for file in articles.attrs["files"]} == {"ProQuest"}


REFUSALS = {
    "old.doc": (lambda: make_stream("WordDocument"), "is a Word document of the old form; expected it saved as docx"),
    "old.ppt": (lambda: make_stream("PowerPoint Document"), f"is a presentation; {AS_TEXT}"),
    "mail.msg": (lambda: make_stream("__substg1.0_0037"), "is a message of Outlook; expected it saved as eml or html"),
    "locked.docx": (
        lambda: make_stream("EncryptedPackage"), "is locked with a password; expected it saved without one",
    ),
    "locked.xlsx": (
        lambda: make_stream("EncryptedPackage"), "is locked with a password; expected it saved without one",
    ),
    "locked.pdf": (
        lambda: lock(make_pdf(set_lines(PROSE)), "secret"), "is locked with a password; expected it saved without one",
    ),
    "scan.pdf": (
        lambda: make_pdf(PICTURE),
        "has no text, only pictures of its 1 page; expected a PDF with text in it: "
        "a program that recognises text (OCR) can add it",
    ),
    "slides.pptx": (
        lambda: make_zip({"[Content_Types].xml": "", "ppt/presentation.xml": ""}),
        f"is a presentation; {AS_TEXT}",
    ),
    "book.epub": (
        lambda: make_zip({"mimetype": "application/epub+zip"}), f"is an e-book; {AS_TEXT}",
    ),
    "mac.pages": (
        lambda: make_zip({"Index/Document.iwa": "x"}), "is a Pages document; expected it saved as docx",
    ),
    "renamed-zip.txt": (lambda: make_zip({"a.txt": "Words"}), "is a zip archive; expected the suffix zip"),
    "photo.jpg": (lambda: b"\xff\xd8\xff\xe0 rubbish", f"is an image; {OCR}"),
    "photo.txt": (lambda: b"\x89PNG\r\n rubbish", f"is an image; {OCR}"),
    "photo.webp": (lambda: b"RIFF\0\0\0\0WEBPVP8 ", f"is an image; {OCR}"),
    "base.sqlite": (make_database, f"is a database; {AS_TABLE}"),
    "base.txt": (make_database, f"is a database; {AS_TABLE}"),
    "r.rds": (
        lambda: gzip.compress(b"X\n"), "is a file of R; expected its table written as csv, as R does by write.csv",
    ),
    "r.RData": (
        lambda: b"RDX3\nX\n", "is a file of R; expected its table written as csv, as R does by write.csv",
    ),
    "table.pkl": (
        lambda: pickle.dumps(Bomb()), f"is a pickle, which may run any code when it is opened; {AS_TABLE}",
    ),
    "packed.7z": (lambda: b"7z\xbc\xaf\x27\x1c", f"is a packed archive; {UNPACKED}"),
    "packed.tar.gz": (lambda: gzip.compress(b"x"), f"is a packed archive; {UNPACKED}"),
    "packed.tar": (lambda: bytes(257) + b"ustar" + bytes(300), f"is a packed archive; {UNPACKED}"),
    "packed.rar": (lambda: b"Rar!\x1a\x07", f"is a packed archive; {UNPACKED}"),
    "twice.gz.gz": (lambda: gzip.compress(gzip.compress(b"Words")), "is packed more than once; expected it unpacked"),
    "broken.csv.gz": (
        lambda: gzip.compress(PROSE.encode())[:-9], "is damaged or cut off; expected a complete gzip archive",
    ),
    "word.xml": (
        lambda: b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><w/>",
        "is a Word document in one piece of XML; expected it saved as docx",
    ),
    "empty.docx": (lambda: b"", "is empty; expected a file with articles in it"),
    "empty.pdf": (lambda: b"", "is empty; expected a file with articles in it"),
    "empty.xls": (lambda: b"", "is empty; expected a file with articles in it"),
    "empty.txt": (lambda: b"", "has no words; expected the article's text"),
    "empty.csv": (lambda: b"", "is empty; expected a table with a header"),
    "nothing-in-it.docx": (lambda: make_docx(paragraph()), "has no words; expected the article's text"),
    "nul.txt": (
        lambda: b"W\0o\0\0\0rds\0\0\0" * 50, "is a binary file; expected text in UTF-8, UTF-16 or Windows-1252",
    ),
    "rubbish.docx": (lambda: b"rubbish", "is damaged or cut off; expected a complete Word document"),
    "rubbish.rtf": (lambda: b"rubbish", r"is no RTF; expected a document that begins with '{\rtf'"),
    "rubbish.xml": (lambda: b"<rubbish", "is not complete XML (line 1); expected plain XML"),
    "strange.xyz": (lambda: b"rubbish", f"can't be read by its suffix; expected {kinds.SUFFIXES}"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSALS)
def test_odd_files_that_are_refused_in_one_sentence(tmp_path, name):
    make, sentence = REFUSALS[name]
    write(tmp_path, words__txt="Words")
    (tmp_path / name).write_bytes(make())
    articles, problems = read_with_problems(tmp_path)
    assert problems == [f"'{name}' {sentence}"]
    assert articles["article"].tolist() == ["words"]
    assert not os.path.exists("/tmp/parallax-was-here")


def test_an_article_is_called_after_its_file_whatever_it_is_packed_in(tmp_path):
    for name, made in {"a.xml": "a.xml", "b.csv.gz": "a.csv.gz", "c.docx": "a.docx"}.items():
        (tmp_path / name).write_bytes(READ[made][0]())
    assert read_articles(tmp_path)["article"].tolist() == ["a", "b:1", "b:2", "c"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is locked for root")
def test_a_file_that_may_not_be_opened(tmp_path):
    write(tmp_path, words__txt="Words", locked__docx=make_docx(paragraph(PROSE)))
    (tmp_path / "locked.docx").chmod(0)
    assert read_with_problems(tmp_path)[1] == ["'locked.docx' can't be opened (Permission denied)"]


def test_every_suffix_that_is_refused_says_what_to_do_instead():
    refused = [suffix for suffixes, _ in REFUSED.values() for suffix in suffixes]
    assert not set(refused) & set(READERS)
    for kind, (suffixes, step) in REFUSED.items():
        for suffix in suffixes:
            with pytest.raises(InputError) as error:
                tell_kind(f"a.{suffix}", b"rubbish")
            assert str(error.value) == f"'a.{suffix}' is {kind}; {step}"
            assert step.startswith("expected ")


def test_entities_of_a_feed_are_neither_fetched_nor_expanded(tmp_path):
    (tmp_path / "secret.txt").write_text("SECRET words")
    secret = (tmp_path / "secret.txt").as_uri()
    folder = tmp_path / "news"
    feed = "<!DOCTYPE rss [<!ENTITY x {}>]>" + FEED.replace("The paper", "&x; The paper")
    laughs = '"ha"><!ENTITY a1 "&x;&x;">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 9}">' for n in range(1, 30))
    write(
        folder,
        a__xml=feed.format(f'SYSTEM "{secret}"'),
        b__xml=feed.format('SYSTEM "http://127.0.0.1:9/"'),
        c__xml=feed.format(laughs[:-1]).replace("&x;", "&a30;"),
        d__xml=f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{secret}"> %x;]>' + FEED,
        words__txt="Words",
    )
    articles, problems = read_with_problems(folder)
    assert articles["article"].tolist() == ["words"]
    refused = "defines entities of its own, which are not expanded; expected plain XML without them"
    assert problems == [f"'{letter}.xml' {refused}" for letter in "abcd"]


def test_a_gzip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    bomb = gzip.compress(bytes(20_000_000))
    monkeypatch.setattr(archives, "HARMLESS", 1_000_000)
    write(tmp_path, words__txt="Words", bomb__csv__gz=bomb)
    tracemalloc.start()
    _, problems = read_with_problems(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
    limit = 100 * len(bomb) / 1_000_000
    assert problems == [
        f"'bomb.csv.gz' would unpack from 0.0 MB to more than {limit:,.1f} MB, and is not opened; "
        "expected an article or a table of them"
    ]


def test_a_workbook_that_is_a_zip_bomb_is_not_opened(tmp_path):
    bomb = make_zip({"[Content_Types].xml": "", "xl/workbook.xml": "", "xl/worksheets/sheet1.xml": bytes(50_000_000)})
    write(tmp_path, words__txt="Words", bomb__xlsx=bomb)
    (problem,) = read_with_problems(tmp_path)[1]
    assert problem.endswith("MB to 50.0 MB, and is not opened; expected a workbook")


@pytest.mark.parametrize("suffix", ["txt", "rtf", "csv", "html", "xml", "eml", "mbox", "fodt", "xls"])
def test_one_line_of_ten_megabytes_takes_a_few_seconds(tmp_path, suffix):
    begin = {"rtf": r"{\rtf1 ", "csv": "text\n", "html": "<html><p>", "xml": "<rss><a>", "fodt": "<office:document>"}
    (tmp_path / f"a.{suffix}").write_text(begin.get(suffix, "") + "<b a= \\b 'words \"{" * 500_000)
    (tmp_path / "words.txt").write_text("Words")
    start = time.perf_counter()
    read_with_problems(tmp_path)
    assert time.perf_counter() - start < 20


@pytest.mark.slow
def test_a_workbook_of_a_hundred_thousand_rows(tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True})
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["id", "outlet", "date", "text"])
    for number in range(1, 100_001):
        sheet.write_row(number, 0, [f"a{number}", "Echo", "2024-06-19", f"The mill burned {number} times."])
    workbook.close()
    assert len(read_articles(tmp_path)) == 100_000
