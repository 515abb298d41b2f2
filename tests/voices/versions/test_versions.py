"""One quotation, many versions: grouped under the fullest printing, each compared with it word by word."""

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import InputError, find_quotes, tabulate_quotations
from analysis.corpus.tokens import fold_word, tokenize
from analysis.voices.versions import anchors, paraphrases
from analysis.voices.versions.marked import read_marked
from analysis.voices.versions.versions import VERSIONS
from analysis.voices.versions.wordings import compare

SPEECH = "We will never accept the sanctions that Washington has imposed on our two peaceful countries"
# In a handful of words no word is rare; a small corpus quotes some hundreds.
OTHERS = ' "' + " ".join(f"word{number} of the" for number in range(100)) + '," Xi said.'

HOSTILE = [" [-", "-]", " {+x", "+}", " \\", "[", "] y", "-z", " [so] it", " – no", "…", "朝鲜"]


def versions_of(*texts: str, **columns) -> pd.DataFrame:
    articles = make_articles(*texts).assign(**columns)
    return tabulate_quotations(find_quotes(articles), articles)


def said(*quotations: str) -> pd.DataFrame:
    return versions_of(*[f'"{quotation}," Putin said.' for quotation in quotations])


def compared(quotation: str, fullest: str = SPEECH) -> tuple:
    """version, missing and added of a quotation that another article prints as `fullest`."""
    row = said(fullest, quotation).iloc[1]
    return row["version"], *row[["missing", "added"]].fillna("")


@pytest.fixture(scope="module")
def of_seeds(seeds):
    return tabulate_quotations(find_quotes(seeds), seeds)


def listed(table: pd.DataFrame, words: str) -> list[tuple]:
    """outlet and version of the quotation whose fullest version has these words."""
    (number,) = table.loc[table["text"].str.contains(words, regex=False), "quotation"].unique()
    rows = table[table["quotation"] == number]
    return list(zip(rows["outlet"], rows["version"], strict=True))


def test_versions_of_the_seeds(of_seeds):
    assert list(of_seeds.columns) == list(VERSIONS)
    assert listed(of_seeds, "mutual assistance in the event") == [
        ("A", "whole"),
        ("B", "whole"),
        ("C", "whole"),
        ("D", "changed"),
    ]
    assert listed(of_seeds, "hegemonistic policies") == [("C", "paraphrased"), ("D", "whole"), ("E", "whole")]
    assert listed(of_seeds, "peace-loving and defensive") == [("B", "whole"), ("C", "changed")]
    assert listed(of_seeds, "consistent and unwavering") == [("B", "cut"), ("C", "whole")]
    assert listed(of_seeds, "full support and solidarity") == [("B", "cut"), ("C", "whole")]
    assert listed(of_seeds, "dearest friend") == [("B", "cut"), ("D", "whole")]
    assert listed(of_seeds, "peaceful and defensive") == [("D", "whole"), ("E", "paraphrased")]
    assert listed(of_seeds, "military-technical") == [("A", "whole"), ("E", "paraphrased")]
    assert of_seeds["quotation"].max() == 8


def test_an_obligation_that_becomes_a_possibility(of_seeds):
    row = of_seeds[of_seeds["quotation"].eq(1) & of_seeds["outlet"].eq("D")].iloc[0]
    assert row["missing"] == "comprehensive partnership agreement signed today provides, among other things, for"
    assert row["added"] == "provision of"
    assert (row["words"], round(row["share"], 3)) == (18, 0.615)  # 16 of 26 words, `the` and the fifteen of the clause


