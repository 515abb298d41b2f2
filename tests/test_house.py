"""The house as its plan says: imports run one way, no circle, no crowded folder, no long module."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "analysis"
MODULES = sorted(PACKAGE.rglob("*.py"))
# A room may import from those that stand behind it, never from one before it.
ROOMS = (
    *("command", "arguments", "present", "validate", "export", "compare", "voices", "corpus"),
    *("shipped", "display", "tables"),
)
MOST_MODULES, LONGEST = 18, 304


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def imports_of(path: Path) -> set[str]:
    """The modules of the package that a module imports, wherever in it."""
    package = name_of(path).split(".") if path.name == "__init__.py" else name_of(path).split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            base = ".".join(part for part in base if part)
            found |= {f"{base}.{name.name}" if f"{base}.{name.name}" in NAMES else base for name in node.names}
    return found


def room_of(module: str) -> int:
    """The place of a module's room; the package itself, which only has a version and names, stands behind all."""
    parts = module.split(".")
    return ROOMS.index(parts[1]) if len(parts) > 1 else len(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way(path):
    if path.name == "__main__.py":  # the front door of `python -m analysis`
        return
    here = room_of(name_of(path))
    assert [name for name in sorted(imports_of(path)) if room_of(name) < here] == []


def test_charts_know_no_sentences_and_sentences_no_charts():
    for one, other in (("charts", "sentences"), ("sentences", "charts")):
        for path in sorted((PACKAGE / "present" / one).glob("*.py")):
            assert not [name for name in imports_of(path) if name.startswith(f"analysis.present.{other}")], path


def test_no_circle():
    graph = {name_of(path): imports_of(path) - {"analysis"} for path in MODULES if path.name != "__init__.py"}
    graph = {name: {other for other in others if other in graph} for name, others in graph.items()}
    while leaves := {name for name, others in graph.items() if not others}:
        graph = {name: others - leaves for name, others in graph.items() if name not in leaves}
    assert graph == {}


def test_no_folder_is_crowded_and_no_module_long():
    folders = Counter(str(path.parent.relative_to(ROOT)) for path in MODULES if path.name != "__init__.py")
    assert {folder: count for folder, count in folders.items() if count > MOST_MODULES} == {}
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_folder_of_tests_is_a_folder_of_the_package():
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert [folder for folder in sorted(folders) if not (PACKAGE / folder).is_dir()] == []
