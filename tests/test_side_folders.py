"""Training and benchmarks are run by hand, and no other test imports them: what they import must be there."""

import ast
import importlib
import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("benchmarks", "training")
MODULES = sorted(file for folder in FOLDERS for file in (ROOT / folder).glob("*.py"))
# Only who trains a model installs these.
REQUIREMENTS = (ROOT / "training" / "requirements.txt").read_text(encoding="utf-8")
NOT_INSTALLED = set(re.findall(r"^[a-z]+", REQUIREMENTS, re.MULTILINE))


def find_missing(source: str, folder: Path) -> list[str]:
    """What a module imports that is not there: "analysis.voices.speech.quotes.find_quote"."""
    missing = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            missing += [name.name for name in node.names if not _is_module(name.name, folder)]
        elif isinstance(node, ast.ImportFrom):
            if not _is_module(node.module, folder):
                missing.append(node.module)
            elif (folder / f"{node.module}.py").exists():
                own = _names_in((folder / f"{node.module}.py").read_text(encoding="utf-8"))
                missing += [f"{node.module}.{name.name}" for name in node.names if name.name not in own]
            elif node.module.split(".")[0] == "analysis":
                module = importlib.import_module(node.module)
                missing += [
                    f"{node.module}.{name.name}"
                    for name in node.names
                    if not hasattr(module, name.name) and not _is_module(f"{node.module}.{name.name}", folder)
                ]
    return missing


def _is_module(name: str, folder: Path) -> bool:
    first = name.split(".", maxsplit=1)[0]
    if first in NOT_INSTALLED or (folder / f"{name}.py").exists():
        return True
    if first != "analysis":
        return first in sys.stdlib_module_names or importlib.util.find_spec(first) is not None
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # a package on the way is not there
        return False


def _names_in(source: str) -> set[str]:
    """What a module of the folder defines at its top level; it is not run, for it may need what is not installed."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            names |= {name.id for name in ast.walk(target) if isinstance(name, ast.Name)} if target else set()
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {name.asname or name.name for name in node.names}
    return names


@pytest.mark.parametrize("file", MODULES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_is_imported_is_there(file):
    assert find_missing(file.read_text(encoding="utf-8"), file.parent) == []


def test_both_folders_have_modules_that_import_the_package():
    for folder in FOLDERS:
        sources = [file.read_text(encoding="utf-8") for file in MODULES if file.parent.name == folder]
        assert any("from analysis" in source for source in sources)


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("from analysis import find_quotes", []),
        ("from analysis import find_quote", ["analysis.find_quote"]),
        ("from analysis.voices import voices", []),
        ("from analysis.voices import quote", ["analysis.voices.quote"]),
        ("from analysis.moved.quotes import find_quotes", ["analysis.moved.quotes"]),
        ("import analysis.moved.quotes", ["analysis.moved.quotes"]),
        (
            "def main():\n    from analysis.voices.speech.quotes import find_quote",
            ["analysis.voices.speech.quotes.find_quote"],
        ),
        ("from beside_tfidf import time_steps, time_step", ["beside_tfidf.time_step"]),
        ("import torch, nowhere_to_be_found", ["nowhere_to_be_found"]),
    ],
)
def test_an_import_that_does_not_resolve_is_found(source, missing):
    assert find_missing(source, ROOT / "benchmarks") == missing
