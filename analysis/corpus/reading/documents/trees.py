"""Parse XML that anybody may have written: nothing is fetched, no entity is expanded, no size is unbounded."""

import html

from ....tables import InputError

# A Nexis Uni document of 100 articles has 3 MB of XML; the tree takes some ten times as much memory as the file.
XML_BYTES = 150_000_000
_NAMES_OF_XML = "expected plain XML"


def parse_xml(data: bytes, name: str, kind: str | None = None):
    """The root of an XML document; raises `InputError` where it is not complete, or defines entities of its own.

    `kind` is what the XML is a part of, where its reader would not know that it is XML.
    """
    import lxml.etree

    if len(data) > XML_BYTES:
        size = f"'{name}' has {len(data) / 1_000_000:,.0f} MB of XML"
        raise InputError(f"{size}; expected at most {XML_BYTES // 1_000_000} MB, or several files")
    # Without huge_tree libxml2 stops at 256 elements in each other and at a text of 10 MB.
    parser = lxml.etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.etree.fromstring(data, parser=parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        if b"<!ENTITY" in data[:100_000]:  # it may be the very thing that the parser stumbled over
            raise _refuse_entities(name) from None
        if kind is not None:
            raise InputError(f"'{name}' is damaged or cut off; expected a complete {kind}") from None
        line = getattr(error, "lineno", None)
        place = f" (line {line})" if line else ""
        raise InputError(f"'{name}' is not complete XML{place}; {_NAMES_OF_XML}") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise _refuse_entities(name)
    return root


def _refuse_entities(name: str) -> InputError:
    return InputError(f"'{name}' defines entities of its own, which are not expanded; {_NAMES_OF_XML} without them")


def name_of(element) -> str:
    """An element's name without its namespace; '' for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace_of(element) -> str:
    return element.tag.rpartition("}")[0][1:] if isinstance(element.tag, str) else ""


def text_of(element) -> str:
    """All text within an element; HTML's names of letters, which a document type would have explained, as letters."""
    parts = []
    for node in element.iter():
        if isinstance(node.tag, str):
            parts.append(node.text or "")
        elif node.text and node.text.startswith("&"):
            parts.append(html.unescape(node.text))
        if node is not element:
            parts.append(node.tail or "")
    return "".join(parts)


def find_children(element, *names: str) -> list:
    """The children of these names, whatever their namespaces, in the order of the document."""
    return [child for child in element if name_of(child) in names]


def find_child(element, *names: str):
    """The first child of the first of these names that there is; None without one."""
    return next((child for name in names for child in element if name_of(child) == name), None)


def attribute_of(element, wanted: str) -> str:
    """An attribute by its name without its namespace; '' without one."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == wanted), "")
