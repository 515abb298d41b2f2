"""Turn executed notebooks into one page that needs no network, no script and no second file."""

import ast
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import jinja2
import pandas as pd
from markupsafe import Markup
from nbformat import NotebookNode

from .sanitise import render_markdown, render_png, render_table
from .shorten import MOST_LISTED, drop_controls

# What a notebook prints for an object the reader sees as a picture, or for one that has no printed form.
_NO_CONTENT = re.compile(r"<.*(Axes|Figure|Text\(| at 0x).*>|\[<.*>\]|None", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)


def render_page(
    notebooks: Mapping[str, NotebookNode],
    *,
    outlets: pd.DataFrame,
    problems: pd.DataFrame,
    event: str,
    events: int = 1,
    selection: str,
    tables: Mapping[str, str],
    version: str,
) -> str:
    """The report as one HTML page: what was read, then every notebook as a section, then the files beside it."""
    sections = {f"{name}.ipynb": _anchor(name) for name in notebooks}
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: value if isinstance(value, Markup) else drop_controls(value),
    )
    return environment.get_template("report.html").render(
        title=_title(len(outlets), int(outlets["articles"].sum()), events),
        event=event,
        selection=selection,
        articles=outlets["articles"].sum(),
        outlets=outlets.to_dict("records"),
        problems=problems.head(MOST_LISTED).to_dict("records"),
        unread=len(problems),
        sections=[
            {
                "id": _anchor(name),
                "title": find_title(notebook) or name,
                "answer": find_answer(notebook),
                "html": render_notebook(notebook, sections),
            }
            for name, notebook in notebooks.items()
        ],
        tables=tables,
        notebooks={name: find_title(notebook) or name for name, notebook in notebooks.items()},
        version=version,
    )


def render_notebook(notebook: NotebookNode, sections: Mapping[str, str]) -> Markup:
    """The cells of an executed notebook as HTML, without its title, imports and parameters."""
    parts = []
    heading = find_title(notebook) or ""
    for cell in _cells_to_show(notebook):
        if cell.cell_type == "markdown":
            source = cell.source if parts else _TITLE.sub("", cell.source, count=1)
            parts.append(render_markdown(source, sections=dict(sections), trusted=True))
            heading = (_HEADING.findall(cell.source) or [heading])[-1]
        elif cell.cell_type == "code" and cell.source.strip():
            code = f"<pre><code>{escape(drop_controls(cell.source))}</code></pre>"
            parts.append(f"<details>\n<summary>Code</summary>\n{code}\n</details>\n")
            parts += [_render_output(output, heading=heading) for output in cell.outputs]
    return Markup("".join(parts))  # every part was escaped or rebuilt above


def find_title(notebook: NotebookNode) -> str | None:
    """The first heading of the notebook, without its marks."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := _TITLE.search(cell.source)):
            return re.sub(r"[*_`]", "", found.group(1))
    return None


def find_answer(notebook: NotebookNode) -> str:
    """What the notebook prints first, which is its answer; '' if it prints nothing."""
    outputs = (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
    return next((output.text.strip() for output in outputs if output.get("name") == "stdout"), "")


def _cells_to_show(notebook: NotebookNode) -> list[NotebookNode]:
    """All cells but the setup: silent code up to the parameters, which tells a reader of the page nothing."""
    injected = [i for i, cell in enumerate(notebook.cells) if "injected-parameters" in cell.metadata.get("tags", [])]
    setup = injected[0] + 1 if injected else 0
    return [
        cell
        for i, cell in enumerate(notebook.cells)
        if not (i < setup and cell.cell_type == "code" and not cell.outputs)
    ]


def _render_output(output: NotebookNode, *, heading: str) -> str:
    if output.output_type == "stream":
        # Warnings are for whoever runs the notebook; what was not read stands at the top of the page.
        return _render_text(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":  # a cell that may fail, tagged raises-exception
        return _render_text(f"{output.ename}: {output.evalue}")
    data = output.get("data", {})
    if "image/png" in data:
        image = render_png(data["image/png"], alternative=f"Chart: {heading}" if heading else "Chart")
        return f"<figure>{image}</figure>\n" if image else ""
    if "text/html" in data:
        return render_table(data["text/html"])
    if "text/markdown" in data:
        return render_markdown(data["text/markdown"])
    return _render_text(_as_sentence(data.get("text/plain", "")))


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


def _anchor(name: str) -> str:
    return "notebook-" + re.sub(r"[^A-Za-z0-9_-]+", "-", name)


def _title(outlets: int, articles: int, events: int) -> str:
    """One article is not an outlet: where each has one, the articles are what is compared."""
    told = "an event" if events == 1 else f"{events:,} events"
    if articles == 1:
        return f"How one article told {told}"
    if outlets == 1:
        return f"How one outlet told {told}"
    numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    number = numbers[outlets] if outlets < len(numbers) else outlets
    told = "the same event" if events == 1 else told
    return f"How {number} {'articles' if articles == outlets else 'outlets'} told {told}"
