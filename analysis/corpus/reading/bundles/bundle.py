"""What a file of a news database holds."""

from typing import NamedTuple


class Bundle(NamedTuple):
    """The articles of one file.

    `kind` is the database as its users call it. Each of the `articles` has its `text` (the body, a paragraph a line), a
    `number` (as the file counts it) and, where the file gives them, `title`, `outlet`, `published`, `byline`,
    `language` and `url`, as printed. `stated` is how many the file says it holds, None if it does not. `problems` are
    sentences about what of the file is missing, before which its name is put: "document 7 has no text"; `notes` say
    what was left out on purpose.
    """

    kind: str
    articles: list[dict]
    stated: int | None = None
    problems: tuple[str, ...] | list[str] = ()
    notes: tuple[str, ...] | list[str] = ()


def say_cut_off(articles: list[dict]) -> list[str]:
    """Whether the file ends within its last article, which then lacks what stands below all others.

    Whether something stands below it is each article's `is_closed`, which is taken out.
    """
    closed = [article.pop("is_closed") for article in articles]
    if len(closed) < 2 or closed[-1] or not all(closed[:-1]):
        return []
    return [f"document {articles[-1]['number']} lacks what stands below all others: the file may be cut off there"]
