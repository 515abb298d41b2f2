"""Read one file, whatever it holds: an article, a table of them, or what a news database puts into one file."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from ...tables import InputError
from .archives import Unpacked, unpack_gzip
from .bundles.bundle import Bundle
from .bundles.bundles import cut_page, cut_text, cut_xml
from .choices import settle_columns
from .columns import is_link, list_candidates, list_columns, name_host, refuse_without_text
from .decoding import decode
from .documents.documents import DOCUMENTS, TABLES, Part, open_document
from .documents.marked_texts import read_list, read_tree
from .documents.trees import parse_xml
from .formats import NESTED, RECORDS, File, Records
from .kinds import tell_kind
from .log import Log
from .losses import LONGEST_ARTICLE, count_prose, guess_articles, guess_documents
from .pages import open_page, read_page
from .repairs.repairs import mend_rows
from .rows import EXPECTED, WORD, fill_dates, keep_articles, make_row, say_cut_off

# Of the prose that a page shows so much may be left unread: comments, teasers of other stories.
UNREAD_SHARE, UNREAD_WORDS = 0.5, 300


def read_file(
    name: str, path: File, *, stem: str, columns: Mapping[str, str], headers: dict, repair: bool, log: Log
) -> list[dict]:
    """One row per article of a file, called after `stem`; raises `InputError` where nothing of it can be read."""
    if not path.is_file():  # a link to nowhere, or a pipe that would never end
        raise InputError(f"'{name}' can't be opened; expected a file")
    rows = _read_content(name, path, columns=columns, headers=headers, repair=repair, log=log)
    for row in rows:
        number = row.pop("number", None)
        row["article"] = row.get("article") or (stem if number is None else f"{stem}:{number}")
    if repair:
        mend_rows(rows, log)
    rows = keep_articles(rows, log)
    fill_dates(rows, log.problems)
    say_cut_off(rows, name, log.problems)
    _say_too_long(rows, log)
    return rows


def _read_content(
    name: str, path: File, *, columns: Mapping[str, str], headers: dict, repair: bool, log: Log
) -> list[dict]:
    """The rows of a file of any kind, which its content tells where its suffix does not."""
    data = b"" if name.lower().endswith(".parquet") else path.read_bytes()
    kind = tell_kind(name, data)
    if kind == "gz":
        data = unpack_gzip(data, name)
        path, kind = Unpacked(data), tell_kind(name[:-3] if name.lower().endswith(".gz") else name, data)
    if kind in RECORDS:
        del data  # which the reader reads itself, and may be large
        unit = "line" if kind == "jsonl" else "row"
        read = partial(RECORDS[kind], name, path, problems=log.problems)
        return _read_records(name, read, unit, columns=columns, headers=headers, log=log)
    if kind in TABLES:
        read = partial(TABLES[kind], name, data, log=log)
        return _read_records(name, read, "row", columns=columns, headers=headers, log=log)
    if kind == "xml":
        root = parse_xml(data, name)
        if bundle := cut_xml(root):
            return _open_bundle(bundle, name, log)
        records = read_tree(root, name, log)
        if records is not None:
            rows = _make_rows(records, name, "entry", log)
            alone = {"source": name, "where": f"'{name}'", "number": None}
            return [row | alone for row in rows] if len(records) == 1 else rows
        return _read_records(name, partial(read_list, root, name), "entry", columns=columns, headers=headers, log=log)
    if kind in DOCUMENTS:
        return _read_document(kind, data, name, repair, log)
    if kind == "html":
        return _read_page(data, name, repair, log)
    if kind == "txt":
        text = decode(data, name)
        del data
        return _read_text(text, name, log)
    raise InputError(f"'{name}' is packed more than once; expected it unpacked")


def _read_document(kind: str, data: bytes, name: str, repair: bool, log: Log) -> list[dict]:
    """The rows of the texts and pages that a document holds; of many, those that give no article are one problem."""
    parts = open_document(kind, data, name, log)
    rows, failed = [], []
    for position, part in enumerate(parts, 1):
        try:
            found = _read_part(part, f"{name} {part.place}" if part.place else name, repair, log)
        except InputError as error:
            if len(parts) == 1:
                raise
            failed.append(error)
            continue
        for row in found:
            number = row.get("number")
            if part.place:
                row["number"] = position if number is None else f"{position}.{number}"
            rows.append(row | {"file": name})
    if failed:
        sentence = f"{len(failed):,} of the {len(parts):,} parts of '{name}' gave no article"
        log.problem(name, f"{sentence}; the first: {failed[0]}")
    return rows


def _read_part(part: Part, name: str, repair: bool, log: Log) -> list[dict]:
    """The rows of a page or, where it gives none, of the same as a text."""
    if part.page is None:
        rows = _read_text(part.text or "", name, log)
    else:
        try:
            rows = _read_page(part.page, name, repair, log)
        except InputError:
            if not part.text:
                raise
            rows = _read_text(part.text, name, log)
    if len(rows) == 1 and "form" not in rows[0]:  # a database gives its articles these
        rows[0]["title"] = part.title or rows[0].get("title")
        rows[0]["url"] = rows[0].get("url") or part.url
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
    if bundle.stated is not None:
        log.count_bundle(name, bundle.kind, bundle.stated, [article["number"] for article in bundle.articles])
    if not read and bundle.notes and not bundle.problems:  # what it is, is said
        return []
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
    name: str,
    read: Callable[..., Records],
    unit: str,
    *,
    columns: Mapping[str, str],
    headers: dict,
    log: Log,
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
    records = read(choose=choose)
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
    named = ((number, {ours: record.get(theirs) for ours, theirs in chosen.items()}) for number, record in records)
    return _make_rows(named, name, unit, log)


def _make_rows(records: Iterable[tuple[int, dict]], name: str, unit: str, log: Log) -> list[dict]:
    rows = []
    for number, record in records:
        row = make_row(record, name=name, line=f"{unit} {number}", problems=log.problems)
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