def test_names_and_set_phrases_are_no_quotation(of_seeds):
    for phrase in ("comprehensive strategic partnership", "Welcome Putin", "special military operation”"):
        assert not of_seeds["text"].str.strip('"“”').eq(phrase).any()


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        (SPEECH.upper().replace("THAT", "that —"), ("whole", "", "")),
        (
            "We will never accept the sanctions … imposed on our two peaceful countries",
            ("cut", "that Washington has", ""),
        ),
        (
            "We will never accept the sanctions that Europe has imposed on our two peaceful countries",
            ("changed", "Washington", "Europe"),
        ),
        (
            "[Russia] will never accept the sanctions that Washington has imposed on our two peaceful countries",
            ("cut", "We", "[Russia]"),
        ),
        (
            "We will never accept the [Western] sanctions that Washington has imposed on our two peaceful countries",
            ("whole", "", "[Western]"),
        ),
        (
            "the sanctions that Washington has imposed on our two peaceful countries this year",
            ("cut", "We will never accept", "this year"),  # it goes on where the fullest ends
        ),
        (
            "the sanctions that Washington has imposed on our two friendly nations",
            ("changed", "We will never accept … peaceful countries", "friendly nations"),
        ),
        (
            "We will never accept the sanctions that has Washington imposed on our two peaceful countries",
            ("changed", "has", "has"),
        ),
    ],
)
def test_how_a_version_differs(quotation, expected):
    assert compared(quotation) == expected


def test_words_that_are_only_spaced_differently_are_the_same():
    assert [run.kind for run in compare(["a", "multi", "polar", "world"], ["a", "multipolar", "world"])] == ["same"]


def test_words_are_compared_by_their_codes_as_by_their_letters():
    vocabulary = ["a", "multi", "polar", "multipolar", "world", "peace"]
    for first, second in (([0, 1, 2, 4], [0, 3, 4]), ([0, 1, 2, 4], [5, 1, 4, 0]), ([0, 1], [0, 1]), ([], [3])):
        spelled = [[vocabulary[code] for code in codes] for codes in (first, second)]
        assert compare(first, second, vocabulary) == compare(*spelled)


def test_stop_words_alone_are_no_paraphrase():
    full = '"It is what it is and we are what we are," Putin said.'
    assert len(versions_of(full, "Putin said that it is what it is.")) == 0


def test_the_parts_of_an_interrupted_quotation_are_one_version():
    half, rest = SPEECH.split(" that ")
    table = versions_of(f'"{half}," Putin said, "that {rest}."', f'"{SPEECH}," Putin said.')
    assert table["version"].tolist() == ["whole", "whole"]
    assert table["words"].tolist() == [15, 15]
    assert table["text"].iloc[0] == f'"{half}," Putin said, "that {rest}."'


def test_versions_that_share_nothing_with_the_fullest_are_not_chained():
    first, second = "alpha beta gamma delta epsilon zeta eta theta", "iota kappa lambda my ny xi omikron pi"
    third = "rho sigma tau ypsilon phi chi psi omega"
    table = said(f"{first} {second}", f"{second} {third}", f"{third} {first.upper()}")
    assert len(table) == 0  # each shares half of its words with each of the others
    assert len(said(f"{first} {second}", f"{second} {' '.join(third.split()[:5])}")) == 2  # 8 of 13


def test_six_tenths_of_the_words_are_enough_and_fewer_are_not():
    same = "sanctions that Washington has imposed on"  # six words
    assert len(said(SPEECH, f"{same} some very small fishes")) == 2
    assert len(said(SPEECH, f"{same} some very small grey fishes")) == 0
    assert anchors.SHARED == 0.6


def test_a_common_phrase_takes_the_same_speaker():
    full = f'"{SPEECH}," Putin said.{OTHERS}'
    for phrase, speakers in (
        ("two peaceful countries", ["Putin"]),
        ("on our two peaceful countries", ["Putin", "He"]),
        ("Washington has imposed on our two peaceful countries", ["Putin", "He", "Xi"]),
    ):
        found = [who for who in ("Putin", "He", "Xi") if len(versions_of(full, f'{who} praised "{phrase}".')) == 2]
        assert found == speakers


def test_quotations_of_different_events_are_different():
    texts = [f'"{SPEECH}," Putin said.'] * 3
    assert versions_of(*texts, event=["1", "2", "2"])["article"].tolist() == ["b", "c"]
    assert len(versions_of(*texts, event=["1", "2", None])) == 0
    assert len(versions_of(*texts, event=None)) == 3


