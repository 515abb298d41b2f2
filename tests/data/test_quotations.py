"""The labelled quotations are whole: counts, offsets, styles, and speakers whom the article prints. No rule is run."""

import json
from collections import Counter
from itertools import combinations

import pytest
from conftest import ROOT

FOLDER = ROOT / "tests" / "data"
STYLES = ("us broadsheet", "british broadsheet", "tabloid", "agency", "transcript", "interview")
PRONOUNS = {"i", "you", "he", "she", "it", "we", "they"}
PRINTED = (FOLDER / "quotations.jsonl").read_bytes().decode("utf-8")
ARTICLES = [json.loads(line) for line in PRINTED.splitlines()]

each_article = pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])


def count_styles(*, quotations: bool) -> dict[str, int]:
    counts = Counter()
    for article in ARTICLES:
        counts[article["style"]] += len(article["quotations"]) if quotations else 1
    return dict(counts)


def test_fifty_of_each_style():
    assert count_styles(quotations=True) == dict.fromkeys(STYLES, 50)
    assert all(8 <= count <= 12 for count in count_styles(quotations=False).values())


def test_the_readme_gives_the_same_counts():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    articles, quotations = count_styles(quotations=False), count_styles(quotations=True)
    assert f"holds {len(ARTICLES)} short articles, one a line, with {sum(quotations.values())} quotations" in readme
    assert all(f"| {style} | {articles[style]} | {quotations[style]} |" in readme for style in STYLES)


def test_no_two_articles_are_alike():
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES)
    runs = []
    for article in ARTICLES:
        words = article["text"].casefold().split()
        runs.append({tuple(words[start : start + 8]) for start in range(len(words) - 7)})
    assert [pair for pair in combinations(range(len(runs)), 2) if runs[pair[0]] & runs[pair[1]]] == []


def test_marks_are_curly_and_straight():
    assert all(mark in "".join(article["text"] for article in ARTICLES) for mark in "“”‘’\"'")


@each_article
def test_fields_and_length(article):
    assert list(article) == ["id", "style", "text", "quotations"]
    assert article["style"] in STYLES
    assert 120 <= len(article["text"].split()) <= 350
    for quotation in article["quotations"]:
        assert list(quotation) == ["text", "start", "speaker", "accept"]


@each_article
def test_offsets(article):
    end = 0
    for quotation in article["quotations"]:
        text, start = quotation["text"], quotation["start"]
        assert text and text == text.strip() and "\n" not in text
        assert article["text"][start : start + len(text)] == text
        assert start >= end, "in the order of the text, none within another"
        end = start + len(text)


@each_article
def test_every_mark_is_within_a_label(article):
    rest = article["text"]
    for quotation in reversed(article["quotations"]):
        rest = rest[: quotation["start"]] + rest[quotation["start"] + len(quotation["text"]) :]
    assert not set('"“”‘') & set(rest)


@each_article
def test_speakers_are_printed_or_nobody(article):
    printed = article["text"].casefold()
    for quotation in article["quotations"]:
        speaker, accept = quotation["speaker"], quotation["accept"]
        assert speaker is None or (speaker and speaker.casefold() in printed)
        assert all(answer.casefold() in printed for answer in accept)
        assert speaker not in accept and len(set(accept)) == len(accept)
        assert not PRONOUNS & {answer.casefold() for answer in [speaker or "", *accept]}
