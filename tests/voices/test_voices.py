import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, find_quotes, find_reuse, label_voices, split_sentences, tabulate_voices
from analysis.corpus.tokens import count_words
from analysis.tables import QUOTES, make_table
from analysis.voices.reuse import copies


def tiles(text: str) -> list[tuple[str, str]]:
    return list(label_voices(make_articles(text))[["voice", "text"]].itertuples(index=False, name=None))


def test_a_sentence_is_cut_at_its_quotation():
    assert tiles('Kim hailed a "new era", he said.') == [
        ("reported", "Kim hailed a "),
        ("quote", '"new era"'),
        ("own", ", he said."),
    ]


def test_a_stretch_without_words_joins_its_neighbour():
    assert tiles("(“We agree”) is all.") == [("quote", "(“We agree”"), ("own", ") is all.")]
    assert tiles("He said “…” and left.") == [("own", "He said “…” and left.")]


def test_a_quotation_over_two_sentences_is_quoted_in_both():
    assert tiles('"We agree. We sign," he said.') == [
        ("quote", '"We agree.'),
        ("quote", 'We sign,"'),
        ("own", " he said."),
    ]


_HOSTILE = st.lists(
    st.sampled_from(
        [*"ab.Z é\"'“”‘’!\n,", "''", " said ", " Kim ", " that ", " according to ", " told ", " hopes to "]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(_HOSTILE)
def test_voices_tile_every_sentence(text):
    articles = make_articles(text)
    spans = label_voices(articles)
    for start, end, part in zip(spans["start"], spans["end"], spans["text"], strict=True):
        assert part == text[start:end] != ""
    joined = spans.groupby("sentence")["text"].agg("".join) if len(spans) else pd.Series(dtype="str")
    assert joined.tolist() == split_sentences(articles)["text"].tolist()


def test_reported_words_are_the_speakers_up_to_the_marks():
    spans = label_voices(make_articles("Kim said that it was “very good” for them."))
    assert spans[["voice", "text", "speaker"]].fillna("").values.tolist() == [
        ["own", "Kim said ", ""],
        ["reported", "that it was ", "Kim"],
        ["quote", "“very good”", "Kim"],
        ["reported", " for them.", "Kim"],
    ]


def test_what_media_relay_is_the_speakers_and_what_is_reported_in_speech_the_outer_ones():
    relayed = label_voices(make_articles("Putin said the pact holds, Russian media reported."))
    assert relayed.query("voice == 'reported'")["speaker"].tolist()[-1] == "Putin"
    nested = label_voices(make_articles("Kim said that Putin hoped to sign."))
    assert nested.query("voice == 'reported'")["speaker"].tolist() == ["Kim"]


def test_without_quotes_everything_is_own(seeds):
    spans = label_voices(seeds, quotes=make_table(QUOTES, []))
    assert set(spans["voice"]) == {"own"}
    assert spans["text"].tolist() == split_sentences(seeds)["text"].tolist()


PACT = "The new pact provides for mutual assistance in the event of aggression against either of the two parties"


def copied(articles: pd.DataFrame, **given) -> list[tuple]:
    spans = label_voices(articles, **given)
    return list(spans[["article", "voice", "copied_from"]].fillna("").itertuples(index=False, name=None))


def test_a_quotation_and_prose_can_be_copied():
    quoted = make_articles(f'"{PACT}," he said.', f"{PACT}.", "Something else was said.")
    assert copied(quoted) == [
        ("a", "quote", "b"),
        ("a", "own", ""),
        ("b", "own", "a"),
        ("c", "own", ""),
    ]


def test_a_set_phrase_is_no_copy():
    phrase = "in the event of aggression against one of the"  # 9 words, of 15 that make a copy
    assert copied(make_articles(f"They act {phrase}.", f"We act {phrase}.")) == [("a", "own", ""), ("b", "own", "")]


def test_an_agency_is_named_with_its_article():
    articles = make_articles(PACT, PACT).assign(agency=pd.Series([None, "Reuters"], dtype="str"))
    assert copied(articles) == [("a", "own", "b (Reuters)"), ("b", "own", "a")]


def test_five_articles_are_named_and_the_others_counted():
    assert copied(make_articles(*[PACT] * 6))[5] == ("f", "own", "a, b, c, d, e")
    seven = copied(make_articles(*[PACT] * 7))
    assert seven[0] == ("a", "own", "b, c, d, e, f and 1 more")
    assert seven[6] == ("g", "own", "a, b, c, d, e and 1 more")


def passages_of(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["passage", "article", "start", "end", "kind"])


@pytest.mark.parametrize(("end", "found"), [(7, "b"), (6, "")])
def test_half_of_the_words_are_enough_and_fewer_are_not(end, found):
    articles = make_articles("one two three four.", "else")
    passages = passages_of(("p", "a", 0, end, "prose"), ("p", "b", 0, 4, "prose"))  # at 6 it ends inside `two`
    assert copied(articles, passages=passages)[0] == ("a", "own", found)


def test_an_article_that_prints_less_than_half_is_not_named_beside_one_that_prints_all():
    articles = make_articles("one two three four five.", "x", "y")
    whole, part = ("p", "a", 0, 23, "prose"), ("q", "a", 0, 7, "prose")
    passages = passages_of(whole, ("p", "b", 0, 1, "prose"), part, ("q", "c", 0, 1, "prose"))
    assert copied(articles, passages=passages)[0] == ("a", "own", "b")
    two = passages_of(part, ("q", "b", 0, 1, "prose"), ("r", "a", 4, 13, "prose"), ("r", "b", 0, 1, "prose"))
    assert copied(articles, passages=two)[0] == ("a", "own", "b")  # three words of five, `two` counted once


def test_a_passage_without_a_whole_word_is_no_copy():
    articles = make_articles("one two.", "else")
    assert copied(articles, passages=passages_of(("p", "a", 0, 2, "prose"), ("p", "b", 0, 4, "prose")))[0][2] == ""


def test_sets_of_articles_found_in_blocks_are_the_same(monkeypatch, seeds, spans):
    monkeypatch.setattr(copies, "_BLOCK", 2)
    pd.testing.assert_frame_equal(label_voices(seeds), spans)


def test_an_empty_table_of_passages_leaves_copies_missing(seeds):
    spans = label_voices(seeds, passages=find_reuse(seeds).iloc[:0])
    assert spans["copied_from"].isna().all()
    assert spans["copied_from"].dtype == "str"


def test_copies_of_the_seeds(seeds, spans):
    names = dict(zip(seeds["article"], seeds["outlet"], strict=True))
    found = spans[spans["copied_from"].notna()]
    shown = {}
    for outlet, text, others in zip(found["outlet"], found["text"], found["copied_from"], strict=True):
        for article, name in names.items():
            others = others.replace(article, name)  # noqa: PLW2901
        shown[outlet, " ".join(text.split()[:2])] = others
    assert shown["A", '"The comprehensive'] == "B, C, D"
    assert shown["B", '"The comprehensive'] == "A (Reuters), C, D"
    assert shown["D", '"the provision'] == "A (Reuters), B, C"
    assert shown["B", "“North Korea"] == "C"
    assert shown["D", '"fight against'] == "E"
    assert not any(text.startswith("first visit") for _, text in shown)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_copies_are_those_of_a_slow_count(drawn):
    """Ten one-letter words in each of three articles, cut into two stretches, and any passages over them."""
    articles = make_articles(*["a b c d e. F g h i j."] * 3)
    places = [0, 2, 4, 6, 8, 11, 13, 15, 17, 19]
    rows = [("pqrs"[p], "abc"[a], places[min(i, j)], places[max(i, j)] + 1, "prose") for p, a, i, j in drawn]
    spans = label_voices(articles, passages=passages_of(*rows))
    for row in spans.itertuples():
        inside = [at for at in places if row.start <= at < row.end]
        counts = dict.fromkeys("abc", 0)
        for at in inside:
            mine = {p for p, a, start, end, _ in rows if a == row.article and start <= at < end}
            for other in {a for p, a, *_ in rows if p in mine} - {row.article}:
                counts[other] += 1
        named = ", ".join(other for other, count in counts.items() if 2 * count >= len(inside))
        assert (row.copied_from if isinstance(row.copied_from, str) else "") == named


def test_quoted_share_of_all_words_of_the_seeds(seeds):
    """14, 22, 20, 37 and 8 % of all words in the files, counted by hand."""
    quotes = find_quotes(seeds).query("kind != 'reported'")
    quoted = quotes.assign(words=count_words(quotes["text"])).groupby("article")["words"].sum()
    share = 100 * quoted / count_words(seeds["text"])
    assert share.tolist() == pytest.approx([14, 22, 20, 37, 8], abs=2)


def test_tabulate_voices(spans):
    voices = tabulate_voices(spans)
    assert voices.groupby("outlet")["share"].sum().tolist() == pytest.approx([1] * 5)
    assert voices["words"].sum() == count_words(spans["text"]).sum()
    quoted = voices.query("voice == 'quote'")
    assert (100 * quoted["share"]).tolist() == pytest.approx([14, 22, 20, 37, 8], abs=2)
    assert voices["articles"].tolist() == [1] * 15


def test_a_voice_that_an_outlet_lacks_counts_as_none_of_its_words():
    spans = label_voices(make_articles('Kim called it "new".', "They met."))
    voices = tabulate_voices(spans).set_index(["outlet", "voice"])
    assert voices.loc[("B", "quote"), ["words", "share", "articles"]].tolist() == [0, 0, 0]


def test_tabulate_by_speaker():
    spans = label_voices(make_articles('Kim said: "We agree." He left.'))
    voices = tabulate_voices(spans[spans["voice"] == "quote"], by=["outlet", "speaker"])
    assert voices[["outlet", "speaker", "voice", "words"]].values.tolist() == [["A", "Kim", "quote", 2]]


def test_an_unknown_voice_is_named(spans):
    with pytest.raises(InputError) as error:
        tabulate_voices(spans.assign(voice="editor"))
    assert str(error.value) == "voice 'editor' is not known; expected one of own, reported, quote"


def test_tabulate_by_voice_is_refused(spans):
    with pytest.raises(InputError) as error:
        tabulate_voices(spans, by=["outlet", "voice"])
    assert str(error.value) == "tabulate_voices counts by voice already; expected other columns in by"


def test_tabulate_by_article_and_by_a_column_named_twice(spans):
    by_article = tabulate_voices(spans, by="article")
    assert by_article["words"].tolist() == tabulate_voices(spans)["words"].tolist()
    assert tabulate_voices(spans, by=["outlet", "outlet", "article"]).columns.tolist()[:3] == [
        "outlet",
        "article",
        "voice",
    ]
    with pytest.raises(InputError) as error:
        tabulate_voices(spans, by=[])
    assert str(error.value) == "by is empty, but must name at least one column"


def test_a_missing_outlet_is_a_group_and_a_wordless_one_is_none():
    spans = pd.DataFrame({"article": ["a", "b"], "outlet": [None, "B"], "voice": "own", "text": ["One two", "…"]})
    voices = tabulate_voices(spans)
    assert voices["outlet"].isna().tolist() == [True]
    assert voices["words"].tolist() == [2]


@pytest.mark.parametrize("texts", [[], [""], ["", " "]])
def test_no_sentence_has_no_voice(texts, spans):
    none = label_voices(make_articles(*texts) if texts else make_articles("x").iloc[:0])
    assert none.empty and none.dtypes.equals(spans.dtypes)


def test_quotations_that_overlap_or_leave_the_text_cut_it_once():
    articles = make_articles("One two three.", "Four five.")
    columns = ["article", "start", "end", "kind", "content_start", "content_end", "verb", "speaker"]
    rows = [
        ("a", 4, 7, "direct", 4, 7, "said", "Kim"),
        ("a", 6, 99, "direct", 6, 99, "said", "Lee"),
        ("a", -5, 5, "reported", -5, 5, "said", "Ann"),
        ("unknown", 0, 9, "direct", 0, 9, "said", "Bob"),
    ]
    spans = label_voices(articles, quotes=pd.DataFrame(rows, columns=columns))
    assert spans[["text", "voice", "speaker"]].fillna("").values.tolist() == [
        ["One ", "reported", "Ann"],
        ["two", "quote", "Kim"],
        [" three.", "quote", "Lee"],
        ["Four five.", "own", ""],
    ]
