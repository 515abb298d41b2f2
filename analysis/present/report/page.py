"""Turn executed notebooks into one page that needs no network, no script and no second file."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import jinja2
import pandas as pd
from markupsafe import Markup
from nbformat import NotebookNode

from ...display import MOST_LISTED, drop_controls
from .parts import Part, find_answer, find_title, render_parts

# What the forms that tables are written in are called.
_FORMS = {"csv": "CSV", "parquet": "Parquet", "xlsx": "Excel", "sav": "SPSS", "dta": "Stata"}


def render_page(
    notebooks: Mapping[str, NotebookNode],
    *,
    outlets: pd.DataFrame,
    problems: pd.DataFrame,
    event: str,
    events: int = 1,
    selection: str,
    tables: Mapping[str, str],
    written: Mapping[str, Sequence[str]],
    version: str,
) -> str:
    """The report as one HTML page: what was read, then every notebook as a section, then the files beside it.

    A part of a notebook that has nothing to show stands in one list after the sections. `written` are the forms in
    which each table lies beside the page.
    """
    sections = {f"{name}.ipynb": _anchor(name) for name in notebooks}
    parts = {name: render_parts(notebook, sections) for name, notebook in notebooks.items()}
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
                "html": _join(parts[name]),
            }
            for name, notebook in notebooks.items()
        ],
        empty=[item for name, notebook in notebooks.items() for item in _list_empty(notebook, parts[name])],
        tables=tables,
        written=written,
        forms=_FORMS,
        notebooks={name: find_title(notebook) or name for name, notebook in notebooks.items()},
        version=version,
    )


def render_notebook(notebook: NotebookNode, sections: Mapping[str, str]) -> Markup:
    """The parts of an executed notebook that have something to show, as HTML without its title."""
    return _join(render_parts(notebook, sections))


def _join(parts: list[Part]) -> Markup:
    first, *rest = parts
    # Where no part shows anything, there is nothing to say of what the parts do not show.
    kept = [part for part in rest if part.state in ("shown", "prose")] if _shows_parts(parts) else []
    return Markup("".join(part.html for part in [first, *kept]))  # every part was escaped or rebuilt


def _shows_parts(parts: list[Part]) -> bool:
    rest = parts[1:]
    return any(part.state == "shown" for part in rest) or all(part.state == "prose" for part in rest)


def _list_empty(notebook: NotebookNode, parts: list[Part]) -> list[dict[str, str]]:
    """The parts without anything to show; the notebook alone where that is all of them."""
    empty = [part for part in parts if part.state == "empty"]
    title = find_title(notebook) or ""
    if empty and all(part.state in ("empty", "prose") for part in parts[1:]):
        return [{"title": title, "notebook": "", "said": find_answer(notebook)}]
    return [{"title": part.title, "notebook": title, "said": part.said} for part in empty]


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
