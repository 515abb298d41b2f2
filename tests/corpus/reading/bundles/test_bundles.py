"""The front door: each database's file is known by its own marks, whatever is tried first."""

import pytest
from corpus.reading.bundles import test_nexis, test_nexis_uni, test_proquest
from lxml import etree

from analysis.corpus.reading.bundles.bundles import cut_page, cut_text, cut_xml
from analysis.corpus.reading.pages import open_page


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (test_nexis.make_document("1 of 2 DOCUMENTS") + test_nexis.make_document("2 of 2 DOCUMENTS"), "Nexis"),
        (test_nexis_uni.make_document() * 2, "Nexis Uni"),
        (test_proquest.make_text(1, 2) + test_proquest.make_text(2, 2), "ProQuest"),
    ],
)
def test_a_text_is_known_by_its_marks(text, kind):
    bundle = cut_text(text)
    assert (bundle.kind, len(bundle.articles)) == (kind, 2)


def test_what_no_database_wrote():
    assert cut_text("The mill burned for two days.\n\nNobody slept.") is None
    assert cut_page(open_page(b"<body><h1>Mill burns</h1><p>It burned.</p></body>", "a.html")) is None
    assert cut_xml(etree.fromstring("<mill>It burned.</mill>")) is None
