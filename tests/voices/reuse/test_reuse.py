import random
import re
from collections import Counter
from itertools import chain

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, find_artefacts, find_quotes
from analysis.corpus.tokens import tokenize
from analysis.tables import ARTEFACTS, QUOTES, make_table
from analysis.voices.reuse import shares
from analysis.voices.reuse.reuse import _opens_quotation as opens_quotation
from analysis.voices.reuse.reuse import find_reuse
from analysis.voices.reuse.runs import KIN_WORDS
from analysis.voices.reuse.shares import share_reused
from analysis.voices.speech.marks import find_marked

NO_ARTEFACTS, NO_QUOTES = make_table(ARTEFACTS, []), make_table(QUOTES, [])
STORY = (
    "The leaders of both countries signed an agreement on Wednesday that deepens their military ties and promises "
    "mutual help whenever either of them is attacked by a third country"
).split()
CORPORA = st.lists(st.lists(st.sampled_from("abc"), max_size=18).map(" ".join), max_size=5)


def reuse(*texts: str, n: int = 8, edits: int = 0, **columns) -> pd.DataFrame:
    articles = make_articles(*texts).assign(**columns)
    return find_reuse(articles, n=n, edits=edits, artefacts=NO_ARTEFACTS, quotes=find_quotes(articles))


def story(words: int) -> str:
    return " ".join(STORY[:words])


def occurrences(text: str, run: str) -> int:
    """How often a run of one-letter words stands in a text, overlaps counted."""
    return len(re.findall(f"(?={run})", text))


def search_by_hand(texts: list[str], n: int) -> list[tuple[int, int, int]]:
    """article, start, end of the longest runs that are printed whole wherever n words of them are: try every one."""

    def count(run: str) -> int:
        return sum(occurrences(text, run) for text in texts)

    def qualifies(run: str) -> bool:
        parts = [run[at : at + 2 * n - 1] for at in range(0, len(run) - 2 * n + 2, 2)]
        shared = sum(run in text for text in texts) >= 2
        return shared and all(count(part) == count(run) for part in parts)

    found = []
    for article, text in enumerate(texts):
        length = (len(text) + 1) // 2
        spans = [(i, j) for i in range(length) for j in range(i + n, length + 1) if qualifies(text[2 * i : 2 * j - 1])]
        longest = [(i, j) for i, j in spans if not {(i - 1, j), (i, j + 1)} & set(spans)]
        found += [(article, 2 * i, 2 * j - 1) for i, j in longest]
    return found


@settings(max_examples=400, deadline=None)
@given(CORPORA, st.integers(2, 4))
def test_passages_are_those_of_a_search_by_hand(texts, n):
    found = reuse(*texts, n=n)
    spans = [("abcde".index(row.article), row.start, row.end) for row in found.itertuples()]
    assert spans == search_by_hand(texts, n)


@settings(max_examples=300, deadline=None)
@given(CORPORA, st.integers(2, 4))
def test_each_passage_is_one_text_in_two_or_more_articles(texts, n):
    found = reuse(*texts, n=n)
    assert (found["articles"] == found.groupby("passage")["article"].transform("nunique")).all()
    assert (found["articles"] >= 2).all()
    assert (found["words"] == found["text"].str.split().str.len()).all()
    assert (found.groupby("passage")["text"].nunique() == 1).all()
    assert (found.groupby("text")["passage"].nunique() == 1).all()


@settings(max_examples=300, deadline=None)
@given(CORPORA, st.integers(2, 4))
def test_shared_words_are_those_of_a_search_by_hand(texts, n):
    articles = make_articles(*texts)
    shared = share_reused(reuse(*texts, n=n), articles)
    expected = []
    for a, first in enumerate(texts):
        for b, text in enumerate(texts):
            words = text.split()
            starts = [i for i in range(len(words) - n + 1) if " ".join(words[i : i + n]) in first]
            inside = {at for i in starts for at in range(i, i + n)}
            expected.append(("abcde"[a], "abcde"[b], len(words) if a == b else len(inside)))
    assert list(shared[["a", "b", "words"]].itertuples(index=False, name=None)) == expected


