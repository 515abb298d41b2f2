"""Cells that fail: each marked once, with the count of the later cells that rest on it."""

import ast
import re
from collections.abc import Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_output

from ...display import count_of, shorten

LONGEST = 300  # characters of a message: it may hold the text of an article
RESTS = "rests-on-a-failed-cell"  # the tag of a cell that is left without output, since an earlier one failed

_TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def mark_failures(notebook: NotebookNode) -> NotebookNode:
    """`notebook` itself, executed past its errors, with one mark for each cell that failed on its own account.

    The mark is the cell's last output: the error and its message in one line, without the traceback, which names files
    of this machine. A later cell that failed too rests on it if it reads a name that the failed cell was to set, or
    that such a cell was: it is tagged and loses its outputs.
    """
    failed: list[tuple[NotebookNode, NotebookNode, set[str]]] = []  # cell, its error, names that were to be set
    resting: dict[int, int] = {}
    for cell in notebook.cells:
        error = next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)
        if error is None:
            continue
        read, bound = _names_of(cell.source)
        root = next((number for number, (_, _, names) in enumerate(failed) if names & read), None)
        if root is None:
            failed.append((cell, error, bound))
            continue
        failed[root][2].update(bound)
        resting[root] = resting.get(root, 0) + 1
        cell.outputs = []
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), RESTS]
    for number, (cell, error, _) in enumerate(failed):
        line = shorten(last_line(error.evalue), LONGEST)
        if rest := resting.get(number, 0):
            line += f"{'; ' if line else ''}{count_of(rest, 'later cell')} rest{'s' if rest == 1 else ''} on it"
        # Not a chart that was half drawn.
        kept = [output for output in cell.outputs if output.get("name") == "stdout"]
        mark = new_output("error", ename=error.ename, evalue=line, traceback=[say_error(error.ename, line)])
        cell.outputs = [*kept, mark]
    return notebook


def list_failures(notebooks: Mapping[str, NotebookNode]) -> list[str]:
    """What failed in marked notebooks, a sentence for each cell that failed on its own account."""
    return [
        f"notebook '{name}' failed in cell '{cell.get('id', number)}' with {say_error(output.ename, output.evalue)}"
        for name, notebook in notebooks.items()
        for number, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]


def say_error(kind: str, message: str) -> str:
    """An error and the last line of its message in one line."""
    line = last_line(message)
    return f"{kind}: {line}" if line else kind


def last_line(message: str) -> str:
    """The last line of a message, where Python says what is wrong, without the colours of a terminal."""
    lines = _TERMINAL_COLOURS.sub("", message).strip().splitlines()
    return lines[-1].strip() if lines else ""


def _names_of(source: str) -> tuple[set[str], set[str]]:
    """The names that a cell reads, and those that it sets."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:  # the cell failed for it
        return set(), set()
    names = [node for node in nodes if isinstance(node, ast.Name)]
    imported = {node.asname or node.name.partition(".")[0] for node in nodes if isinstance(node, ast.alias)}
    read = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    return read, imported | {name.id for name in names if isinstance(name.ctx, ast.Store)}
