"""Know the file of a news database by its marks, and cut it into its articles."""

from . import europresse, factiva, nexis, nexis_uni, proquest
from .bundle import Bundle

# Each module cuts what it knows: a text, also that of a document with a paragraph a line; a page; an XML tree.
_MODULES = (nexis, nexis_uni, factiva, proquest, europresse)


def cut_text(text: str) -> Bundle | None:
    """The articles of a text that a database wrote; None for any other text."""
    return _cut("cut_text", text)


def cut_page(root) -> Bundle | None:
    """The articles of a page that a database wrote; None for any other page."""
    return _cut("cut_page", root)


def cut_xml(root) -> Bundle | None:
    """The articles of an XML file that a database wrote, by its root element; None for any other."""
    return _cut("cut_xml", root)


def _cut(name: str, content) -> Bundle | None:
    cuts = (getattr(module, name)(content) for module in _MODULES if hasattr(module, name))
    return next(filter(None, cuts), None)