@settings(max_examples=200, deadline=None)
@given(CORPORA, st.integers(3, 4), st.integers(1, 3))
def test_near_passages_hold_the_exact_ones(texts, n, edits):
    exact, near = reuse(*texts, n=n), reuse(*texts, n=n, edits=edits)
    for row in exact.itertuples():
        of_article = near[near["article"] == row.article]
        assert ((of_article["start"] <= row.start) & (of_article["end"] >= row.end)).any()
    assert (near["articles"] == near.groupby("passage")["article"].transform("nunique")).all()
    assert len(near) <= len(exact)


@settings(max_examples=100, deadline=None)
@given(CORPORA, st.integers(0, 2), st.randoms())
def test_the_order_of_articles_changes_no_passage(texts, edits, shuffler):
    articles = make_articles(*texts)
    order = list(range(len(texts)))
    shuffler.shuffle(order)
    options = {"n": 2, "edits": edits, "artefacts": NO_ARTEFACTS, "quotes": NO_QUOTES}
    keys = ["article", "start", "passage"]
    whole, shuffled = (find_reuse(a, **options) for a in (articles, articles.iloc[order]))
    pd.testing.assert_frame_equal(*(f.sort_values(keys).reset_index(drop=True) for f in (whole, shuffled)))


def test_blocks_and_pieces_change_nothing(monkeypatch, seeds):
    whole = find_reuse(seeds, n=4)
    shared = share_reused(whole, seeds)
    monkeypatch.setattr("analysis.corpus.tokens._CHUNK", 100)
    monkeypatch.setattr("analysis.voices.reuse.runs._PIECE", 7)
    pd.testing.assert_frame_equal(find_reuse(seeds, n=4), whole)
    pd.testing.assert_frame_equal(share_reused(whole, seeds), shared)


def test_the_id_of_a_passage_is_the_same_in_any_corpus():
    """Numbers from a first run: a change of them breaks tables that users have stored."""
    expected = ["0eef5b5061ccd61a"]
    assert reuse(story(8), story(8))["passage"].unique().tolist() == expected
    assert reuse("Something else.", story(8).upper(), f"“{story(8)}”, it said")["passage"].unique().tolist() == expected


def test_case_and_punctuation_are_folded():
    found = reuse("Putin’s “first visit” to the U.S., he said", "PUTIN'S first: visit; to the US he said so", n=8)
    assert found["text"].tolist() == [
        "Putin’s “first visit” to the U.S., he said",
        "PUTIN'S first: visit; to the US he said",
    ]


def test_spans_are_code_points():
    texts = [f"😀 Zoë: {story(8)}", f"Ö {story(8)} 日本"]
    found = reuse(*texts)
    assert found[["start", "end"]].values.tolist() == [[7, 7 + len(story(8))], [2, 2 + len(story(8))]]
    assert found["text"].tolist() == [story(8)] * 2


def test_a_run_within_one_article_is_not_shared():
    assert reuse(f"{story(10)}. {story(10)}", "Other words").empty


def test_a_story_in_a_hundred_articles_is_one_passage():
    names = [f"{number:03}" for number in range(100)]
    articles = pd.DataFrame({"article": names, "text": [f"Number{name} {story(20)} end{name}" for name in names]})
    found = find_reuse(articles, artefacts=NO_ARTEFACTS)
    assert found["passage"].nunique() == 1
    assert found["article"].tolist() == names
    assert set(found["articles"]) == {100}


@pytest.mark.parametrize(("words", "kind"), [(14, "stock"), (15, "prose")])
def test_fifteen_words_are_prose(words, kind):
    assert reuse(story(words), story(words))["kind"].tolist() == [kind] * 2


def test_copy_words_moves_the_border():
    articles = make_articles(story(10), story(10))
    assert find_reuse(articles, copy_words=10)["kind"].tolist() == ["prose"] * 2
    assert find_reuse(articles, copy_words=11)["kind"].tolist() == ["stock"] * 2


@pytest.mark.parametrize(
    ("events", "kind"),
    [
        (["1", "1"], "prose"), (["1", "2"], "stock"), ([None, None], "prose"), (["", ""], "prose"),
        (["1", None], "stock"),
    ],
)  # fmt: skip
def test_what_recurs_in_another_event_is_stock(events, kind):
    assert reuse(story(20), story(20), event=events)["kind"].tolist() == [kind] * 2


