"""Which articles tell the same event: small invented corpora, checked by eye, and average linkage against SciPy."""

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.spatial.distance import squareform

from analysis import InputError, find_events, group_events
from analysis.corpus.events.grouping import _join
from analysis.corpus.events.likeness import find_pairs, weigh_words

DAM = [
    "The dam at Oroville broke on Sunday and thousands fled the valley below the spillway.",
    "Thousands fled the valley after the spillway of the dam at Oroville broke.",
    "Engineers had warned that the Oroville spillway could break; the valley below the dam was emptied.",
]
VOTE = [
    "Parliament in Lisbon rejected the budget by four votes, and the prime minister offered to resign.",
    "The prime minister offered to resign after parliament in Lisbon rejected his budget.",
    "Lisbon: budget rejected, four votes short in parliament; prime minister to resign.",
]
FOX = "A fox was seen on a tram in Zagreb, where it left at the third stop without a ticket."


def corpus(texts: list[str], **columns) -> pd.DataFrame:
    articles = pd.DataFrame(
        {"article": [f"a{place}" for place in range(len(texts))], "text": pd.Series(texts, dtype="object")}
    )
    return articles.assign(**({"published": "2024-06-19"} | columns))


def groups(articles: pd.DataFrame, **options) -> list[list[str]]:
    found = group_events(articles, **options)
    return sorted(sorted(group) for _, group in found.groupby("event")["article"])


@pytest.fixture
def two_events() -> pd.DataFrame:
    return corpus([*DAM, *VOTE, FOX])


def test_articles_on_one_event_are_one_group_and_a_single_one_stays_alone(two_events):
    found = group_events(two_events)
    assert found["event"].tolist() == ["event-a0"] * 3 + ["event-a3"] * 3 + ["event-a6"]
    assert found["event"].dtype == "str"
    pd.testing.assert_frame_equal(found.drop(columns="event"), two_events)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("undated", [(), (0, 4), tuple(range(7))])
