"""Which events a corpus holds, and when its outlets print: what stands before any comparison over many events."""

import numpy as np
import pandas as pd

from ...corpus.events.of_article import has_event, read_dates
from ...tables import InputError, need

EVENTS = ("event", "title", "published", "outlets", "outlet", "articles")
VOLUME = ("outlet", "period", "unit", "articles")
# From the shortest on; a chart as wide as a phone shows thirty bars apart.
UNITS = {"day": "D", "week": "W-SUN", "month": "M"}
MOST_PERIODS = 30


def tabulate_events(articles: pd.DataFrame) -> pd.DataFrame:
    """Which outlet tells which event, and in how many articles?

    Outlets are compared on events that two or more of them tell (`outlets` above 1). That an outlet is not listed with
    an event means that this corpus holds no article of it, not that it printed none. Sorted by `published` (undated
    events last), event and outlet; articles without an event or an outlet are left out.

    Columns:
        event: by name
        title: of the event's earliest article; missing where the articles have none
        published: of that article; missing likewise
        outlets: how many tell the event
        outlet: one of them
        articles: its articles on the event, 1 or more

    Raises:
        InputError: if a column is missing

    Example:
        >>> articles = pd.DataFrame({"article": list("wxyz"), "outlet": list("ABBA"), "event": ["1", "1", "1", "2"]})
        >>> tabulate_events(articles)[["event", "outlets", "outlet", "articles"]]
          event  outlets outlet  articles
        0     1        2      A         1
        1     1        2      B         2
        2     2        1      A         1
    """
    need(articles, "article", "outlet", "event", verb="tabulate_events")
    known = has_event(articles) & articles["outlet"].notna()
    kept = articles[known].assign(published=read_dates(articles)[known])
    kept["title"] = kept["title"] if "title" in articles else np.nan
    kept = kept.astype(dict.fromkeys(("event", "outlet", "title"), "str"))
    earliest = kept.sort_values(["published", "article"], kind="stable").drop_duplicates("event")
    table = kept.groupby(["event", "outlet"])["article"].nunique().rename("articles").reset_index()
    told = table.groupby("event").size().rename("outlets").reset_index()
    table = table.merge(told, on="event").merge(earliest[["event", "title", "published"]], on="event")
    table = table.astype(dict.fromkeys(("outlets", "articles"), np.int64))
    return table.sort_values(["published", "event", "outlet"], ignore_index=True)[list(EVENTS)]


def tabulate_volume(articles: pd.DataFrame, *, unit: str | None = None) -> pd.DataFrame:
    """How many articles does each outlet print, day by day, week by week or month by month?

    Few articles in a week may mean little news, or that little was collected. `unit` is "day", "week" (from Monday) or
    "month"; by default the shortest of them with at most 30 periods from the first article to the last, else the month.
    Each outlet with a dated article has a row for every period, sorted by outlet and period; undated articles are left
    out.

    Columns:
        outlet: who printed them
        period: its first day, in UTC where a zone was given
        unit: day, week or month
        articles: 0 where it printed none

    Raises:
        InputError: if a column is missing or the unit is not known

    Example:
        >>> articles = pd.DataFrame({"article": list("xyz"), "outlet": list("AAB"),
        ...     "published": ["2031-03-03", "2031-03-04", "2031-03-04"]})
        >>> tabulate_volume(articles)
          outlet     period unit  articles
        0      A 2031-03-03  day         1
        1      A 2031-03-04  day         1
        2      B 2031-03-03  day         0
        3      B 2031-03-04  day         1
    """
    need(articles, "article", "outlet", "published", verb="tabulate_volume")
    if unit is not None and unit not in UNITS:
        raise InputError(f"unit is {unit!r}, but must be 'day', 'week' or 'month'")
    dates = read_dates(articles)
    dated = dates.notna() & articles["outlet"].notna()
    dates, outlets = dates[dated], articles.loc[dated, "outlet"].astype("str")
    for chosen in UNITS if unit is None else [unit]:
        periods = dates.dt.to_period(UNITS[chosen])
        count = (periods.max() - periods.min()).n + 1 if len(periods) else 0
        if count <= MOST_PERIODS:
            break
    every = pd.period_range(periods.min(), periods.max(), freq=UNITS[chosen]) if count else pd.PeriodIndex([], freq="D")
    names = sorted(set(outlets))
    counts = articles.loc[dated, "article"].groupby([outlets, periods]).nunique()
    full = pd.MultiIndex.from_product([names, every], names=["outlet", "period"])
    counts = counts.reindex(full, fill_value=0)
    return pd.DataFrame(
        {
            "outlet": pd.array(full.get_level_values(0), dtype="str"),
            "period": pd.PeriodIndex(full.get_level_values(1)).start_time.astype("datetime64[us]"),
            "unit": pd.array([chosen] * len(full), dtype="str"),
            "articles": counts.to_numpy(dtype=np.int64),
        },
        columns=list(VOLUME),
    )
