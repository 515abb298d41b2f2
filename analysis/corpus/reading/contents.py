"""Read one file, whatever it holds: an article, a table of them, or what a news database puts into one file."""

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from ...tables import InputError
from .bundles.bundle import Bundle
from .bundles.bundles import cut_page, cut_text
from .choices import settle_columns
from .columns import is_link, list_candidates, list_columns, name_host, refuse_without_text
from .decoding import decode
from .formats import NESTED, RECORDS, File
from .log import Log
from .losses import LONGEST_ARTICLE, count_prose, guess_articles, guess_documents
from .pages import open_page, read_page
from .repairs.repairs import mend_rows
from .rows import EXPECTED, WORD, fill_dates, keep_articles, make_row, say_cut_off

FORMATS = ("txt", "html", "htm", *RECORDS, "zip")
# Of the prose that a page shows so much may be left unread: comments, teasers of other stories.
UNREAD_SHARE, UNREAD_WORDS = 0.5, 300


def read_file(
    name: str, path: File, *, stem: str, columns: Mapping[str, str], headers: dict, repair: bool, log: Log
) -> list[dict]:
    """One row per article of a file, called after `stem`; raises `InputError` where nothing of it can be read."""
    suffix = PurePosixPath(name).suffix[1:].lower()
    if suffix not in FORMATS:
        raise InputError(f"'{name}' can't be read by its suffix; expected one of {', '.join(FORMATS)}")
    if not path.is_file():  # a link to nowhere, or a pipe that would never end
        raise InputError(f"'{name}' can't be opened; expected a file")
    if suffix in RECORDS:
        rows = _read_records(name, path, suffix, columns=columns, headers=headers, log=log)
    elif suffix == "txt":
        rows = _read_text(decode(path.read_bytes(), name), name, log)
    else:
        rows = _read_page(path.read_bytes(), name, repair, log)
    for row in rows:
        number = row.pop("number", None)
        row["article"] = row.get("article") or (stem if number is None else f"{stem}:{number}")
    if repair:
        mend_rows(rows, log)
    rows = keep_articles(rows, log)
    fill_dates(rows, name, log.problems)
    say_cut_off(rows, name, log.problems)
    _say_too_long(rows, log)
    return rows


def _read_text(text: str, name: str, log: Log) -> list[dict]:
    """The article that a text is, or those that it holds."""
    if not WORD.search(text):
        raise InputError(f"'{name}' has no words; {EXPECTED}")
    if is_link(text):
        raise InputError(f"'{name}' holds links and no text, and Parallax downloads nothing; {EXPECTED}")
    if bundle := cut_text(text):
        return _open_bundle(bundle, name, log)
    if held := guess_documents(text):
        raise InputError(_refuse_bundle(name, held))
    return [{"source": name, "where": f"'{name}'", "file": name, "text": text}]


def _read_page(data: bytes, name: str, repair: bool, log: Log) -> list[dict]:
    """The article that a page is, or those that it holds."""
    root = open_page(data, name)
    if bundle := cut_page(root):
        return _open_bundle(bundle, name, log)
    prose, held = count_prose(root), guess_articles(root)
    page = read_page(root, name, repair=repair)
    words = len(page["text"].split())
    if prose - words > UNREAD_WORDS and words < (1 - UNREAD_SHARE) * prose:
        if held:
            raise InputError(_refuse_bundle(name, held))
        sentence = f"'{name}' shows {prose:,} words of prose, of which {words:,} were read as its article"
        log.problem(name, f"{sentence}; expected a page with one article: look whether the rest belongs to it")
    return [{"source": name, "where": f"'{name}'", "file": name, **page}]


def _refuse_bundle(name: str, held: int) -> str:
    return (
        f"'{name}' seems to hold {held:,} articles, in a form that Parallax does not know; expected one article, a "
        "table with a row for each, or the download of a database that it knows"
    )


def _open_bundle(bundle: Bundle, name: str, log: Log) -> list[dict]:
    """The rows of a database's file; a problem where it says that it holds another number of articles."""
    for problem in bundle.problems:
        log.problem(name, f"'{name}' ({bundle.kind}): {problem}")
    for note in bundle.notes:
        log.note(name, f"'{name}' ({bundle.kind}): {note}")
    read = len(bundle.articles)
    if bundle.stated is not None and bundle.stated != read:
        sentence = f"'{name}' ({bundle.kind}) says that it holds {bundle.stated:,} articles, and {read:,} were read"
        log.problem(name, f"{sentence}; expected as many: look for those that are missing, or download them anew")
    if not read:
        raise InputError(f"'{name}' ({bundle.kind}) holds no article that could be read; expected articles with texts")
    twice = max(Counter(article["number"] for article in bundle.articles).values()) > 1  # two downloads in one file
    rows = []
    for position, article in enumerate(bundle.articles, 1):
        number = position if twice else article["number"]
        if read == 1:
            place = {"source": name, "where": f"'{name}'", "number": None}
        else:
            place = {"source": f"{name} document {number}", "where": f"document {number} of '{name}'", "number": number}
        rows.append(article | place | {"file": name, "form": bundle.kind})
    return rows


def _read_records(
    name: str, path: File, suffix: str, *, columns: Mapping[str, str], headers: dict, log: Log
) -> list[dict]:
    """A row for each row of a table."""

    def choose(header: list[str]) -> dict[str, str]:
        """Every column that may be one of ours, under its own name: which are is told by their values."""
        headers[name] = header
        candidates = list_candidates(header, columns)
        if not candidates.keys() & {"text", "prose"}:
            raise refuse_without_text(header, name)
        return {theirs: theirs for of_ours in candidates.values() for theirs in of_ours}

    already = len(log.problems)
    records = RECORDS[suffix](name, path, choose, log.problems)
    if not records and len(log.problems) == already:
        raise InputError(f"'{name}' holds no article; expected at least one row")
    if not records:
        return []
    header = headers[name]
    chosen, said = settle_columns(list_candidates(header, columns), records, header, name)
    if unused := [column for column in dict.fromkeys(header) if column not in (*chosen.values(), *NESTED)]:
        said.append(f"columns that are not used: {list_columns(unused)}")
    for sentence in said:
        log.note_of_table(name, sentence)
    unit = "line" if suffix in ("jsonl", "ndjson") else "row"
    rows = []
    for number, record in records:
        named = {ours: record.get(theirs) for ours, theirs in chosen.items()}
        row = make_row(named, name=name, line=f"{unit} {number}", problems=log.problems)
        if row:
            row["outlet"] = name_host(row["outlet"]) if row.get("outlet") else None
            rows.append(row | {"number": number})
    return rows


def _say_too_long(rows: list[dict], log: Log) -> None:
    """Say which texts are far longer than an article: most likely they hold several."""
    for row in rows:
        if len(row["text"]) > LONGEST_ARTICLE and (words := len(row["text"].split())) > LONGEST_ARTICLE:
            sentence = f"{row['where']} has {words:,} words and was read as one article; expected at most"
            log.problem(
                row["source"], f"{sentence} {LONGEST_ARTICLE:,}: if it holds several, cut it into one file each"
            )