def test_the_order_of_the_articles_changes_nothing(two_events, seed, undated):
    two_events.loc[list(undated), "published"] = None
    found = group_events(two_events)
    shuffled = group_events(two_events.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(shuffled.sort_index(), found)


def test_the_index_and_the_input_are_left_alone(two_events):
    articles = two_events.set_axis([5, 5, 1, 0, 2, 9, 7]).assign(event=np.nan)
    before = articles.copy(deep=True)
    found = group_events(articles)
    assert found.index.tolist() == [5, 5, 1, 0, 2, 9, 7]
    assert found["event"].tolist() == group_events(two_events)["event"].tolist()
    pd.testing.assert_frame_equal(articles, before)


def test_days_are_calendar_days_in_utc_and_the_last_one_counts(two_events):
    articles = two_events.iloc[[0, 1, 3, 6]].assign(
        published=["2024-06-01T23:50:00", "2024-06-05T00:10", *["2024"] * 2]
    )
    assert groups(articles, days=4) == [["a0", "a1"], ["a3"], ["a6"]]
    assert groups(articles, days=3) == [["a0"], ["a1"], ["a3"], ["a6"]]
    eastern = articles.assign(published=["2024-06-01T23:50:00-02:00", "2024-06-05T00:10", *["2024"] * 2])
    assert groups(eastern, days=3) == [["a0", "a1"], ["a3"], ["a6"]]  # in UTC the first is of June 2


def test_one_day_is_enough_where_days_is_0(two_events):
    assert len(groups(two_events, days=0)) == 3
    assert len(groups(two_events.assign(published=[f"2024-06-{day:02}" for day in range(10, 17)]), days=0)) == 7


def test_an_article_without_a_date_joins_on_its_text_alone(two_events):
    two_events["published"] = ["2024-06-19", "2024-06-19", None, "2011-01-01", "2011-01-01", "yesterday", ""]
    assert groups(two_events) == [["a0", "a1", "a2"], ["a3", "a4", "a5"], ["a6"]]
    assert groups(two_events.drop(columns="published")) == [["a0", "a1", "a2"], ["a3", "a4", "a5"], ["a6"]]


def test_an_article_without_a_date_does_not_tie_two_events_together():
    years = ["2017-02-12", "2019-02-12", None]
    articles = corpus([DAM[0], DAM[0], DAM[0], *VOTE], published=years + ["2024-01-01"] * 3)
    assert groups(articles) == [["a0", "a2"], ["a1"], ["a3", "a4", "a5"]]


def test_an_event_is_named_after_its_earliest_article():
    articles = corpus([*DAM, FOX], published=[None, "2017-02-13", "2017-02-12", "2017-02-12"])
    assert group_events(articles)["event"].tolist() == ["event-a2"] * 3 + ["event-a3"]


def test_a_given_event_is_kept_and_takes_in_articles_without_one(two_events):
    two_events["event"] = ["dam", None, "", None, "vote", "vote", "dam"]
    assert group_events(two_events)["event"].tolist() == ["dam", "dam", "dam", "vote", "vote", "vote", "dam"]


def test_two_given_events_stay_apart_however_alike():
    articles = corpus([DAM[0], DAM[0], DAM[0], *VOTE], event=["x", "y", None, None, None, None])
    found = group_events(articles)["event"].tolist()
    assert found[:2] == ["x", "y"]
    assert found[2] in ("x", "y")
    assert found[3:] == ["event-a3"] * 3


def test_grouping_again_changes_nothing(two_events):
    once = group_events(two_events)
    pd.testing.assert_frame_equal(group_events(once), once)


def test_a_found_name_that_is_given_to_other_articles_is_not_used_twice(two_events):
    found = group_events(two_events.assign(event=[None, None, None, "event-a0", "event-a0", "event-a0", None]))
    assert found["event"].tolist() == ["event-a0'"] * 3 + ["event-a0"] * 3 + ["event-a6"]


def test_the_event_that_read_articles_writes_for_want_of_any_is_not_a_given_one(two_events):
    assert group_events(two_events.assign(event="1"))["event"].nunique() == 3
    assert group_events(two_events.assign(event="the dam"))["event"].nunique() == 1
    assert group_events(two_events.assign(event=["1"] * 6 + ["2"]))["event"].nunique() == 2


def test_the_threshold_is_reached_or_not():
    """Two groups of two; their mean likeness is that of the four pairs between them, (.5 + .25 + .25 + 0) / 4."""
    pairs = np.array([0, 2, 0, 0, 1]), np.array([1, 3, 2, 3, 2]), np.array([0.9, 0.8, 0.5, 0.25, 0.25])
    alone, dated = np.full(4, -1), np.ones(4, dtype=bool)
    assert _join(pairs, alone, dated, 0.25).tolist() == [0, 0, 0, 0]
    assert _join(pairs, alone, dated, 0.2501).tolist() == [0, 0, 2, 2]


def test_a_chain_of_articles_each_like_the_next_is_no_event():
    near = np.arange(9)
    groups = _join((near, near + 1, np.full(9, 0.5)), np.full(10, -1), np.ones(10, dtype=bool), 0.3)
    assert np.bincount(groups).max() == 2


@pytest.mark.parametrize("seed", range(5))
def test_groups_are_those_of_average_linkage_in_scipy(seed):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(60, 3)) + rng.integers(0, 4, size=(60, 1)) * 1.5
    alike = np.exp(-((points[:, None] - points[None]) ** 2).sum(axis=2))
    first, second = np.triu_indices(60, 1)
    keep = alike[first, second] >= 0.05  # what is below half the threshold counts as 0 in both
    alike[alike < 0.05] = 0
    np.fill_diagonal(alike, 1)
    expected = fcluster(linkage(squareform(1 - alike, checks=False), "average"), 1 - 0.1, "distance")
    found = _join((first[keep], second[keep], alike[first, second][keep]), np.full(60, -1), np.ones(60, bool), 0.1)
    assert len(set(zip(expected, found, strict=True))) == len(set(expected)) == len(set(found)) > 5


