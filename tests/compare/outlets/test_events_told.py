"""Which outlet tells which event, and when: counted by hand on tables a reader can check."""

import pandas as pd
import pytest

from analysis import InputError, tabulate_events, tabulate_volume
from analysis.compare.outlets.events_told import MOST_PERIODS


def make_articles(rows, columns=("article", "outlet", "event", "published", "title")):
    return pd.DataFrame(rows, columns=list(columns))


ARTICLES = make_articles(
    [
        ("b", "B", "flood", "2031-03-04", "Later"),
        ("a", "A", "flood", "2031-03-03", "First"),
        ("c", "A", "flood", "2031-03-05", "Last"),
        ("d", "A", "vote", None, "Undated"),
        ("e", "A", "fair", "2031-01-01", None),
        ("f", "B", None, "2031-01-01", "No event"),
        ("g", None, "fair", "2030-01-01", "No outlet"),
        ("h", "B", "", "2031-01-01", "Empty event"),
    ]
)


def test_events_come_by_date_with_the_title_of_their_earliest_article():
    table = tabulate_events(ARTICLES)
    assert table[["event", "outlet", "articles", "outlets"]].to_numpy().tolist() == [
        ["fair", "A", 1, 1],
        ["flood", "A", 2, 2],
        ["flood", "B", 1, 2],
        ["vote", "A", 1, 1],
    ]
    assert table["title"].fillna("–").tolist() == ["–", "First", "First", "Undated"]
    assert table["published"].dt.strftime("%m-%d").fillna("–").tolist() == ["01-01", "03-03", "03-03", "–"]


def test_without_dates_and_titles_events_come_by_name():
    table = tabulate_events(ARTICLES.drop(columns=["published", "title"]))
    assert table["event"].tolist() == ["fair", "flood", "flood", "vote"]
    assert table["title"].isna().all() and table["published"].isna().all()


def test_an_article_that_stands_twice_is_one():
    assert tabulate_events(pd.concat([ARTICLES, ARTICLES])).equals(tabulate_events(ARTICLES))


def test_every_outlet_has_a_row_for_every_period():
    table = tabulate_volume(ARTICLES.query("event == 'flood'"))
    assert table["unit"].unique().tolist() == ["day"]
    assert table[["outlet", "articles"]].to_numpy().tolist() == [
        ["A", 1], ["A", 0], ["A", 1], ["B", 0], ["B", 1], ["B", 0],
    ]  # fmt: skip
    assert table["period"].astype(str).tolist() == ["2031-03-03", "2031-03-04", "2031-03-05"] * 2


@pytest.mark.parametrize(
    ("last", "unit", "periods"),
    [("2031-03-31", "day", 29), ("2031-04-01", "day", 30), ("2031-04-02", "week", 5), ("2031-09-28", "week", 30),
     ("2031-09-29", "month", 7), ("2041-03-03", "month", 121)],
)  # fmt: skip
def test_the_unit_is_the_shortest_that_gives_thirty_periods_at_most(last, unit, periods):
    assert MOST_PERIODS == 30
    dates = ["2031-03-03", last]
    table = tabulate_volume(pd.DataFrame({"article": ["a", "b"], "outlet": "A", "published": dates}))
    assert (table["unit"].unique().tolist(), len(table)) == ([unit], periods)
    assert table["articles"].sum() == 2


def test_a_week_begins_on_monday_and_a_zone_is_turned_into_utc():
    dates = ["2031-03-09T23:30:00-02:00", "2031-03-09T23:30:00Z"]  # a Monday, 01:30, and a Sunday in UTC
    table = tabulate_volume(pd.DataFrame({"article": ["a", "b"], "outlet": "A", "published": dates}), unit="week")
    assert table["period"].astype(str).tolist() == ["2031-03-03", "2031-03-10"]
    assert table["articles"].tolist() == [1, 1]


def test_undated_articles_are_left_out():
    assert tabulate_volume(ARTICLES.assign(published=None)).empty
    assert tabulate_volume(ARTICLES)["articles"].sum() == 6


def test_a_unit_that_is_not_known_is_refused():
    with pytest.raises(InputError) as error:
        tabulate_volume(ARTICLES, unit="year")
    assert str(error.value) == "unit is 'year', but must be 'day', 'week' or 'month'"
