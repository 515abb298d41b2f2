"""The fields that LexisNexis prints above and below an article, in the languages that it prints them in."""

import re
import unicodedata

from ..dates import find_leading_date

# Without accents; what a field is for stands in front. Only these names are fields: "SPIEGEL: Herr Minister" is none.
_ABOVE = {
    "byline": "byline autor auteur autore author verfasser auteurs autores autori forfatter skribent",
    "section": "section rubrik rubrique seccion sezione seccao secao sectie rubriek sektion seksjon avsnitt dzial",
    "length": "length lange laenge longueur longitud extension lunghezza comprimento tamanho lengte langde laengde "
    "langd lengde dlugosc",
    "highlight": "highlight highlights zusammenfassung samenvatting",
    "headline": "headline",
    "body": "body",
    "other": "dateline series serie show guests anchors type program programme reporters distribution "
    "edition ausgabe kicker page column datumszeile ressort",
}
# Each of these alone shows that the body is over.
_BELOW = {
    "language": "language sprache langue idioma lingua lengua taal sprog sprak jezyk",
    "other": "load-date ladedatum lade-datum date-chargement date-de-chargement fecha-carga fecha-de-carga "
    "data-caricamento data-di-caricamento data-de-carregamento laaddatum laad-datum correction-date publication-type "
    "publikationstyp publikations-typ type-publication type-de-publication tipo-publicacion tipo-de-publicacion "
    "tipo-pubblicazione tipo-di-pubblicazione tipo-de-publicacao publicatie-type publicatietype pub-type journal-code "
    "zeitungs-code code-journal code-de-revue document-type dokumenttyp acc-no",
}
# These end it too, but may stand in a body: they count where one of the names above follows.
_WITH_THEM = {
    "url": "url",
    "other": "update subject organization organisation company ticker person city state country region geographic "
    "industry name location category copyright bibliographie bibliography link links thema sujet asunto firma zeitung",
}
# The value of such a field may go on over several paragraphs.
_LONG = "graphic graphics grafik graphik graphique grafico grafica grafiek photo photos correction notes note"


def _index(names: dict[str, str]) -> dict[str, str]:
    return {name: purpose for purpose, row in names.items() for name in row.split()}


ABOVE, BELOW, WITH_THEM, LONG = _index(_ABOVE), _index(_BELOW), _index(_WITH_THEM), frozenset(_LONG.split())
LOOK_BACK = 12

_FIELD = re.compile(r"\s*([^\W\d_][\w &/-]{1,39}?)\s?:(?:\s+(.*))?", re.DOTALL)
_RIGHTS = re.compile(
    r"\s*(?:copyright\W{0,4}(?:\(c\)|©|\d{4}|by\b|.{0,50}$)|©|\(c\)\s|all rights reserved|alle rechte|tous droits|"
    r"todos los derechos|tutti i diritti|todos os direitos|alle rettigheder|wszelkie prawa)",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"(?:[\w.]+[\s-]+){0,4}\w*(?:editions?|ausgabe|édition|edición|edizione|edição|editie)"
    r"(?:\W{1,3}(?:\d{1,3}|final|late|early|main|(?:\w+ ){0,2}edition)){0,3}\W*",
    re.IGNORECASE,
)
_EDITION_OF_OUTLET = re.compile(r"\s+-+\s+[\w. -]{0,40}\b(?:edition|ausgabe|édition|edición)", re.IGNORECASE)
_WORDS = re.compile(
    r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)\s*(?:words?|wörter|worter|mots|palabras|parole|palavras|woorden|ord|słów)"
)
_WHOLE_TEXT = re.compile(r"(?:full text|volledige tekst|volltext|texte intégral)\s?:?", re.IGNORECASE)
_ADDRESS = re.compile(r"[;\s]*(https?://\S+)\s*$")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]")  # Thai, Japanese, Chinese: no spaces to count by
# LENGTH counts headings, captions and fields too, which in short pieces are as long as the body.
LEAST_SHARE, LEAST_SAID = 0.5, 200