@pytest.mark.parametrize(("inside", "kind"), [(16, "quote"), (15, "prose")])
def test_a_passage_four_fifths_in_quotation_marks_is_a_quote(inside, kind):
    marked = f'He said "{" ".join(STORY[:inside])}" {" ".join(STORY[inside:20])}'
    found = reuse(marked, f"We read: {story(20)}")
    assert found["words"].tolist() == [20, 20]
    assert found["kind"].tolist() == [kind, "prose"]


def test_reported_speech_is_not_in_quotation_marks():
    articles = make_articles(story(20), story(20))
    quotes = make_table(QUOTES, [("a", 0, 500, "", "reported", 0, 500, None, None, None, None, True, None)])
    assert find_reuse(articles, quotes=quotes)["kind"].tolist() == ["prose"] * 2


@pytest.mark.parametrize(
    ("published", "agencies", "first"),
    [
        (["2024-06-20", "2024-06-19", "2024-06-21"], [None, None, None], "b"),
        (["2024-06-20", "2024-06-19", "2024-06-21"], ["Reuters", None, None], "b"),
        (["2024-06-19", "2024-06-19", "2024-06-21"], [None, None, None], None),
        (["2024-06-19", "2024-06-19", "2024-06-21"], [None, "AP", None], "b"),
        (["2024-06-19", "2024-06-19", "2024-06-21"], ["AP", "AP", None], None),
        (["2024-06-19", "2024-06-19", "2024-06-21"], [None, None, "AP"], None),
        (["2024-06-19", None, "2024-06-21"], [None, None, None], None),
        (["2024-06-19", None, "2024-06-21"], [None, "AP", None], "b"),
        ([None, None, None], ["", "AFP", None], "b"),
        ([None, None, None], [None, None, None], None),
    ],
)
def test_which_article_is_likely_first(published, agencies, first):
    texts = [f"{name} {story(9)}" for name in ("One", "Two", "Three")]
    for days in (pd.array(published, dtype="str"), pd.to_datetime(pd.Series(published))):
        found = reuse(*texts, published=days, agency=agencies)
        assert found["first"].fillna("nobody").tolist() == [first or "nobody"] * 3


def test_artefacts_are_in_no_passage_and_end_one():
    text = f"{story(10)} Image Credit: AFP {' '.join(STORY[10:20])}"
    start = text.index("Image")
    credits = [(article, start, start + 17, "credit", "Image Credit: AFP") for article in "ab"]
    articles = make_articles(text, text)
    found = find_reuse(articles, edits=3, artefacts=make_table(ARTEFACTS, credits))
    assert found["text"].tolist() == [story(10), " ".join(STORY[10:20])] * 2
    assert find_reuse(articles, artefacts=NO_ARTEFACTS)["words"].tolist() == [23, 23]
    assert find_reuse(articles, artefacts=make_table(ARTEFACTS, credits[:1]))["words"].tolist() == [10] * 4


def test_a_changed_word_is_bridged():
    changed = story(9) + " CHANGED " + " ".join(STORY[10:20])
    assert reuse(story(20), changed)["words"].tolist() == [9, 10] * 2
    near = reuse(story(20), changed, edits=1)
    assert near["words"].tolist() == [20, 20]
    assert near["text"].tolist() == [story(20), changed]
    assert set(near["kind"]) == {"prose"}


@pytest.mark.parametrize(("gap", "passages"), [(2, 1), (3, 2)])
def test_at_most_so_many_words_lie_between(gap, passages):
    put_in = " ".join([story(10), *["extra"] * gap, *STORY[10:20]])
    assert reuse(story(20), put_in, edits=2)["passage"].nunique() == passages


def test_what_is_left_after_an_edit_may_be_short():
    changed = story(10) + " CHANGED " + " ".join(STORY[11:14]) + ". The end"
    assert reuse(story(20), changed, edits=1)["words"].tolist() == [14, 14]


def test_a_set_phrase_in_a_third_article_does_not_cut_a_near_passage():
    phrase = " ".join(STORY[8:16])
    assert reuse(story(24), story(24), f"Elsewhere {phrase} too")["words"].tolist() != [24, 24, 8]
    near = reuse(story(24), story(24), f"Elsewhere {phrase} too", edits=1)
    assert near.query("words == 24")["article"].tolist() == ["a", "b"]
    assert near.query("words == 8")["article"].tolist() == ["a", "b", "c"]


