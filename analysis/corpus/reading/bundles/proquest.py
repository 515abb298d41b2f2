"""ProQuest: text, pages and e-mails of many articles, as lines that begin with the name of a field.

A page becomes the text that ProQuest would have saved, so that there is one form to read.
"""

import re
from collections import Counter
from itertools import pairwise

from ..languages import LANGUAGES, find_language_code
from .bundle import Bundle, say_cut_off
from .lines import classes_of, read_lines

# The fields that are read, as the interface calls them in English, French, German, Spanish, Portuguese, Italian,
# Polish, Turkish, Russian, Chinese, Japanese and Korean.
_NAMES = {
    "text": "full text|texte intégral|volltext|texto completo|texto integral|texto na íntegra|testo completo|"
    "pełny tekst|tam metin|полный текст|全文文献|全文|フルテキスト|전문|원문",
    "abstract": "abstract|résumé|zusammenfassung|abstrakt|resumen|resumo|riassunto|streszczenie|özet|аннотация|реферат|"
    "摘要|抄録|초록",
    "title": "title|titre|titel|título|titolo|tytuł|başlık|название|заглавие|标题|標題|题名|タイトル|제목",
    "outlet": "publication title|titre de la publication|titre de publication|titel der publikation|publikationstitel|"
    "título de publicación|título de la publicación|título da publicação|titolo pubblicazione|"
    "titolo della pubblicazione|tytuł publikacji|yayın başlığı|yayın adı|название издания|название публикации|"
    "出版物名称|出版物名稱|出版物標題|出版物タイトル|出版物名|간행물명|출판물 제목",
    "published": "publication date|date de publication|publikationsdatum|veröffentlichungsdatum|datum der publikation|"
    "fecha de publicación|data de publicação|data di pubblicazione|data della pubblicazione|data publikacji|"
    "yayın tarihi|дата публикации|出版日期|出版日|発行日|발행일|출판 날짜",
    "byline": "author|authors|auteur|auteurs|autor|autoren|verfasser|autores|autore|autori|yazar|автор|авторы|"
    "作者|著者|저자",
    "language": "language of publication|language|langue de publication|langue de la publication|"
    "sprache der publikation|publikationssprache|idioma de la publicación|idioma de publicación|idioma da publicação|"
    "lingua della pubblicazione|lingua di pubblicazione|język publikacji|yayın dili|язык публикации|出版物语言|"
    "出版语言|出版物の言語|발행 언어",
    "url": "document url|url du document|url des dokuments|dokument-url|url del documento|url do documento|"
    "url dokumentu|belge url'si|url документа|文档 url|文件 url|ドキュメントの url|문서 url",
}  # fmt: skip
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split("|")}
# The others that an English file has; in the other languages what looks like a field is one.
_OTHERS = frozenset(
    (
        "alternate title|author affiliation|business indexing term|classification|column|company / organization|"
        "copyright|correspondence author|country of publication|database|dateline|document feature|"
        "document type|doi|e-issn|ethnicity|first page|full text availability|identifier / keyword|"
        "identifiers / keywords|isbn|issn|issue|last revised|last updated|links|location|newspaper section|"
        "number of pages|number of references|pages|people|place of publication|product name|proquest document id|"
        "publication info|publication subject|publication year|publisher|record type|section|series title|"
        "source type|start page|subject|supplement|url|volume|year"
    ).split("|")
)
# Those that stand below a text in every language; one of them alone may be a line of the text.
_BELOW = ("title", "outlet", "published", "language", "url")
# What no other file has.
_SURE = ("proquest document id", "publication year", "document type", "database", "last updated")
_FIELD = re.compile(r"([^:：\n]{2,50}?)\s{0,3}[:：](?:\s+|$)(.*)", re.DOTALL)
_RULE = re.compile(r"_{20,}")
_COUNTED = re.compile(r"([^\W\d_]{2,12}) (\d{1,6}) ?(?:/| (?:of|sur|von|de|di|z|из|en|van|av|af)) ?(\d{1,6})")
# "New York Times, Late Edition (East Coast); New York, N.Y." or "The Spectator; Hamilton, Ont.": edition and place.
_BEHIND_NAME = re.compile(r"\s?;\s.*|,\s[^,;]{0,40}\b(?:edition|ed\.).*", re.IGNORECASE)
# "… [New York, N.Y]. 10 Mar 2022." in the line under the title, which stands there in English only.
_CITED = re.compile(r"([^\[\]]{2,300})\[[^\[\]]{0,100}\][.,\s]{1,4}(\d{1,2} [A-Z][a-z]{2,8} \d{4})\b.*")
_DAY = re.compile(r"([A-Z][a-z]{2,8})(\d{1,2}),(\d{4})")
# Which column of the paper it was in: "Comment: [Op-Ed]".
_COLUMN = re.compile(r"\s?:\s?\[[^\[\]]{1,60}\]$")
_LACKS = re.compile(
    r"(?:full text )?(?:not|none|un)\s?available|(?:non|in)disponible|nicht verfügbar|no disponible|não disponível",
    re.IGNORECASE,
)
_PICTURES = frozenset({"document_view_image", "document_view_caption", "textPlusGraphicsImageClass"})
_ENLARGE = re.compile(r"(?:Enlarge this image|View Image)[\s.-]{0,9}|CAPTION:", re.IGNORECASE)
_CREDIT = re.compile(r"CREDIT: ?")
# A sentence about a missing text; a longer one is a text.
LACKING_WORDS = 12
# A document has so many known fields below its text, or only them.
LEAST_BELOW = 3
# Below a signature may stand a caption or two.
SIGNED_LINES = 3


