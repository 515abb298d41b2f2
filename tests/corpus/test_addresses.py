"""Two spellings of one address are one, and what leads to no article is none."""

import pytest

from analysis.corpus.addresses import fold_address


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/2024/pact-signed",
        "http://example.org/2024/pact-signed/",
        "HTTPS://WWW.Example.ORG:443/2024/pact-signed#comments",
        "//example.org/2024/pact-signed",
        "example.org/2024/pact-signed",
        "https://example.org/2024/pact-signed/index.html",
        " https://example.org/2024/pact-signed?utm_source=x&utm_medium=y&fbclid=abc&ref=rss ",
        "https://example.org/2024/pact%2Dsigned",
    ],
)
def test_spellings_of_one_address_are_one(address):
    assert fold_address(address) == "example.org/2024/pact-signed"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/story?id=1", "https://example.org/story?id=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://news.example.org/a"),
        ("https://example.org/a", "https://example.org:8080/a"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
    ],
)
def test_other_pages_are_others(one, other):
    assert "" != fold_address(one) != fold_address(other) != ""


def test_the_order_of_a_query_is_no_matter():
    assert fold_address("https://example.org/s?b=2&a=1") == fold_address("https://example.org/s?a=1&b=2&gclid=3")


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "https://www.example.org/", "https://example.org/?utm_source=x", "http://[broken/a", "pact",
     "articles/pact.txt", "mailto:ann@example.org", "file:///home/a.txt", "http://example.org:port/a", "", None, 7.0],
)  # fmt: skip
def test_what_leads_to_no_page_of_its_own_is_none(address):
    assert fold_address(address) == ""