def misjudge_edited_copy(texts: list[str], story: int, seed: int, apart: str = "\n", **options) -> float:
    """By how much the share found differs from the true one.

    Paragraphs or sentences of a real text shuffled, 30 % of it left out, every tenth word changed, and up to 300 words
    behind it that are not in it: those of another text, in no order.
    """
    chance = random.Random(seed)
    own = texts[(story + 2) % len(texts)].split()[: chance.choice([0, 100, 300])]
    chance.shuffle(own)
    paragraphs = [part.split() for part in re.split(apart, texts[story]) if part.split()]
    chance.shuffle(paragraphs)
    total, kept = sum(map(len, paragraphs)), []
    while sum(map(len, kept)) < 0.7 * total:
        kept.append(paragraphs.pop())
    copied = [word if at % 10 != seed % 10 else f"other{at}" for at, word in enumerate(chain(*kept))]
    articles = make_articles(texts[story], " ".join([*copied, *own]))
    truth = len(tokenize(pd.DataFrame({"text": [" ".join(copied)]}))) / len(tokenize(articles.iloc[1:]))
    found = share_reused(find_reuse(articles, artefacts=NO_ARTEFACTS, quotes=NO_QUOTES, **options), articles)
    return found.query("a == 'a' and b == 'b'")["share"].item() - truth


@pytest.mark.parametrize("apart", ["\n", r"\n|(?<=[.!?]) "], ids=["paragraphs", "sentences"])
@pytest.mark.parametrize("story", range(5))
def test_a_story_cut_reordered_and_edited_is_still_found(story, apart, seeds):
    errors = [misjudge_edited_copy(seeds["text"].tolist(), story, seed, apart, edits=3) for seed in range(12)]
    assert -0.05 < min(errors) <= max(errors) < 0.01


def test_short_runs_count_only_between_articles_that_share_a_text():
    """Three words in a row stand in any two texts; where a hundred are shared besides, they are a scrap of the text."""
    for size, found in ((KIN_WORDS - 1, False), (KIN_WORDS, True)):
        long = " ".join(f"word{i}" for i in range(size))
        near = reuse(f"{long} but they never agreed there", f"they never agreed at first {long} or later", edits=1)
        assert (near["words"] < 8).any() == found, size


def test_without_edits_an_edited_copy_is_found_in_part(seeds):
    assert misjudge_edited_copy(seeds["text"].tolist(), 2, 0) < -0.1


def test_no_prose_is_shared_by_the_seeds(seeds):
    found = find_reuse(seeds)
    assert Counter(found["kind"])["prose"] == 0
    assert set(find_reuse(seeds, edits=3)["kind"]) == {"quote", "stock"}
    visit = found[found["text"] == "first visit to North Korea in 24 years"]
    assert visit["article"].str[:3].tolist() == ["002", "003", "004"]
    assert set(visit["kind"]) == {"stock"}


def test_putins_promise_is_a_quotation_in_four_seeds(seeds):
    found = find_reuse(seeds)
    promise = "mutual assistance in the event of aggression against one of the parties to this agreement"
    of_putin = found[found["text"] == promise]
    assert of_putin["article"].str[:3].tolist() == ["000", "001", "002", "003"]
    assert of_putin["passage"].nunique() == 1
    assert set(of_putin["kind"]) == {"quote"}
    assert set(of_putin["articles"]) == {4}


def test_computed_artefacts_and_quotes_are_those_of_their_verbs(seeds):
    artefacts = find_artefacts(seeds)
    given_both = find_reuse(seeds, artefacts=artefacts, quotes=find_quotes(seeds, artefacts=artefacts))
    pd.testing.assert_frame_equal(find_reuse(seeds), given_both)


@pytest.mark.parametrize("texts", [(), (story(20),), (story(7), story(7)), ("", "…"), (None, story(20))])
@pytest.mark.parametrize("edits", [0, 2])
def test_nothing_shared_is_an_empty_table(texts, edits):
    full, empty = reuse(story(9), story(9)), reuse(*texts, edits=edits)
    assert empty.empty
    assert empty.dtypes.astype(str).to_dict() == full.dtypes.astype(str).to_dict()
    shared = share_reused(empty, make_articles(*texts))
    assert len(shared) == len(texts) ** 2
    assert shared.query("a != b")["words"].sum() == 0