def test_a_clause_with_three_rare_words_in_common_is_a_paraphrase():
    full = f'"{SPEECH}," Putin said.{OTHERS}'
    table = versions_of(full, "Putin said that sanctions imposed by a country were unacceptable.")
    assert table["version"].tolist() == ["whole", "paraphrased"]
    assert table[["missing", "added"]].isna().all(axis=None)
    assert len(versions_of(full, "Putin said that sanctions of Washington on a country were unacceptable.")) == 0
    assert len(versions_of(full, "Kim said that sanctions imposed by a country were unacceptable.")) == 0
    assert paraphrases.FEWEST_SHARED == 3


def test_an_article_with_the_marks_is_not_said_to_paraphrase():
    text = f'Putin said that sanctions imposed by Washington were unacceptable. "{SPEECH}," Putin said.'
    assert versions_of(text, f'"{SPEECH}," Putin said.')["version"].tolist() == ["whole", "whole"]


def test_most_articles_come_first_then_most_words():
    other = "Our peoples remember what their grandfathers suffered together"
    table = said(SPEECH, other, other, SPEECH, other)
    assert table["quotation"].tolist() == [1, 1, 1, 2, 2]
    assert table["article"].tolist() == ["b", "c", "e", "a", "d"]


def test_a_quotation_in_a_thousand_articles_is_one():
    texts = [f'"{SPEECH if number % 2 else SPEECH[8:]}," Putin said on day {number}.' for number in range(1_000)]
    articles = pd.DataFrame({"article": [f"a{number}" for number in range(1_000)], "text": texts})
    table = tabulate_quotations(find_quotes(articles), articles)
    assert table["quotation"].tolist() == [1] * 1_000
    assert table["version"].value_counts().to_dict() == {"whole": 500, "cut": 500}


def test_text_is_where_it_says(seeds, of_seeds):
    texts = dict(zip(seeds["article"], seeds["text"], strict=True))
    for row in of_seeds.itertuples():
        assert row.text == texts[row.article][row.start : row.end] != ""
    assert of_seeds["share"].between(0, 1).all()
    assert of_seeds.loc[of_seeds["version"] == "whole", "share"].eq(1).all()


def test_inputs_are_unchanged_and_their_order_moves_nothing(seeds, of_seeds):
    quotes = find_quotes(seeds)
    before = quotes.copy(deep=True), seeds.copy(deep=True)
    shuffled = tabulate_quotations(quotes.sample(frac=1, random_state=3), seeds)
    pd.testing.assert_frame_equal(shuffled, of_seeds)
    pd.testing.assert_frame_equal(quotes, before[0])
    pd.testing.assert_frame_equal(seeds, before[1])
    backwards = tabulate_quotations(quotes, seeds.iloc[::-1])
    keys = ["article", "start"]
    pd.testing.assert_frame_equal(
        backwards.drop(columns="quotation").sort_values(keys, ignore_index=True),
        of_seeds.drop(columns="quotation").sort_values(keys, ignore_index=True),
    )


@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one_article_have_no_versions(count, seeds, of_seeds):
    articles = seeds.iloc[:count]
    table = tabulate_quotations(find_quotes(articles), articles)
    assert len(table) == 0
    assert table.dtypes.astype(str).to_dict() == of_seeds.dtypes.astype(str).to_dict()


def test_articles_that_are_not_given_are_left_out(seeds):
    table = tabulate_quotations(find_quotes(seeds), seeds[["article", "text"]].iloc[:2])
    assert set(table["article"]) == set(seeds["article"].iloc[:2])
    assert list(table.columns) == [column for column in VERSIONS if column not in ("outlet", "event")]


@pytest.mark.parametrize(
    "text", ["", '"', "“ ” ' \" \x00 [", '"[a b c d e f"', '"spam spam spam spam spam spam," he said.']
)
def test_odd_text(text):
    versions_of(text, text, text)


