"""Find what stands in an article's text and is not its prose: date headers, credits, headlines, site furniture.

Left in, these are what a word comparison finds first: photo credits become an outlet's "distinctive words", and a
headline that a page prints three times becomes its framing.
"""

from collections import Counter
from functools import lru_cache, partial

import pandas as pd

from ...tables import ARTEFACTS, add_source, make_table, need_articles
from ..parallel import map_articles
from .furniture import (
    encode_texts,
    find_rights,
    find_suspects,
    inserts_of,
    is_biography,
    kind_of_furniture,
    may_be_furniture,
    phrases_of,
)
from .header_dates import choose_date
from .line_kinds import (
    DATELINE,
    HEADLINE_WORDS,
    LONGEST,
    agency_of,
    cut_header,
    kind_of_line,
    looks_like_title,
    may_be_signed,
    may_open,
    parts_of_prose,
)
from .lines import STOPS, ends_prose, fold_line, read_lines, spaced_words
from .repeated import find_repeated_lines, outlets_of
from .walls import find_cut

# Only the shape of a line, or that it stands twice, tells these, so they are taken back where they would leave an
# article without prose.
_BY_SHAPE = ("headline", "repeated_headline", "subhead")
# Who the author is stands at the very end.
_LAST_LINES = 3


def find_artefacts(articles: pd.DataFrame) -> pd.DataFrame:
    """What in each text is not the article's prose?

    Nothing is removed from the text: pass an empty table instead of this one to keep everything. The rules read layout
    and wording of English news pages; they know nothing of meaning and will miss furniture they have not seen.
    Artefacts never overlap, and come in the order of the articles and of the text.

    Kinds: `date_header`, `dateline`, `credit` (of a picture, or a byline), `caption`, `agency` (a sign-off such as `—
    Reuters`), `headline` (one before the prose; another inside the text begins a second story), `repeated_headline`,
    `subhead`, `cut_off` (where a text says that it is not whole, with the sentence that breaks off there) and
    `boilerplate` (phrases of web pages, and short lines that stand in at least 5 and 1 % of an outlet's
    articles, 20 % if they end like a sentence).

    Columns:
        article: the one that it stands in
        outlet: of the article; missing where it has none
        event: of the article; missing where it has none
        start: its first code point in the text, from 0
        end: the one behind its last
        kind: one of the kinds above
        text: as printed

    Raises:
        InputError: if a column is missing or an article stands twice

    Example:
        >>> page = "Leaders meet\\n\\nPARIS (AFP) - They met. — AFP\\nImage Credit: AFP"
        >>> find_artefacts(pd.DataFrame({"article": ["a"], "text": [page]}))[["start", "end", "kind", "text"]]
           start  end      kind               text
        0      0   12  headline       Leaders meet
        1     14   27  dateline      PARIS (AFP) -
        2     38   43    agency              — AFP
        3     44   61    credit  Image Credit: AFP
    """
    need_articles(articles, "text", verb="find_artefacts")
    columns = [column for column in ("article", "outlet", "title", "text") if column in articles]
    found = map_articles(find_artefacts_beside, articles[columns], survey=partial(find_repeated_lines, articles))
    return add_source(found, articles)


def find_artefacts_beside(articles: pd.DataFrame, repeated: dict[str, frozenset[str]]) -> pd.DataFrame:
    """Like `find_artefacts`, in a part of a corpus all of which was searched for `repeated` lines."""
    titles = articles["title"].fillna("").tolist() if "title" in articles else [""] * len(articles)
    texts = articles["text"].fillna("")
    encoded = encode_texts(texts)
    suspects, rights = find_suspects(encoded), find_rights(encoded)
    of_article = zip(
        articles["article"].tolist(), outlets_of(articles), titles, texts.tolist(), suspects, rights, strict=True
    )
    rows = [
        (article, start, end, kind, text[start:end])
        for article, outlet, title, text, phrases, reserved in of_article
        for start, end, kind in _find_in_text(text, title, repeated.get(outlet, frozenset()), phrases, reserved)
    ]
    return make_table(ARTEFACTS, rows)


def find_header_date(text: str) -> str | None:
    """The day of publication that a header gives, as it is printed there; None if there is none."""
    headers, prose, done = [], 0, 0
    for start, end, kind in _scan(text):
        prose += sum(map(bool, map(str.strip, text[done:start].splitlines()))) if text[done:start].strip() else 0
        done = max(done, end)
        if kind == "date_header":
            headers.append((start, end, prose))
    return choose_date(text, headers)