@pytest.mark.parametrize("texts", [(), (story(20),), ("", None), (story(7), story(7))])
def test_nothing_shared_has_no_marks_to_pair(texts):
    assert find_reuse(make_articles(*texts)).empty


def test_the_input_is_unchanged(seeds):
    before = seeds.copy(deep=True)
    passages = find_reuse(seeds)
    kept = passages.copy(deep=True)
    share_reused(passages, seeds, by="outlet")
    pd.testing.assert_frame_equal(seeds, before)
    pd.testing.assert_frame_equal(passages, kept)


def test_an_index_of_any_kind_is_ignored(seeds):
    shuffled = seeds.set_axis([9, 9, 3, 1, 0])
    pd.testing.assert_frame_equal(find_reuse(shuffled), find_reuse(seeds))
    pd.testing.assert_frame_equal(share_reused(find_reuse(seeds), shuffled), share_reused(find_reuse(seeds), seeds))


def test_shares_of_outlets():
    texts = [f"{story(10)} one two", story(10), "Nothing of all that", f"{story(12)} three"]
    articles = make_articles(*texts, outlets="XYZX")
    shared = share_reused(find_reuse(articles, artefacts=NO_ARTEFACTS), articles, by="outlet")
    table = shared.set_index(["a", "b"])
    assert list(table.index) == [(a, b) for a in "XYZ" for b in "XYZ"]
    assert table["words"].tolist() == [25, 10, 0, 20, 10, 0, 0, 0, 4]
    assert table.loc[("Y", "X"), "share"] == pytest.approx(20 / 25)
    assert table.loc[("X", "Y"), "share"] == 1
    assert table["share"].isna().tolist() == [True, False, False, False, True, False, False, False, True]


def test_many_articles_have_no_rows_for_pairs_that_share_nothing(monkeypatch, seeds):
    passages = find_reuse(seeds)
    square = share_reused(passages, seeds)
    monkeypatch.setattr(shares, "SQUARE", 4)
    sparse = share_reused(passages, seeds)
    kept = square[(square["words"] > 0) | (square["a"] == square["b"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(sparse, kept)
    assert len(sparse) < len(square)


def test_articles_that_are_not_given_are_not_compared(seeds):
    shared = share_reused(find_reuse(seeds), seeds.iloc[:2])
    assert len(shared) == 4
    assert (shared["words"] > 0).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 1}, "n is 1, but must be a number of words, 2 or more"),
        ({"n": 8.5}, "n is 8.5, but must be a number of words, 2 or more"),
        ({"edits": -1}, "edits is -1, but must be a number of words, 0 or more"),
        ({"copy_words": "15"}, "copy_words is '15', but must be a number of words, 0 or more"),
    ],
)
def test_options_out_of_range_are_named(options, message, seeds):
    with pytest.raises(InputError) as error:
        find_reuse(seeds, **options)
    assert str(error.value) == message


def test_missing_columns_are_named(seeds):
    with pytest.raises(InputError, match=r"^find_reuse needs the column 'text'; the table has 'article', 'outlet'"):
        find_reuse(seeds.drop(columns="text"))
    with pytest.raises(
        InputError, match=r"^share_reused needs the columns 'passage', 'start', 'end'; the table has 'article'"
    ):
        share_reused(seeds[["article"]], seeds)
    with pytest.raises(InputError, match=r"^share_reused needs the column 'paper'; the table has 'article', 'outlet'"):
        share_reused(find_reuse(seeds), seeds, by="paper")
    with pytest.raises(InputError) as error:
        share_reused(find_reuse(seeds), seeds, by=["outlet", "event"])
    assert str(error.value) == (
        "by is ['outlet', 'event'], but must be one column of the articles, such as 'article' or 'outlet'"
    )


def test_an_article_given_twice_is_named(seeds):
    with pytest.raises(InputError) as error:
        find_reuse(seeds.iloc[[0, 1, 0]])
    assert "'000_0094baf1129ae69f'" in str(error.value)


@given(st.text("\"“”„«»'‘’`a .,(-", max_size=12))
def test_a_paragraph_without_an_opening_mark_holds_no_quotation(paragraph):
    assert not find_marked(paragraph) or opens_quotation(paragraph, 0, len(paragraph))
