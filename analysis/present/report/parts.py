"""The parts of an executed notebook as HTML, told apart by whether they have anything to show.

A part is a heading with the cells under it. It shows something if one of its cells gave a row of a table, a chart or
the mark of a failure, or if every cell said something: some parts are sentences only. A part in which a cell gave
nothing, or a table without rows, and no other gave one with rows or a chart, has nothing to show, whatever it says.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from nbformat import NotebookNode

from ...display import NOTHING, drop_controls
from .failures import RESTS, say_error
from .sanitise import render_markdown, render_png, render_table

# What a notebook prints for an object the reader sees as a picture, or for one that has no printed form.
_NO_CONTENT = re.compile(r"<.*(Axes|Figure|Text\(| at 0x).*>|\[<.*>\]|None", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_PART = re.compile(r"^#{2,6}\s", re.MULTILINE)
_TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
_NO_ROWS = f'<p class="note">{NOTHING}</p>\n'


@dataclass(frozen=True)
class Part:
    """A heading with the cells under it; the first part of a notebook is what stands before its second heading."""

    title: str
    html: str
    said: str  # what the cell of an empty table says of it; '' if it says nothing
    state: str  # "prose" (no code), "shown", "empty", "left out" (rests on a cell that failed)


def find_title(notebook: NotebookNode) -> str | None:
    """The first heading of the notebook, without its marks."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := _TITLE.search(cell.source)):
            return _plain(found.group(1))
    return None


def find_answer(notebook: NotebookNode) -> str:
    """What the notebook prints first, which is its answer, or what failed before it; '' if it prints nothing."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return _say_failure(output)
            if output.get("name") == "stdout":
                return output.text.strip()
    return ""


def render_parts(notebook: NotebookNode, sections: Mapping[str, str]) -> list[Part]:
    """The parts of an executed notebook, without its title, imports and parameters.

    `sections` maps a notebook's file name to its place on the page.
    """
    groups: list[list[NotebookNode]] = [[]]
    for cell in _cells_to_show(notebook):
        if cell.cell_type == "markdown" and _PART.search(cell.source) and groups[0]:
            groups.append([])
        groups[-1].append(cell)
    title = find_title(notebook) or ""
    return [_render_part(cells, sections, title, is_first=not i) for i, cells in enumerate(groups)]


def _render_part(cells: list[NotebookNode], sections: Mapping[str, str], title: str, *, is_first: bool) -> Part:
    html, heading, said = [], title, ""
    shows, blank, resting, code_cells = False, False, 0, 0
    for cell in cells:
        if cell.cell_type == "markdown":
            source = cell.source if html or not is_first else _TITLE.sub("", cell.source, count=1)
            html.append(render_markdown(source, sections=dict(sections), trusted=True))
            heading = (_HEADING.findall(cell.source) or [heading])[-1]
        elif cell.cell_type == "code" and cell.source.strip():
            code_cells += 1
            if RESTS in cell.metadata.get("tags", []):
                resting += 1
                continue
            code = f"<pre><code>{escape(drop_controls(cell.source))}</code></pre>"
            html.append(f"<details>\n<summary>Code</summary>\n{code}\n</details>\n")
            outputs = [_render_output(output, heading=heading) for output in cell.outputs]
            told = [output for output in outputs if output and output != _NO_ROWS]
            html += told or outputs
            shows |= any(map(_shows, cell.outputs, outputs))
            blank |= not told
            if _NO_ROWS in outputs:
                blank = True
                said = said or find_answer(NotebookNode(cells=[cell]))
    state = "shown"
    if not code_cells:
        state = "prose"
    elif resting == code_cells:
        state = "left out"
    elif blank and not shows and not resting and not is_first:
        state = "empty"
    return Part(_plain(heading), "".join(html), said, state)


def _cells_to_show(notebook: NotebookNode) -> list[NotebookNode]:
    """All cells but the setup: silent code up to the parameters, which tells a reader of the page nothing."""
    injected = [i for i, cell in enumerate(notebook.cells) if "injected-parameters" in cell.metadata.get("tags", [])]
    setup = injected[0] + 1 if injected else 0
    return [
        cell
        for i, cell in enumerate(notebook.cells)
        if not (i < setup and cell.cell_type == "code" and not cell.outputs)
    ]


def _shows(output: NotebookNode, html: str) -> bool:
    """Whether a table with a row, a chart or the mark of a failure stands there."""
    data = output.get("data", {})
    if "image/png" in data or output.output_type == "error":
        return True
    return "text/html" in data and html != _NO_ROWS


def _render_output(output: NotebookNode, *, heading: str) -> str:
    if output.output_type == "stream":
        # Warnings are for whoever runs the notebook; what was not read stands at the top of the page.
        return _render_text(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":
        return f'<p class="failed" dir="auto">{escape(drop_controls(_say_failure(output)))}</p>\n'
    data = output.get("data", {})
    if "image/png" in data:
        image = render_png(data["image/png"], alternative=f"Chart: {heading}" if heading else "Chart")
        return f"<figure>{image}</figure>\n" if image else ""
    if "text/html" in data:
        return render_table(data["text/html"]) or _NO_ROWS
    if "text/markdown" in data:
        return render_markdown(data["text/markdown"])
    if data.get("text/plain") == NOTHING:
        return _NO_ROWS
    return _render_text(_as_sentence(data.get("text/plain", "")))


def _say_failure(output: NotebookNode) -> str:
    return f"Failed with {say_error(output.ename, output.evalue)}"


def _as_sentence(text: str) -> str:
    """The text of a string that a cell ended with, which a notebook prints in quotation marks."""
    if text[:1] in ("'", '"'):
        try:
            return str(ast.literal_eval(text))
        except (ValueError, SyntaxError):
            return text
    return text


def _render_text(text: str) -> str:
    text = drop_controls(text).strip("\n")
    if not text.strip() or _NO_CONTENT.fullmatch(text.strip()):
        return ""
    if re.search(r"\S {2,}\S|\t", text):  # aligned in columns
        return f'<pre class="output" dir="auto">{escape(text)}</pre>\n'
    return "".join(f'<p class="output" dir="auto">{escape(line)}</p>\n' for line in text.split("\n") if line.strip())


def _plain(heading: str) -> str:
    return re.sub(r"[*_`]", "", heading)
