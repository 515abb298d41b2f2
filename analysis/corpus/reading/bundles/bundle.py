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