def find_headline(text: str) -> str | None:
    """The headline before the prose; None if the text opens without one."""
    done = 0
    for start, end, kind in _scan(text):
        if text[done:start].strip():
            return None
        if kind == "headline":
            return text[start:end]
        done = end
    return None


def find_agency(text: str) -> str | None:
    """The agency that signs the text, in its dateline or at its end; a photo credit signs no text."""
    signed = (agency_of(text[start:end], kind) for start, end, kind in _scan(text))
    return next(filter(None, signed), None)


@lru_cache(maxsize=4)  # the reader asks for the date, the headline and the agency of one text after another
def _scan(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(_find_in_text(text, "", frozenset(), phrases_of(text), rights=True))


def _find_in_text(
    text: str, title: str, repeated: frozenset[str], phrases: tuple[str, ...] | None, rights: bool
) -> list[tuple[int, int, str]]:
    """start, end and kind of every artefact of one text; `phrases` are those that `find_suspects` found in it, `rights`
    whether `find_rights` did."""
    suspect, phrases = phrases is not None, phrases or ()
    lines, printed = read_lines(text)
    found = cut_header(text, lines, printed)
    # Whatever is compared with a line is as short as a title.
    folds = [fold_line(line) if len(line) <= LONGEST and line.count(" ") < HEADLINE_WORDS else "" for line in printed]
    titles = _repeated(folds) | ({fold_line(title)} - {""})
    prose, seen, shape_words, in_prose, after_prose = [], set(), 0, False, True
    for position, ((start, end), line, fold) in enumerate(zip(lines, printed, folds, strict=True)):
        kind, ends = None, line.endswith(STOPS) or ends_prose(line)
        signed = may_be_signed(line)
        if fold in repeated:
            kind = "boilerplate"
        elif fold in seen:
            kind = "repeated_headline"
        elif end - start <= LONGEST:
            opens = may_open(line)
            if opens or signed or rights or not ends:  # few lines
                kind = kind_of_line(line, opens or rights, signed, in_prose, ends)
            if kind is None and (phrases or may_be_furniture(line)):
                kind = kind_of_furniture(line, phrases)
            if fold and kind is None:
                if not in_prose and fold in titles and spaced_words(line) <= HEADLINE_WORDS:
                    kind = "headline"
                elif after_prose and (not ends or not (prose or in_prose)) and position + 1 < len(lines):
                    next_start, next_end = lines[position + 1]
                    if looks_like_title(line, in_prose, text[next_start], opens=not prose):
                        kind = "subhead" if in_prose and not DATELINE.match(text, next_start, next_end) else "headline"
                        shape_words += spaced_words(line)
            if kind is None and in_prose and position >= len(lines) - _LAST_LINES and is_biography(line):
                kind = "credit"
        elif phrases:
            kind = kind_of_furniture(line, phrases)
        if kind in _BY_SHAPE and fold in titles:
            shape_words += spaced_words(line) if kind == "repeated_headline" else 0
            seen.add(fold)
        if kind:
            found.append((start, end, kind))
            in_prose = in_prose and kind != "headline"  # a headline inside the text opens a second story
            after_prose = True
        else:
            parts = [] if in_prose and ends and not signed else parts_of_prose(line, signed, in_prose, ends)
            if suspect and (inserts := inserts_of(line)):
                parts = _join_parts(parts, inserts)
            if parts:
                found += [(start + first, start + last, part) for first, last, part in parts]
            in_prose, after_prose = True, ends or bool(parts)
            prose.append(line)
    if shape_words > 2 * len(prose) and shape_words > 2 * sum(map(spaced_words, prose)):
        found = [row for row in found if row[2] not in _BY_SHAPE]
    return sorted(_cut_off(text, found))


def _cut_off(text: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What was found, and in its place, from the sentence on that a text breaks off in, that it is not whole."""
    cut = find_cut(text)
    if cut is None:
        return found
    start, end = cut
    return [row for row in found if row[1] <= start or row[0] >= end] + [(start, end, "cut_off")]


def _join_parts(parts: list[tuple[int, int, str]], inserts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """All inserts, and the parts that overlap none of them."""
    return [part for part in parts if not any(part[0] < end and start < part[1] for start, end, _ in inserts)] + inserts


def _repeated(folds: list[str]) -> set[str]:
    """The lines that stand in the text more than once: in most there is none."""
    folds = list(filter(None, folds))
    return set() if len(set(folds)) == len(folds) else {fold for fold, n in Counter(folds).items() if n > 1}
