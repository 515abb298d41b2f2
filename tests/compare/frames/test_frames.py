"""Frames by lists of words: what a word finds and what it must not, every count by hand, every error whole."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from analysis import InputError, learn_frames, score_frames
from analysis.compare.frames.frame_words import OWN_FRAMES, find_frame_words, read_frame_words
from analysis.compare.frames.frames import FRAMES
from analysis.compare.uncertainty import bootstrap


def make_spans(*rows, columns=("outlet", "voice", "article", "sentence", "text")):
    return pd.DataFrame(rows, columns=list(columns))


def found(text, *words):
    return bool(find_frame_words([text], read_frame_words({"f": {"words": list(words)}}))[0, 0])


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The costs rose.", "cost*", True),
        ("A COST-benefit view", "cost*", True),
        ("It is costly", "cost", False),
        ("The cost.", "cost", True),
        ("The cost’s", "cost", True),  # folded as words are counted
        ("An accost", "cost*", False),
        ("cos", "cost*", False),
        ("costs", "cost*", True),
        ("the stock market fell", "stock market", True),
        ("the Stock-Market fell", "stock market", True),
        ("the stock, market", "stock market", True),
        ("the market stock", "stock market", False),
        ("the stock of the market", "stock market", False),
        ("stock", "stock market", False),
        ("civil rights", "civil right*", True),
        ("civilian rights", "civil right*", False),
        ("civilian rights", "civil* right*", True),
        ("the US said", "US", True),
        ("they told us", "US", False),
        ("the U.S. said", "U.S.", True),
        ("it was café", "cafe\u0301", True),  # composed as words are
        ("İstanbul", "istanbul", False),
        ("", "cost", False),
        ("…", "cost", False),
        ("\x00\x1b cost\x00", "cost", True),
    ],
)
def test_what_a_word_finds(text, word, expected):
    assert found(text, word) is expected


@pytest.mark.parametrize("char", list("()[]{}.+?^$|\\/#%&"))
def test_what_would_be_a_pattern_is_refused_or_a_word_and_never_run(char):
    # A full stop may end an initialism, so alone it separates words; anything else is named.
    word = f"a{char}b"
    if char == ".":
        assert not found("axb", word)
        assert not found("aXb", "a.b")
        return
    with pytest.raises(InputError) as error:
        read_frame_words({"f": {"words": [word]}})
    assert str(error.value) == (
        f"the word '{word}' of the frame 'f' of frames holds '{char}'; expected letters, digits, apostrophes, hyphens "
        "and spaces, and a * only at the end of a word"
    )


@pytest.mark.parametrize("word", ["co*st", "*cost", "cost **", "cost**", "*", "cost *", "cost*."])
def test_a_star_elsewhere_than_at_the_end_of_a_word_is_refused(word):
    with pytest.raises(InputError) as error:
        read_frame_words({"f": [word]})
    assert str(error.value).startswith(f"the word '{word}' of the frame 'f' of frames holds '*'; expected letters")


def test_hostile_patterns_cost_no_time():
    text = "a" * 1_000_000 + " " + "b " * 200_000
    assert found(text, "a*")
    assert not found(text, "b c")
    assert not found(text, "a* a* a* a* c*")


def test_words_of_neighbouring_texts_are_no_phrase():
    listed = read_frame_words({"f": ["stock market"], "g": ["market"]})
    np.testing.assert_array_equal(
        find_frame_words(["the stock", "market", "", "a stock market"], listed),
        [[False, False], [False, True], [False, False], [True, True]],
    )
    assert find_frame_words([], listed).shape == (0, 2)
    assert not find_frame_words(["", "…"], listed).any()


def test_counts_by_hand():
    spans = make_spans(
        ("A", "own", "1", 1, "Costs rose, and costs fell."),  # one sentence, however often
        ("A", "own", "1", 2, "It rained"),
        ("A", "own", "1", 2, "on the trial."),  # two spans of one sentence
        ("A", "own", "1", 3, "—"),  # no word: no sentence that could carry a frame
        ("A", "quote", "1", 2, "“The cost!”"),
        ("B", "own", "2", 1, "A costly trial."),  # two frames in one
        ("B", "own", "3", 1, "Rain."),
    )
    table = score_frames(spans, frames={"law": ["trial*"], "economic": ["cost*"]})
    assert table.columns.tolist() == list(FRAMES)
    assert table[["outlet", "voice", "frame", "n", "total", "articles", "unit"]].to_numpy().tolist() == [
        ["A", "own", "economic", 1, 2, 1, "sentence"],
        ["A", "own", "law", 1, 2, 1, "sentence"],
        ["A", "quote", "economic", 1, 1, 1, "sentence"],
        ["A", "quote", "law", 0, 1, 1, "sentence"],
        ["B", "own", "economic", 1, 2, 2, "article"],
        ["B", "own", "law", 1, 2, 2, "article"],
    ]
    assert table["rate"].tolist() == [0.5, 0.5, 1.0, 0.0, 0.5, 0.5]
    # NA below two units; of two units a resample has both the lower with probability 1/4.
    np.testing.assert_array_equal(table["low"], [0, 0, np.nan, np.nan, 0, 0])
    np.testing.assert_array_equal(table["high"], [1, 1, np.nan, np.nan, 1, 1])
    assert table[["f1", "macro_f1", "macro_f1_low", "macro_f1_high"]].isna().all(axis=None)
    assert set(table["per"]) == {"sentence"}


def test_by_article_a_voice_of_an_article_is_one():
    spans = make_spans(("A", "own", "1", 1, "Costs."), ("A", "own", "1", 2, "Rain."), ("A", "own", "2", 1, "Rain."))
    row = score_frames(spans, frames={"economic": ["cost*"]}, per="article").iloc[0]
    assert (row["n"], row["rate"], row["total"], row["per"], row["unit"]) == (1, 0.5, 2, "article", "article")
    lone = score_frames(spans.head(2), frames={"economic": ["cost*"]}, per="article").iloc[0]
    assert (lone["n"], lone["total"]) == (1, 1)
    assert np.isnan(lone["low"])


def many_articles(events=None):
    generator = np.random.default_rng(4)
    rows = [
        ("A", "own", f"{article:02}", sentence, "cost" if generator.random() < article / 12 else "rain")
        for article in range(12)
        for sentence in range(1 + article % 3)
    ]
    spans = make_spans(*rows)
    return spans if events is None else spans.assign(event=[str(int(name) % events) for name in spans["article"]])


def test_the_interval_is_that_of_the_ratio_over_articles():
    spans = many_articles()
    row = score_frames(spans, frames={"economic": ["cost"]}, seed=3).iloc[0]
    values = (spans["text"] == "cost").to_numpy(dtype=float)
    expected = bootstrap(values, clusters=spans["article"].astype(int).to_numpy(), seed=9)
    assert row["rate"] == pytest.approx(values.mean())
    # Two runs of 2,000 resamples differ by about a twentieth of the interval's width.
    assert (row["low"], row["high"]) == pytest.approx(expected, abs=0.05 * (expected[1] - expected[0]))
    sentences = bootstrap(values, seed=9)
    assert row["high"] - row["low"] > 1.1 * (sentences[1] - sentences[0])  # articles differ: wider than of sentences


@pytest.mark.parametrize(("events", "unit"), [(4, "article"), (5, "event"), (11, "event"), (12, "article")])
def test_whole_events_are_resampled_from_five_on_where_they_have_several_articles(events, unit):
    assert score_frames(many_articles(events), frames={"economic": ["cost"]})["unit"].tolist() == [unit]


def test_a_frame_does_not_depend_on_the_others_asked_for():
    spans = many_articles()
    both = score_frames(spans, frames={"economic": ["cost"], "weather": ["rain"]})
    alone = score_frames(spans, frames={"economic": ["cost"]})
    pd.testing.assert_frame_equal(both.head(1), alone)


def test_a_toml_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('\ufeff[economic]\nwords = ["cost*"]\n["the law"]\nwords = ["trial"]\n', encoding="utf-8")
    spans = make_spans(("A", "own", "1", 1, "Costs."))
    for given in (path, str(path)):
        assert score_frames(spans, frames=given)["frame"].tolist() == ["economic", "the law"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'mine.toml' holds no frame; expected [name] with words = ['cost*', 'stock market', …]"),
        ("[a]\nword = ['b']", "the frame 'a' of 'mine.toml' needs words = ['cost*', 'stock market', …]"),
        ("[a]\nwords = []", "the frame 'a' of 'mine.toml' needs words = ['cost*', 'stock market', …]"),
        ("[a]\nwords = 'cost'", "the frame 'a' of 'mine.toml' needs words = ['cost*', 'stock market', …]"),
        ("[a]\nwords = [1]", "the frame 'a' of 'mine.toml' needs words = ['cost*', 'stock market', …]"),
        (
            "[a]\nwords = ['-']",
            "the word '-' of the frame 'a' of 'mine.toml' holds no letter or digit; expected letters, digits, "
            "apostrophes, hyphens and spaces, and a * only at the end of a word",
        ),
        (
            "[a",
            "'mine.toml' can't be read as TOML (Expected ']' at the end of a table declaration (at end of document))",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path, text, message):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        score_frames(make_spans(("A", "own", "1", 1, "Costs.")), frames=path)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"frames": 3},
            "frames must be a TOML file, a dict of words, 'exploratory', or a model of learn_frames, but is a int",
        ),
        ({"frames": {}}, "frames holds no frame; expected [name] with words = ['cost*', 'stock market', …]"),
        (
            {"frames": {"a": ["b"]}, "per": "word"},
            "per is 'word', but must be 'sentence' or 'article': what carries a frame",
        ),
        ({"frames": {"a": ["b"]}, "seed": -1}, "seed is -1, but must be a whole number from 0 on"),
    ],
)
def test_what_cannot_be_done_is_said(options, message):
    with pytest.raises(InputError) as error:
        score_frames(make_spans(("A", "own", "1", 1, "Costs.")), **options)
    assert str(error.value) == message


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"^'absent.toml' can't be read as TOML \(.*No such file"):
        score_frames(make_spans(("A", "own", "1", 1, "Costs.")), frames=tmp_path / "absent.toml")


def test_the_dictionary_of_the_package_is_sound_and_off_unless_asked_for():
    listed = read_frame_words(OWN_FRAMES)
    assert len(listed) == 14
    for frame, phrases in listed.items():
        assert len(phrases) == len({tuple(phrase) for phrase in phrases}), frame
        # No other word of the frame would be found anyway.
        stems = [phrase[0].word for phrase in phrases if len(phrase) == 1 and phrase[0].open]
        words = [phrase[0] for phrase in phrases if len(phrase) == 1]
        covered = [part.word for part in words for stem in stems if part.word.startswith(stem) and part.word != stem]
        assert covered == [], frame
    spans = make_spans(("A", "own", "1", 1, "The court heard the tax case."))
    table = score_frames(spans, frames="exploratory").set_index("frame")
    assert table.index[table["n"] == 1].tolist() == ["economic", "legality, constitutionality and jurisprudence"]
    with pytest.raises(TypeError):
        score_frames(spans)


def make_labelled(rows=12):
    words = {"economic": "tax price market", "law": "court judge trial"}
    texts = [(f"{text} {number}", frame) for frame, text in words.items() for number in range(rows)]
    return pd.DataFrame(texts, columns=["text", "frame"])


def test_a_model_gives_each_sentence_one_frame_and_carries_its_accuracy():
    model = learn_frames(make_labelled())
    spans = make_spans(
        ("A", "own", "1", 1, "The tax"),
        ("A", "own", "1", 1, "and the market price."),
        ("A", "own", "1", 2, "The judge in court."),
        ("A", "own", "1", 3, "…"),
        ("A", "own", "2", 1, "The trial judge."),
    )
    table = score_frames(spans, frames=model)
    assert table[["frame", "n", "total"]].to_numpy().tolist() == [["economic", 1, 3], ["law", 2, 3]]
    assert table["f1"].tolist() == table["macro_f1"].tolist() == [1.0, 1.0]
    assert table.attrs["words"] == {"counted": 4.0, "labelled": 4.0}
    empty = score_frames(spans.head(0), frames=model)
    pd.testing.assert_series_equal(empty.dtypes, table.dtypes)


def test_half_a_surrogate_pair_and_missing_texts_are_counted_past():
    texts = pd.Series(["\ud800 tax", None, "\x00tax"], dtype=object)  # no Arrow string can hold the first
    spans = pd.DataFrame({"outlet": "A", "voice": "own", "article": "1", "sentence": [1, 2, 3], "text": texts})
    for frames in ({"economic": ["tax"]}, learn_frames(make_labelled())):
        table = score_frames(spans, frames=frames).set_index("frame")
        assert table.loc["economic", ["n", "total"]].tolist() == [2, 2]


def test_a_headline_is_read_as_that_of_the_labelled_rows():
    model = learn_frames(make_labelled())
    spans = make_spans(("A", "own", "1", 1, "It rained."), ("A", "own", "2", 1, "It rained."))
    spans["headline"] = ["Court judge trial", "Tax market price"]
    by_article = score_frames(spans.assign(outlet=["A", "B"]), frames=model, per="article")
    assert by_article.loc[by_article["n"] == 1, ["outlet", "frame"]].to_numpy().tolist() == [
        ["A", "law"],
        ["B", "economic"],
    ]


def test_the_same_bytes_whatever_the_hash_seed():
    script = (
        "import pandas as pd; from analysis import learn_frames, score_frames\n"
        "words = {'economic': 'tax price market court', 'law': 'court judge trial price', 'x': 'rain court tax sun'}\n"
        "rows = pd.DataFrame([(' '.join(w.split()[n % 4:][:2]) + f' {n}', f) for f, w in words.items()\n"
        "    for n in range(14)], columns=['text', 'frame'])\n"
        "model = learn_frames(rows, seed=1)\n"
        "spans = rows.assign(outlet='A', voice='own', article=rows.index.astype(str), sentence=1)\n"
        "print(model.accuracy.to_csv(), score_frames(spans, frames=model).to_csv())\n"
        "print(score_frames(spans, frames='exploratory').to_csv())"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"))
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 1000