def cut_page(root) -> Bundle | None:
    """The articles of a page or an e-mail of ProQuest; None if it is none."""
    links = (element.get(key) or "" for element in root.iter("a", "span", "div") for key in ("name", "id", "href"))
    if not any(link.startswith("DocID_") or "proquest.com" in link for link in links):
        return None
    return _cut([[line] for line in read_lines(root, without=_is_picture, mark=_mark)])


def cut_text(text: str) -> Bundle | None:
    """The articles of a text of ProQuest; None if it is none."""
    if "ProQuest" not in text and "proquest.com" not in text:
        return None
    blocks: list[list[str]] = [[]]
    for line in map(str.strip, text.splitlines()):
        if line and not _RULE.fullmatch(line) and not _COUNTED.fullmatch(line):
            blocks[-1].append(line)
        else:
            blocks += [[line], []] if line else [[]]
    if any(_find_field(line)[1] in _SURE for block in blocks for line in block[1:]):  # no empty lines between fields
        blocks = [[line] for block in blocks for line in block]
    return _cut([block for block in blocks if block])


def _cut(blocks: list[list[str]]) -> Bundle | None:
    """The articles among paragraphs, a list of lines each."""
    parts, stated = _part(blocks)
    if not any(_is_document(part) for _, part in parts):
        return None
    articles, problems = [], []
    for number, part in parts:
        fields, head, lines, is_closed = _read_fields(part)
        if lines:
            articles.append(_make_article(fields, head, lines) | {"number": number, "is_closed": is_closed})
        else:
            abstract = ", only its abstract" if not _is_lacking([fields.get("abstract", "")]) else ""
            problems.append(f"document {number} has no full text{abstract}")
    _mend_outlets(articles)
    return Bundle("ProQuest", articles, stated, [*problems, *say_cut_off(articles)])


def _part(blocks: list[list[str]]) -> tuple[list[tuple[int, list[list[str]]]], int | None]:
    """The paragraphs of each document with its number, and how many documents the file says it holds."""
    is_rule = [_RULE.fullmatch(line) is not None for line, *_ in blocks]
    counts = [(place, found) for place, (line, *_) in enumerate(blocks) if (found := _COUNTED.fullmatch(line))]
    # "Part 2 of 3" within a document is a line of it. A PDF or an RTF document may have lost its rules.
    if any(is_rule):
        counts = [(place, found) for place, found in counts if place == 0 or is_rule[place - 1]]
    else:
        counts = [(place, found) for place, found in counts if found[1] == counts[0][1][1]]
    if counts:
        numbers = [int(found[2]) for _, found in counts]
        ends = [*(place for place, _ in counts[1:]), len(blocks)]
        parts = [_cut_at_rule(blocks[place + 1 : end]) for (place, _), end in zip(counts, ends, strict=True)]
        # Where the count begins anew, two downloads were put into one file.
        anew = [number <= before for before, number in zip([numbers[0], *numbers], numbers, strict=False)]
        stated = sum(int(found[3]) for (_, found), is_anew in zip(counts, anew, strict=True) if is_anew)
        return list(zip(numbers, parts, strict=True)), stated
    parts = [[]]
    for block in blocks:
        if _RULE.fullmatch(block[0]):
            parts.append([])
        else:
            parts[-1].append(block)
    # In front stands a list of contents, below all how to reach ProQuest: neither has fields.
    return list(enumerate(filter(_is_document, parts), 1)), None


def _cut_at_rule(part: list[list[str]]) -> list[list[str]]:
    """A document down to the last rule, which parts it from the next, or from how to reach ProQuest."""
    rules = [place for place, block in enumerate(part) if _RULE.fullmatch(block[0])]
    if rules and _is_document(part[: rules[-1]]):
        part = part[: rules[-1]]
    return [block for block in part if not _RULE.fullmatch(block[0])]


def _is_document(part: list[list[str]]) -> bool:
    fields = [_find_field(block[0])[:2] for block in part]
    return any(field == "text" for field, _ in fields) or len({name for _, name in fields if name in _SURE}) > 1