def read_field(line: str) -> tuple[str, str, str] | None:
    """The name of the field that a line begins, as printed and folded, and its value; None for a line without one."""
    if ":" not in line[:45] or not (match := _FIELD.fullmatch(line)):
        return None
    return match[1], fold_name(match[1]), (match[2] or "").strip()


def fold_name(name: str) -> str:
    """A field's name in lower case and without accents, its words joined."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return "-".join(plain.casefold().replace("ł", "l").split())


def is_rights(line: str) -> bool:
    """Whether a line says who holds the rights."""
    return _RIGHTS.match(line) is not None


def is_edition(line: str) -> bool:
    """Whether a line below the date names the edition, or says that the article was corrected later."""
    line = line.strip()
    return line.casefold() in ("correction appended", "final") or (
        len(line) <= 60 and _EDITION.fullmatch(line) is not None
    )


def name_outlet(line: str) -> str | None:
    """The outlet without its edition, and with the place in brackets apart: "The Guardian (London)"."""
    line = re.sub(r"(?<=\w)\((?=[A-Z])", " (", " ".join(line.split()))
    return _EDITION_OF_OUTLET.sub("", line).strip() or None


def is_index(value: str) -> bool:
    """Whether the value of a field can be no prose: a date, or terms with their weight ("FIRES (90%)")."""
    return find_leading_date(value) is not None or re.search(r"\(\d\d%\)", value) is not None


def take_address(text: str) -> tuple[str, str | None]:
    """A standfirst without the address that the database puts behind it, and the address."""
    found = _ADDRESS.search(text[-500:])
    return (text[: len(text) - len(found[0])], found[1]) if found else (text, None)


def find_below(kinds: list[str]) -> int:
    """Where the fields below a body begin, of blocks that are "below", "with", "long", "unknown" or "" (no field).

    Those that show the end are joined by what stands above them without a gap, and by a long field with its paragraphs.
    """
    known = [place for place, kind in enumerate(kinds) if kind == "below"]
    if not known:
        return len(kinds)
    start = known[-1]
    while start:
        place = start - 1
        while place and kinds[place] == "unknown":  # a field whose name we do not know, if known ones are around it
            place -= 1
        if kinds[place] not in ("below", "with", "long"):
            nearest = range(start - 1, max(-1, start - 1 - LOOK_BACK), -1)
            place = next((earlier for earlier in nearest if kinds[earlier] in ("below", "long")), -1)
        if place < 0:
            break
        start = place
    return start


def join_body(lines: list[str]) -> str:
    """The text of a body, without the lines that set its abstract ("ABSTRACT") apart from the rest ("FULL TEXT")."""
    whole = next((place for place, line in enumerate(lines[:20]) if _WHOLE_TEXT.fullmatch(line.strip())), None)
    if whole is not None:
        abstract = [line for line in lines[:whole] if line.strip().casefold() not in ("abstract", "samenvatting")]
        lines = abstract + lines[whole + 1 :]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def count_said(value: str) -> int | None:
    """How many words a field says an article has; None if it counts something else."""
    found = _WORDS.search(value[:40].lower())
    return int(re.sub(r"\D", "", found[1])) if found else None


def say_missing(articles: list[dict]) -> list[str]:
    """Which articles have far fewer words than their field says (`said`, which is taken out of them)."""
    short = []
    for article in articles:
        said, read = article.pop("said") or 0, len(article["text"].split())
        if said >= LEAST_SAID and read < LEAST_SHARE * said and not _UNSPACED.search(article["text"][:500]):
            short.append(f"document {article['number']} says that it has {said:,} words, and {read:,} were read")
    if len(short) > 1:
        return [f"{len(short):,} documents have less than half of the words that they say, the first: {short[0]}"]
    return short


def say_empty(numbers: list[int]) -> list[str]:
    """Which documents have no text: pictures, or articles that the database may not show."""
    if len(numbers) < 2:
        return [f"document {number} has no text" for number in numbers]
    named = ", ".join(map(str, numbers[:5])) + (f" and {len(numbers) - 5:,} more" if len(numbers) > 5 else "")
    return [f"{len(numbers):,} documents have no text: {named}"]
