"""E-mails and pages in the form of one: which of their parts is the article."""

from email.message import EmailMessage

import pytest

from analysis import read_articles
from analysis.corpus.reading.documents import mail
from analysis.corpus.reading.documents.documents import open_document
from analysis.corpus.reading.documents.mail import read_mail, split_mailbox
from analysis.corpus.reading.log import Log
from analysis.tables import InputError

PAGE = "<html><body><p>Words of a café page.</p></body></html>"


def make_mail(text: str | None = None, page: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
    if page is not None and text is not None:
        message.add_alternative(page, subtype="html")
    elif page is not None:
        message.set_content(page, subtype="html")
    return message


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_mail(data, "a.eml")
    return str(error.value)


def test_the_page_and_the_text_of_a_mail_are_both_given():
    letter = read_mail(bytes(make_mail("Words of a text.", PAGE, Subject="Mill burns")), "a.eml")
    assert letter.page.decode("utf-8-sig").strip() == PAGE
    assert letter.text.strip() == "Words of a text."
    assert letter.subject == "Mill burns"


@pytest.mark.parametrize("subject", ["Fwd: Mill burns", "RE: Fw: Mill burns", "WG: Mill  burns"])
def test_a_forwarded_subject_is_what_it_was(subject):
    assert read_mail(bytes(make_mail("Words", Subject=subject)), "a.eml").subject == "Mill burns"


def test_the_day_of_the_mail_is_not_that_of_the_article(tmp_path):
    message = make_mail("Words", Subject="Mill burns", Date="Tue, 15 Aug 2023 01:02:03 -0400")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    articles = read_articles(tmp_path)
    assert articles["published"].isna().tolist() == [True]
    assert articles["title"].tolist() == ["Mill burns"]


def test_a_text_in_another_encoding_is_decoded():
    data = b"Subject: =?iso-8859-1?Q?Caf=E9?=\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Caf\xe9</p>"
    letter = read_mail(data, "a.eml")
    assert letter.page.decode("utf-8-sig") == "<p>Café</p>"
    assert letter.subject == "Café"


def test_lines_that_a_mail_program_broke_run_on():
    data = b"Content-Type: text/plain; format=flowed\r\n\r\nThe mill \r\nburned.\r\nNobody was hurt.\r\n"
    assert read_mail(data, "a.eml").text == "The mill burned.\nNobody was hurt.\n"


def test_attachments_are_said_and_pictures_of_the_mail_are_not():
    message = make_mail("Words", PAGE)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
    message.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="logo.gif")
    log = Log()
    open_document("mail", bytes(message), "a.eml", log)
    sentence = "'a.eml' has the attachment 'x.pdf', which was not read; expected it saved beside the e-mail"
    assert log.problems == [{"source": "a.eml", "problem": sentence}]


def test_a_mail_of_nothing_but_attachments_is_refused():
    message = EmailMessage()
    message.make_mixed()
    for name in ("x.docx", "y.docx"):
        message.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename=name)
    with pytest.raises(InputError) as error:
        open_document("mail", bytes(message), "a.eml", Log())
    assert str(error.value) == (
        "'a.eml' has the attachment 'x.docx' and 1 more, which were not read, and no text of its own; "
        "expected it saved beside the e-mail"
    )


def test_a_mail_of_nothing_is_refused():
    message = EmailMessage()
    message.set_content(b"GIF89a", maintype="image", subtype="gif")
    assert refusal(bytes(message)) == "'a.eml' has neither a page nor a text; expected an e-mail with an article"


def make_mhtml(*, head: str = "", location: str = "Content-Location: https://example.org/mill\r\n") -> bytes:
    return (
        f"From: <Saved by Blink>\r\n{head}Subject: Mill burns\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n'
        f"--xx\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n{location}\r\n"
        "<html><body><p>Caf=C3=A9 wor=\r\nds</p></body></html>\r\n"
        "--xx\r\nContent-Type: text/css\r\nContent-Location: https://example.org/a.css\r\n\r\np {}\r\n"
        "--xx\r\nContent-Type: text/html\r\nContent-Location: https://example.org/frame\r\n\r\n<p>An "
        "advert</p>\r\n--xx--\r\n"
    ).encode()


def test_the_first_page_of_a_saved_page_is_the_article_and_its_place_the_address():
    letter = read_mail(make_mhtml(), "a.mhtml")
    assert letter.page.decode() == "<html><body><p>Café words</p></body></html>"
    assert letter.url == "https://example.org/mill"
    assert not letter.attachments


def test_a_place_that_is_no_address_is_none():
    assert read_mail(make_mhtml(location="Content-Location: file:///C:/mill.htm\r\n"), "a.mhtml").url is None
    snapshot = "Snapshot-Content-Location: https://example.org/snap\r\n"
    assert read_mail(make_mhtml(head=snapshot, location=""), "a.mhtml").url == "https://example.org/snap"


def test_a_mailbox_holds_each_mail_behind_its_own_line():
    mails = [bytes(make_mail(f"Words {number}\n\nFrom here on more.")) for number in (1, 2)]
    box = b"".join(
        b"From me@example.org Tue Aug 15\n" + one.replace(b"\nFrom here", b"\n>From here") + b"\n" for one in mails
    )
    assert len(split_mailbox(box)) == 2
    parts = open_document("mbox", box, "a.mbox", Log())
    assert [part.place for part in parts] == ["message 1", "message 2"]
    assert parts[1].text.startswith("Words 2")


def test_a_mailbox_without_messages_is_refused():
    with pytest.raises(InputError) as error:
        open_document("mbox", b"Words", "a.mbox", Log())
    assert (
        str(error.value) == "'a.mbox' holds no message; expected a mailbox, in which each begins with a line 'From …'"
    )


def test_a_mail_that_is_too_large_is_refused(monkeypatch):
    data = bytes(make_mail("Words"))
    monkeypatch.setattr(mail, "MAIL_BYTES", len(data))
    read_mail(data, "a.eml")
    monkeypatch.setattr(mail, "MAIL_BYTES", len(data) - 1)
    assert "expected an e-mail of at most" in refusal(data)
