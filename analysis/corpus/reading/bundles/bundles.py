"""Know the file of a news database by its marks, and cut it into its articles."""

from .bundle import Bundle


def cut_text(text: str) -> Bundle | None:
    """The articles of a text that a database wrote; None for any other text."""
    return None


def cut_page(root) -> Bundle | None:
    """The articles of a page that a database wrote; None for any other page."""
    return None
