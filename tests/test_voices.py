import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, find_quotes, label_voices, split_sentences, tabulate_voices
from analysis.corpus.tokens import count_words
from analysis.tables import QUOTES, make_table


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


def test_copying_is_not_compared_yet(spans):
    assert spans["copied_from"].isna().all()


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
