"""Sentences that say what a table holds, for any corpus, and no more than it can bear.

One article is not an outlet. Figures of a single article are those of "this article", figures of two to four those of
"these articles", and only from `MIN_ARTICLES` on does a sentence speak of the outlet. No sentence calls a difference.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from ...compare.outlets.events_told import tabulate_events
from ...compare.uncertainty import MIN_ARTICLES
from ...corpus.duplicates import find_duplicates, leave_out
from ...corpus.events.grouping import FEW, find_events
from ...corpus.events.of_article import are_events_named, has_event
from ...corpus.overview import (
    align,
    filled_values,
    is_english,
    tabulate_columns,
    tabulate_files,
    tabulate_notes,
    tabulate_outlets,
    tabulate_problems,
    tabulate_values,
)
from ...corpus.reading.languages import LANGUAGES, find_language_code
from ...display import LONGEST, MOST_LISTED, MOST_NAMED, count_of, list_names, shorten
from ...tables import need
from .accuracy import accuracy, write_share
from .duplicates import list_duplicates

# Lines of files and of events that `check` prints, and characters of a headline there.
MOST_FILES, MOST_EVENTS, LONGEST_TITLE = 50, 50, 60
_GRIM = ": a sentence about a war is sad news whoever writes it"
# What is scored, by what, and what is to be known of it (of VADER: what was measured).
_MODELS = {
    "vader": ("words by the VADER lexicon", ""),
    "tone": ("sentences by the package's own model “tone”", _GRIM),
    "linear": ("sentences by the package's own model “linear”", _GRIM),
}


def describe_articles(articles: pd.DataFrame, *, problems: pd.DataFrame | None = None) -> str:
    """Say what was read: how many articles and outlets, when, signed by which agency, and what needs a second look.

    Articles in another language than English are named with their file, as are parts that were not read. It says what
    the files hold, not whether they are a fair sample of what the outlets published. `problems` (source, problem) is
    what could not be read, by default what `articles.attrs["problems"]` says.

    Needs:
        article, outlet, published, agency, language, source: as `read_articles` gives them

    Raises:
        InputError: if a column is missing
    """
    need(articles, "article", "outlet", "published", "agency", "language", "source", verb="describe_articles")
    problems = tabulate_problems(articles) if problems is None else problems
    need(problems, "source", "problem", verb="describe_articles")
    unread = _describe_problems(problems.to_dict("records"))
    if articles.empty:
        return " ".join(["There are no articles to describe.", *unread])
    total = len(articles)
    counts = articles.groupby("outlet", sort=True, dropna=False).size()
    named = list_names([_name(outlet) for outlet in counts.index])
    facts = [f"{count_of(total, 'article')} of {count_of(len(counts), 'outlet')} ({named})", _describe_dates(articles)]
    if counts.max() == 1:
        facts.insert(1, "one article each, so that every figure is that of this article and not of its outlet")
    elif counts.min() < MIN_ARTICLES:
        few = int((counts < MIN_ARTICLES).sum())
        facts.insert(1, f"fewer than {MIN_ARTICLES} articles for {few} of them, too few to speak of the outlet")
    agencies = articles["agency"].dropna().value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if len(agencies):
        signed = list_names([f"{_name(agency)} ({n:,})" for agency, n in agencies.items()])
        facts.append(f"signed by an agency: {signed}")
    return " ".join(["; ".join(facts) + ".", *_describe_languages(articles), *unread])


def describe_corpus(articles: pd.DataFrame) -> str:
    """Say what was read, which columns are filled, and what was not read and why: the answer of `parallax check`.

    Aligned plain text for a terminal, with the first 50 files (those of one article each by their form), the first 50
    events, those named or those that `find_events` finds, and the first 20 notes and parts that were not read.
    """
    problems, files, notes = tabulate_problems(articles), tabulate_files(articles), tabulate_notes(articles)
    articles = articles.copy(deep=False)
    articles.attrs = {}  # pandas copies them at every step: seconds where twenty thousand rows were not read
    duplicates = find_duplicates(articles)
    outlets = tabulate_outlets(articles)
    dates = sorted(filled_values(articles["published"]).str[:10])
    undated = len(articles) - len(dates)
    when = "no dates" if not dates else dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
    languages = tabulate_values(articles, "language").astype({"articles": "str"})
    note = "not English: the methods are made for English"
    languages["note"] = ["" if is_english(language) else note for language in languages["language"]]
    columns = tabulate_columns(articles)
    if not are_events_named(articles):
        columns.loc[columns["column"] == "event", "filled"] = 0
    columns["filled"] = [f"{filled:,} of {len(articles):,}" for filled in columns["filled"]]
    summary = [
        ("articles", f"{len(articles):,}"),
        ("outlets", f"{len(outlets):,}"),
        ("words", f"{outlets['words'].sum():,}"),
        ("dates", when + (f"; {undated:,} without a date" if dates and undated else "")),
    ]
    parts = [
        ("Read", align(summary)),
        ("Files", align([files.columns, *files.itertuples(index=False)], most=MOST_FILES) if len(files) else ""),
        ("Outlets", align([outlets.columns, *outlets.itertuples(index=False)])),
        ("Columns", align(columns.itertuples(index=False))),
        ("Repeated", list_duplicates(duplicates)),
        ("Events", _list_events(leave_out(articles, set(duplicates["article"])))),
        ("Agencies", align(tabulate_values(articles, "agency").itertuples(index=False))),
        ("Languages", align(languages.itertuples(index=False))),
        ("Notes", align(notes.itertuples(index=False), most=MOST_LISTED)),
        ("Not read", align(problems.itertuples(index=False), most=MOST_LISTED)),
    ]
    text = "\n\n".join(f"{title}\n{text or '  none'}" for title, text in parts)
    return f"{text}; 'parallax tables' lists them all" if len(problems) > MOST_LISTED else text


def _list_events(articles: pd.DataFrame) -> str:
    """The events that are named, or found, the largest first, with the headline or start of the earliest article."""
    found = find_events(articles)
    titles = found["title"].fillna(found["text"].str[:LONGEST])
    events = tabulate_events(found.assign(title=titles))
    if not are_events_named(articles) and events["event"].nunique() < 2:
        return "  taken as one event: none is named, and by their words the articles do not fall into several"
    events = events.groupby("event").agg({"articles": "sum", "outlets": "first", "title": "first"}).reset_index()
    events = events.sort_values(["articles", "event"], ascending=[False, True], kind="stable")
    events["title"] = [shorten(title, LONGEST_TITLE) for title in events["title"].fillna("")]
    header = ("event", "articles", "outlets", "earliest article")
    lines = [align([header, *events.itertuples(index=False)], most=MOST_EVENTS)]
    if not are_events_named(articles):
        few = f"; with fewer than {FEW} articles that is less sure" if len(articles) < FEW else ""
        how = f"{len(events):,} found by the words that articles share, for none is named{few}"
        lines.insert(0, f"  {how}; --event takes each, or 'all' for all articles as one event")
    if without := int((~has_event(found)).sum()):
        lines.append(f"  {count_of(without, 'article')} of no known event")
    return "\n".join(lines)


def describe_voices(voices: pd.DataFrame) -> str:
    """Say what share of each outlet's words stands in quotation marks, and what share is reported without them.

    The shares are those of the text that was read, in the order of the outlets and not of the shares: they say who is
    given the word, not whether the outlet agrees.

    Needs:
        outlet, voice, share, articles: as `tabulate_voices` gives them

    Raises:
        InputError: if a column is missing

    Example:
        >>> voices = pd.DataFrame({"outlet": ["D", "E"], "voice": "quote", "share": [0.37, 0.08], "articles": 1})
        >>> describe_voices(voices)
        'In quotation marks: 37 % of the words of this article (D), 8 % of this article (E).'
    """
    need(voices, "outlet", "voice", "share", "articles", verb="describe_voices")
    voices = voices.dropna(subset=["outlet", "voice", "share"])
    if voices.empty:
        return "There are no words to describe by voice."
    articles = voices.groupby("outlet", sort=True)["articles"].max()
    sentences = []
    for voice, where in (("quote", "In quotation marks"), ("reported", "Reported without quotation marks")):
        rows = voices[voices["voice"] == voice]
        if rows.empty:
            continue
        # An outlet without a row for a voice has no words in it.
        shares = rows.groupby("outlet")["share"].sum().reindex(articles.index, fill_value=0.0).head(MOST_NAMED)
        parts = [f"{100 * share:.0f} % of {name_subject(outlet, articles[outlet])}" for outlet, share in shares.items()]
        parts[0] = parts[0].replace(" % of ", " % of the words of ", 1)
        sentences.append(f"{where}: {', '.join([*parts, *_more(articles)])}.")
    return " ".join(sentences) or "No words are quoted or reported in this table."


def describe_sentiment(summary: pd.DataFrame, *, model: str | Callable = "tone") -> str:
    """Say the mean valence of each outlet's own and quoted words with its interval, and what it can't show.

    `model` is the one given to `score_sentiment`: valence is that of words for "vader", of whole sentences for "tone"
    and "linear", and an outlet's tone for none of them. The accuracy that is stated for "vader" was measured on
    SEESAW's human-coded articles: of two outlets that write about the same person in the same story, which is the more
    negative. That of a function is not known here, and the sentence says so.

    Needs:
        outlet, voice, articles, mean, low, high, unit: as `summarise` gives them

    Raises:
        InputError: if a column is missing
    """
    need(summary, "outlet", "voice", "articles", "mean", "low", "high", "unit", verb="describe_sentiment")
    summary = summary.dropna(subset=["outlet", "voice", "mean"])
    if summary.empty:
        return "There are no scores to describe."
    articles = summary.groupby("outlet", sort=True)["articles"].max()
    single = bool((summary["unit"] == "sentence").all())
    parts = []
    for outlet, total in articles.head(MOST_NAMED).items():
        rows = summary[summary["outlet"] == outlet]
        figures = [
            _figure(rows[rows["voice"] == voice], name, mark=not single)
            for voice, name in (("own", "own"), ("quote", "quoted"))
        ]
        parts.append(f"{name_subject(outlet, total)} {' and '.join(filter(None, figures)) or 'neither own nor quoted'}")
    if single:
        how = "each interval a 95 % one within this article, not for its outlet"
    else:
        how = "each with its 95 % interval"
    given = "words by the model given, whose accuracy is not known here", ""
    scored, caution = given if callable(model) else _MODELS.get(model, given)
    caution = _say_order("VADER", "vader") if model == "vader" else caution
    return (
        f"Mean valence of the {scored}, from −1 to 1, {how}: {'; '.join([*parts, *_more(articles)])}. "
        f"That is not the stance of {'this article or its outlet' if single else 'an outlet'}{caution}, and for a "
        "single event no difference is called."
    )


def _say_order(name: str, model: str) -> str:
    """How often the model has two outlets in the right order, as it was measured for this version."""
    figure = accuracy("stances", "order_accuracy", model=model)
    return (
        f": which of two outlets is the more negative about the same person {name} has right in {write_share(figure)} "
        f"of {figure['n']:,} pairs of human-coded articles, where a coin has 50 %"
    )


def name_subject(outlet: object, articles: float) -> str:
    """What a figure is a figure of: "this article (A)", "these 3 articles of A" or, from five on, "A (12 articles)"."""
    if articles <= 1:
        return f"this article ({_name(outlet)})"
    if articles < MIN_ARTICLES:
        return f"these {int(articles)} articles of {_name(outlet)}"
    return f"{_name(outlet)} ({int(articles):,} articles)"


def _figure(rows: pd.DataFrame, name: str, *, mark: bool) -> str:
    """own 0.12 (0.02 to 0.22); where `mark` is true, an interval within one article says so."""
    if rows.empty:
        return ""
    mean, low, high = (float(rows[column].iloc[0]) for column in ("mean", "low", "high"))
    interval = f"{low:z.2f} to {high:z.2f}" if np.isfinite([low, high]).all() else "too little for an interval"
    if rows["unit"].iloc[0] == "article" and rows["articles"].iloc[0] < MIN_ARTICLES:
        interval = "too few articles for an interval"
    if mark and rows["unit"].iloc[0] == "sentence":
        interval += ", within one article"
    return f"{name} {mean:z.2f} ({interval})".replace("-", "−")


def _describe_dates(articles: pd.DataFrame) -> str:
    dates = articles["published"].dropna()
    undated = articles[articles["published"].isna()]
    if dates.empty:
        return "none of them dated"
    first, last = (edge.date().isoformat() for edge in (dates.min(), dates.max()))
    text = f"dated {first}" + (f" to {last}" if last != first else "")
    if len(undated):
        names = list_names([_name(outlet) for outlet in sorted(set(undated["outlet"]), key=str)])
        text += f", {len(undated):,} without a date ({names})"
    return text


def _describe_languages(articles: pd.DataFrame) -> list[str]:
    language = articles["language"]
    other = articles[[not is_english(code) for code in language.fillna("en")]]
    sentences = []
    if len(other):
        files = list_names([f"{_language(row.language)} in {_name(row.source)}" for row in other.itertuples()])
        sentences.append(f"Flagged, since words and lexicons here are English: {files}.")
    unknown = int(language.isna().sum())
    if unknown:
        sentences.append(f"The language of {count_of(unknown, 'article')} was not recognised.")
    return sentences


def _describe_problems(problems: Sequence[dict[str, str]]) -> list[str]:
    if not problems:
        return []
    reasons = []
    for part in problems[:3]:
        source, problem = _name(part["source"]), shorten(part["problem"], 120).rstrip(".")
        reasons.append(problem if source in problem else f"{source}: {problem}")
    more = f"; and {len(problems) - 3:,} more" if len(problems) > 3 else ""
    return [f"Reading met {count_of(len(problems), 'problem')} ({'; '.join(reasons)}{more})."]


def _language(code: str) -> str:
    code = find_language_code(code)
    return LANGUAGES[code].split()[0] if code in LANGUAGES else f"language {shorten(code, 12)}"


def _name(name: object) -> str:
    return "without a name" if pd.isna(name) else shorten(name, 60, middle=True)


def _more(outlets: Sequence[object]) -> list[str]:
    """What a list of `MOST_NAMED` outlets ends with where there are more."""
    more = len(outlets) - MOST_NAMED
    return [f"and {count_of(more, 'more outlet')} in the table"] if more > 0 else []