def test_the_weight_of_a_word_and_of_a_run():
    """Three articles, two words each, no run: "oak" stands in two of three, "elm" and "ash" in one (weight × 0.3)."""
    weights = weigh_words(corpus(["oak elm", "oak ash", ""]))
    oak, elm = np.log(2) * np.log(4 / 2), np.log(1 + 1 / (1 + 1 / 500)) * np.log(4) * 0.3
    assert (weights @ weights.T).toarray()[0, 1] == pytest.approx(0.6 * oak**2 / (oak**2 + elm**2))
    same = weigh_words(corpus(["oak elm ash", "oak elm ash", "yew"]))
    assert (same @ same.T).toarray()[:2, :2] == pytest.approx(1)


def test_a_headline_counts_and_stop_words_and_plurals_do_not(two_events):
    apart = corpus(["They were in it.", "It was with them.", FOX], title=["", "", ""])
    assert weigh_words(apart).nnz == 0
    assert len(groups(apart)) == 3
    titled = apart.assign(title=["Floods in Oslo", "Oslo flood", "A fox"])
    assert groups(titled) == [["a0", "a1"], ["a2"]]


def test_pairs_are_sought_within_the_window_only():
    weights = csr_array(np.ones((4, 1)))
    first, second, alike = find_pairs(weights, np.array([10.0, 0.0, 4.0, 5.0]), 4)
    assert sorted(map(sorted, zip(first.tolist(), second.tolist(), strict=True))) == [[1, 2], [2, 3]]
    assert alike.tolist() == [1, 1]


@pytest.mark.parametrize(("articles", "lost"), [(3, 0.025), (21, 0.25), (40, 0.25)])
def test_undated_articles_lose_a_quarter_of_their_likeness_to_their_twenty_nearest(articles, lost):
    """All pairs are alike by 1, so an undated article of 21 loses .25, a pair of two .5; one of 3 has two of twenty."""
    days = np.array([0.0, *[np.nan] * (articles - 1)])
    first, second, alike = find_pairs(csr_array(np.ones((articles, 1))), days, 4)
    found = {tuple(sorted(pair)): value for *pair, value in zip(first.tolist(), second.tolist(), alike, strict=True)}
    assert found[0, 1] == pytest.approx(1 - lost)
    assert found[1, 2] == pytest.approx(1 - 2 * lost)


def test_many_blocks_of_articles_give_what_one_gives(monkeypatch):
    texts = [f"{DAM[place % 3]} {VOTE[place % 2]} number{place // 4} number{place // 4}" for place in range(60)]
    for dates in ("2024-01-01", [f"2024-01-{1 + place // 3:02}" for place in range(60)], [None, "2024-01-01"] * 30):
        articles = corpus(texts, published=dates)
        whole = group_events(articles)
        with monkeypatch.context() as patch:
            for name, size in (("tokens._CHUNK", 300), ("events.likeness._ROWS", 7), ("events.likeness._PAIRS", 5)):
                patch.setattr(f"analysis.corpus.{name}", size)
            pd.testing.assert_frame_equal(group_events(articles), whole)


@pytest.mark.parametrize(
    "texts", [[], [""], ["A word."], ["", ""], [None, "x"], ["the", "and", "of"], ["1 2", "\0\ud800"]]
)
def test_corpora_with_next_to_nothing_in_them(texts):
    found = group_events(corpus(texts))
    assert len(found) == len(texts)
    assert found["event"].tolist() == [f"event-a{place}" for place in range(len(texts))]


def test_hostile_texts_are_grouped_like_others():
    hostile = "\ufeff\u202e\x00\r\u2028'’.,U.S." + "a" * 2_000_000 + "🦊" * 100_000 + "\ud800"
    articles = corpus([hostile, hostile, "lorem " * 500_000, *DAM])
    assert groups(articles) == [["a0", "a1"], ["a2"], ["a3", "a4", "a5"]]


