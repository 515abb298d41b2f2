"""Turn what a file says of an article into a row: its text, the day it was published, words without white space."""

import math
import re

from ..layout.transcripts import is_transcript
from ..layout.walls import find_notice, name_wall
from .columns import is_link
from .dates import SerialDay, read_dates
from .formats import add_problem, clean, kind_of, show
from .log import Log

# What news interfaces put in the place of a text that they do not give, or of its end.
_WITHHELD = ("[removed]", "only available in paid plans")

EXPECTED = "expected the article's text"
WORD = re.compile(r"[^\W_]")


def fill_dates(rows: list[dict], problems: list[dict]) -> None:
    """Turn `published` of the rows of one file into dates, and say which could not be."""
    values = [row.get("published") for row in rows]
    dates, unreadable, ambiguous = read_dates(values)
    for row, found in zip(rows, dates, strict=True):
        row["published"] = found
    for position in unreadable:
        row = rows[position]
        sentence = f"{row['where']} has the date {show(values[position])}; expected YYYY-MM-DD"
        add_problem(problems, row["source"], sentence)
    if ambiguous:  # one sentence for the file, which may have thousands of them
        row, more = rows[ambiguous[0]], len(ambiguous) - 1
        others = f" (nor do {more} more)" if more > 1 else " (nor does 1 more)" if more else ""
        given = f"{row['where']} has the date {show(values[ambiguous[0]])}"
        sentence = f"{given}, which does not tell day and month apart{others}; expected YYYY-MM-DD"
        add_problem(problems, row["source"], sentence)


def say_cut_off(rows: list[dict], name: str, problems: list[dict]) -> None:
    """Say how many texts end where their source cut them: such an article tells less than was printed."""
    cut = [(row, row["text"][slice(*notice)]) for row in rows if (notice := find_notice(row["text"]))]
    if cut:
        row, end = cut[0]
        count = f"{len(cut)} of {len(rows)} article{'s' * (len(rows) > 1)} of '{name}'"
        verb = "is cut off by its source" if len(cut) == 1 else "are cut off by their source"
        first = row["source"].removeprefix(name).strip()
        place = f" in {first}" if first else ""
        add_problem(problems, name, f"{count} {verb} ({show(end)}{place}); expected whole texts")


def keep_articles(rows: list[dict], log: Log) -> list[dict]:
    """The rows whose text is an article's; a problem for each that has no words left, or is what hides an article."""
    kept, transcripts = [], 0
    for row in rows:
        if not WORD.search(row["text"]):
            log.problem(row["source"], f"{row['where']} has no words; {EXPECTED}")
        elif wall := name_wall(row["text"]):
            log.problem(row["source"], f"{row['where']} holds {wall} and no article; {EXPECTED}")
        else:
            kept.append(row)
            transcripts += is_transcript(row["text"])
    if transcripts:
        count = "a transcript" if transcripts == 1 else f"{transcripts:,} transcripts"
        log.note_of_table(
            rows[0]["file"], f"holds {count}; what stands behind a speaker's name is taken for that speaker's words"
        )
    return kept


def make_row(record: dict, *, name: str, line: str, problems: list[dict]) -> dict | None:
    source, where = f"{name} {line}", f"{line} of '{name}'"
    text = record.get("text")
    if text is not None and not isinstance(text, str):
        add_problem(problems, source, f"{where} has {kind_of(text)} for its text; {EXPECTED}")
        return None
    if not text or not WORD.search(text):
        add_problem(problems, source, f"{where} has no words; {EXPECTED}")
        return None
    if len(text) < 100 and text.strip().lower() in _WITHHELD:
        add_problem(problems, source, f"{where} has {show(text)} for its text; {EXPECTED}")
        return None
    if is_link(text):
        add_problem(problems, source, f"{where} has a link for its text, and Parallax downloads nothing; {EXPECTED}")
        return None
    row = {"source": source, "where": where, "file": name, "text": clean(text)}
    for column, value in record.items():
        if column == "byline" and isinstance(value, list):
            row[column] = ", ".join(filter(None, map(read_word, value))) or None
        elif column == "url" and isinstance(value, (list, dict)):  # of other pages
            row[column] = None
        elif column not in ("text", "published"):
            row[column] = read_word(value)
            if row[column] is None and isinstance(value, (list, dict)) and value:
                add_problem(problems, source, f"{where} has {kind_of(value)} for its {column}; expected a word")
    published = record.get("published")
    if isinstance(published, SerialDay):
        published = published.to_date()
    row["published"] = published if hasattr(published, "year") else read_word(published)
    return row


def read_word(value: object) -> str | None:
    """A table's value as a word: trimmed, and None where there is nothing."""
    if isinstance(value, dict):  # a news interface's source: {"id": "bbc-news", "name": "BBC News"}
        value = value.get("name") or value.get("title")
    if value is None or isinstance(value, (list, dict, bytes)) or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():  # a column of numbers with a gap: 3.0 is the event 3
        value = int(value)
    return clean(str(value)).strip() or None
