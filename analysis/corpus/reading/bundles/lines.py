"""The text of a page's element, a line each paragraph, without what a reader does not see."""

from collections.abc import Callable

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_HIDDEN = frozenset("button head input noscript script select style template textarea title".split())


def read_lines(
    element, *, without: Callable[..., bool] | None = None, mark: Callable[..., str | None] | None = None
) -> list[str]:
    """The lines of an element, its white space as a browser shows it.

    `without` says of an element below whether it is left out; `mark` may give a line of its own to put before one.
    """
    lines, pieces = [], []

    def close() -> None:
        if line := " ".join("".join(pieces).split()):
            lines.append(line)
        pieces.clear()

    # A stack of our own, for a page may be nested deeper than Python's.
    stack = [(element, False)]
    while stack:
        node, is_read = stack.pop()
        is_block = node.tag in _BLOCKS
        if is_read:
            if is_block:
                close()
            if node is not element:
                pieces.append(node.tail or "")
            continue
        stack.append((node, True))
        if not isinstance(node.tag, str) or node.tag in _HIDDEN or (without and without(node)):
            continue
        if is_block:
            close()
        if mark and (line := mark(node)):
            close()
            lines.append(line)
        pieces.append(node.text or "")
        stack.extend((child, False) for child in reversed(node))
    close()
    return lines


def classes_of(element) -> list[str]:
    """The classes of an element; none of a comment."""
    return (element.get("class") or "").split() if isinstance(element.tag, str) else []