def test_dates_of_any_year_and_type_are_read(two_events):
    two_events["published"] = ["0001-01-01", "9999-12-31", "2262-05-01", "1677-01-01", "x" * 100, "2024-13-45", None]
    assert len(group_events(two_events)) == 7
    for kind in ("datetime64[s]", "datetime64[ns, UTC]"):
        dated = two_events.assign(published=pd.Series(["2024-06-19"] * 7).astype(kind))
        assert group_events(dated)["event"].nunique() == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"days": -1}, "days is -1, but must be a number of days, 0 or more"),
        ({"days": 1.5}, "days is 1.5, but must be a number of days, 0 or more"),
        ({"days": True}, "days is True, but must be a number of days, 0 or more"),
        ({"similarity": 0}, "similarity is 0, but must be above 0 and at most 1"),
        ({"similarity": 1.01}, "similarity is 1.01, but must be above 0 and at most 1"),
        ({"similarity": float("nan")}, "similarity is nan, but must be above 0 and at most 1"),
        ({"similarity": "high"}, "similarity is 'high', but must be above 0 and at most 1"),
    ],
)
def test_options_out_of_range(two_events, options, message):
    with pytest.raises(InputError) as error:
        group_events(two_events, **options)
    assert str(error.value) == message


def test_the_seeds_tell_one_event(seeds):
    assert group_events(seeds)["event"].unique().tolist() == ["event-001_00a8331d03b26ba5"]


# ---- find_events


@pytest.mark.parametrize("chosen", [[0, 1], [2, 4], [0, 1, 2], [1, 3, 4], [0, 1, 2, 3, 4]])
def test_few_undated_articles_on_one_event_were_torn_into_several(seeds, chosen):
    undated = seeds.iloc[chosen].assign(published=None)
    assert find_events(undated)["event"].tolist() == ["1"] * len(chosen)


@pytest.mark.parametrize("dates", [{}, {"published": None}])
def test_events_that_are_not_named_are_found(two_events, dates):
    unnamed = two_events.assign(event="1", **dates)
    before = unnamed.copy(deep=True)
    found = find_events(unnamed)
    assert found["event"].tolist() == ["event-a0"] * 3 + ["event-a3"] * 3 + ["event-a6"]
    pd.testing.assert_frame_equal(unnamed, before)
    pd.testing.assert_frame_equal(find_events(unnamed.drop(columns="event"))[found.columns], found)
    pd.testing.assert_frame_equal(find_events(found), found)


def test_where_an_event_is_named_none_is_found(two_events):
    for events in (["x"] * 7, ["x", "x", None, None, "", None, None]):
        some = two_events.assign(event=events)
        pd.testing.assert_frame_equal(find_events(some), some)
        pd.testing.assert_frame_equal(find_events(some, event="all"), some)


def test_who_says_that_all_articles_are_one_event_is_believed(two_events):
    assert find_events(two_events.assign(event=None), event="all")["event"].tolist() == ["1"] * 7
    assert find_events(two_events, event="event-a0")["event"].nunique() == 3


@pytest.mark.parametrize(("articles", "events"), [(1, 1), (2, 1), (9, 1), (10, 10)])
def test_fewer_than_ten_articles_of_which_no_two_are_alike_are_not_called_as_many_events(articles, events):
    unlike = corpus([" ".join(f"{letter}{place}" for letter in "abcdefgh") for place in range(articles)])
    assert group_events(unlike)["event"].nunique() == articles
    assert find_events(unlike)["event"].nunique() == events
    assert find_events(unlike.assign(published=None))["event"].nunique() == events


def test_what_was_not_read_is_still_known_when_events_are_found(two_events):
    two_events.attrs["problems"] = [{"source": "x", "problem": "y"}]
    for event in (None, "all"):
        assert find_events(two_events, event=event).attrs == two_events.attrs