def _read_fields(part: list[list[str]]) -> tuple[dict[str, str], list[str], list[str], bool]:
    """The fields of a document, the paragraphs above its text without names, the text's lines, is anything below it."""
    start = next((place for place, block in enumerate(part) if _find_field(block[0])[0] == "text"), len(part))
    end = _find_end(part, start)
    fields: dict[str, str] = {}
    around = [*part[:start], *part[end:]]
    for block, behind in pairwise([*around, [""]]):
        field, _, value = _find_field(" ".join(block))
        if field and not value and not _is_known(_find_field(behind[0])[1]):
            value = " ".join(behind)  # a paragraph of its own, as an abstract is in a page
        if field:
            fields.setdefault(field, value)
    plain = (" ".join(block) for block in part[:start])
    head = [line for line in plain if not _is_known(_find_field(line)[1])]
    lines = [line for block in part[start:end] for line in block]
    lines = [_find_field(lines[0])[2], *lines[1:]] if lines else []
    lines = [line for line in lines if line and not _ENLARGE.fullmatch(line)]
    # Some papers sign below their text, in the same paragraph or in one of its own.
    for line in [line for line in lines[-SIGNED_LINES:] if _CREDIT.match(line)]:
        fields.setdefault("byline", line.partition(":")[2].strip(" ;"))
        lines.remove(line)
    return fields, head, [] if _is_lacking(lines) else lines, end < len(part)


def _find_end(part: list[list[str]], start: int) -> int:
    """Where the fields below a text begin: at the first known one from which on there are only fields.

    Two of them alone ("Title: The Mill", "Language: French") may be lines about a film, unless nothing follows.
    """
    named = [_find_field(block[0])[:2] if len(block) == 1 else (None, "") for block in part]
    names = [name for _, name in named]
    below = [place for place in range(start + 1, len(part)) if named[place][0] in _BELOW or names[place] in _SURE]
    ends = [*below, *[len(part)] * LEAST_BELOW][LEAST_BELOW - 1 :]
    first = next((place for place, after in zip(below, ends, strict=False) if all(names[place:after])), None)
    if first is None:
        return len(part)
    is_english = any(name in _OTHERS for name in names[first:])
    while first - 1 > start and (_is_known(names[first - 1]) if is_english else names[first - 1]):
        first -= 1
    return first


def _make_article(fields: dict[str, str], head: list[str], lines: list[str]) -> dict:
    cited = next((found for line in head if (found := _CITED.fullmatch(line))), None)
    title = fields.get("title") or next((line for line in head if not line.startswith("http")), "")
    behind_authors = cited[1].removeprefix(fields.get("byline", "")).lstrip(". ") if cited else ""
    outlet = fields.get("outlet") or behind_authors
    published = fields.get("published") or (cited[2] if cited else "")
    # "Ju n 24, 2024": here and there ProQuest puts a space into a word.
    day = _DAY.fullmatch("".join(published.split()))
    return {
        "text": "\n".join(lines),
        "title": _COLUMN.sub("", title).strip() or None,
        "outlet": _BEHIND_NAME.sub("", outlet).strip() or None,
        "published": f"{day[1]} {day[2]}, {day[3]}" if day else published or None,
        "byline": fields.get("byline") or None,
        "language": _read_language(fields.get("language", "")),
        "url": fields.get("url") or next((line for line in head if line.startswith("http")), None),
    }


def _mend_outlets(articles: list[dict]) -> None:
    """Of names that differ in their spaces only take the commonest: "The Spe ctator" is no other outlet."""
    often = Counter(article["outlet"] for article in articles if article["outlet"])
    best: dict[str, str] = {}
    for outlet, _ in often.most_common():
        best.setdefault("".join(outlet.split()), outlet)
    for article in articles:
        article["outlet"] = best.get("".join((article["outlet"] or "").split()))


def _is_lacking(lines: list[str]) -> bool:
    """No text, or a sentence in its place that says so."""
    whole = " ".join(lines)
    return not whole.strip() or (len(whole.split()) <= LACKING_WORDS and bool(_LACKS.search(whole)))


def _is_known(name: str) -> bool:
    return name in _FIELDS or name in _OTHERS


def _find_field(line: str) -> tuple[str | None, str, str]:
    """Which of our fields a line begins, its name in the file in small letters, and its value; '' for no name."""
    found = _FIELD.match(line)
    if not found:
        return None, "", line
    name = " ".join(found[1].split()).lower()
    return _FIELDS.get(name), name, found[2].strip()


def _read_language(named: str) -> str | None:
    """The code of a language that is named in English; other names are left to the text itself."""
    code = find_language_code(named)
    return code if code in LANGUAGES else None


def _mark(element) -> str | None:
    """A rule above each document of a page."""
    is_document = element.tag == "a" and (element.get("name") or "").startswith("DocID_")
    return "_" * 20 if is_document else None


def _is_picture(element) -> bool:
    return not _PICTURES.isdisjoint(classes_of(element))