def test_the_wording_marks_what_is_missing_and_what_was_added(of_seeds):
    by_outlet = of_seeds[of_seeds["quotation"] == 3].set_index("outlet")["wording"]
    assert by_outlet["C"] == (
        "[-This powerful treaty represents... nothing less than a truly constructive, forward-looking, exclusively-] "
        "{+strictly+} peace-loving and defensive [-document designed to protect and defend the fundamental interests "
        "of the peoples of the two countries,-]"
    )
    assert "peace-loving and defensive document" in by_outlet["B"]


def test_what_stands_between_the_parts_of_a_quotation_is_not_in_the_wording():
    whole, parted = said(SPEECH, SPEECH.replace(" that ", '," Putin told us, "that '))["wording"]
    assert (whole, parted) == (SPEECH + ",", SPEECH.replace(" that ", ", that ") + ",")


def test_case_marks_and_punctuation_are_no_difference_in_the_wording():
    _, other = said(SPEECH, SPEECH.upper().replace(" THE ", " – THE; "))["wording"]
    assert other == SPEECH.upper().replace(" THE ", " – THE; ") + ","


def test_a_bracket_and_an_inner_quotation_keep_their_marks():
    _, other = said(SPEECH, SPEECH.replace("Washington", "[the ‘U.S.’]"))["wording"]
    assert "that [-Washington-] {+[the ‘U.S.’]+} has imposed" in other


def test_half_a_word_is_marked_without_a_space():
    _, other = said(SPEECH.replace("peaceful", "military-technical"), SPEECH.replace("peaceful", "technical"))[
        "wording"
    ]
    assert "two [-military--]technical countries" in other


def test_a_paraphrase_is_compared_with_nothing(of_seeds):
    rows = of_seeds[of_seeds["version"] == "paraphrased"]
    assert rows["wording"].tolist() == [" ".join(text.split()) for text in rows["text"]]


def folded(pieces) -> list[str]:
    return [fold_word(word) for word in tokenize(pd.DataFrame({"text": [pieces]}))["word"]]


@given(st.lists(st.tuples(st.sampled_from(["keep", "drop", "add"]), st.sampled_from(HOSTILE)), max_size=12))
@settings(max_examples=30, deadline=None)
def test_without_what_is_added_the_wording_is_the_fullest_and_without_what_is_missing_the_version(edits):
    words = SPEECH.split()
    full, other = list(words), list(words)
    for place, (edit, text) in enumerate(edits):
        if edit == "drop":
            other[place] = ""
        elif edit == "add":
            other[place] += text
        else:
            full[place] = other[place] = full[place] + text
    table = said(" ".join(full), " ".join(filter(None, other))).query("version != 'paraphrased'")
    assume(len(table))  # some marks end a quotation
    fullest = table.loc[table["version"] == "whole", "wording"].iloc[0]
    for row in table.itertuples():
        pieces = read_marked(row.wording)
        kept = "".join(piece.text + " " * piece.apart for piece in pieces if piece.kind != "missing")
        whole = "".join(piece.text + " " * piece.apart for piece in pieces if piece.kind != "added")
        assert folded(kept) == folded(row.text)
        assert "".join(folded(whole)) == "".join(folded("".join(piece.text + " " for piece in read_marked(fullest))))


def test_missing_columns_are_named(seeds):
    quotes = find_quotes(seeds)
    with pytest.raises(InputError) as error:
        tabulate_quotations(quotes[["article"]], seeds)
    assert str(error.value) == (
        "tabulate_quotations needs the columns 'start', 'end', 'text', 'kind', 'content_start', 'content_end', "
        "'speaker', 'verb'; the table has 'article'"
    )
    with pytest.raises(
        InputError, match=r"^tabulate_quotations needs the column 'text'; the table has 'article', 'outlet'"
    ):
        tabulate_quotations(quotes, seeds.drop(columns="text"))
    with pytest.raises(InputError, match=r"^tabulate_quotations needs one row per article; the article '000_"):
        tabulate_quotations(quotes, pd.concat([seeds, seeds.iloc[:1]]))
    with pytest.raises(InputError, match=r"^tabulate_quotations needs a DataFrame, but was given a list"):
        tabulate_quotations([], seeds)
