"""Where the files lie that come with the package: one module knows, whatever folder another moves to."""

import ast
import re
import shutil

import pytest
from conftest import ROOT

import analysis
from analysis import InputError, shipped
from analysis.export import ready

# These look for a template and a style file beside themselves.
BESIDE = {"analysis/present/report/page.py", "analysis/present/charts/style.py"}


def modules_that_name(name: str) -> set[str]:
    found = set()
    for path in (ROOT / "analysis").rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if any(isinstance(node, ast.Name) and node.id == name for node in nodes):
            found.add(path.relative_to(ROOT).as_posix())
    return found


def test_no_other_module_looks_for_a_file_from_where_it_lies():
    assert modules_that_name("__file__") == {"analysis/shipped.py", *BESIDE}


def test_the_package_is_the_folder_of_its_init():
    assert (shipped.PACKAGE / "__init__.py").samefile(analysis.__file__)


def test_the_data_that_is_read_is_in_one_folder():
    assert shipped.DATA == shipped.PACKAGE / "data" and shipped.MODELS.is_dir() and shipped.INVENTED.is_file()
    assert shipped.read_lines("stop_words.txt") == (shipped.DATA / "stop_words.txt").read_text("utf-8").splitlines()
    sources = [path for path in (ROOT / "analysis").rglob("*.py") if path.name != "shipped.py"]
    named = [path.name for path in sources if re.search(r"""/ *["']data["'/]|["']data/""", path.read_text("utf-8"))]
    assert named == []


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the package, whose code is hashed in place of this one's."""
    place = tmp_path / "analysis"
    shutil.copytree(shipped.PACKAGE, place, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(ready, "PACKAGE", place)
    yield place
    ready.hash_code.cache_clear()


def hash_anew() -> str:
    ready.hash_code.cache_clear()
    return ready.hash_code()


@pytest.mark.parametrize(
    "changed", ["compare/tone/scores.py", "voices/versions/anchors.py", "data/stop_words.txt", "tables.py"]
)
def test_the_hash_of_the_code_changes_with_a_module_deep_in_it(copied, changed):
    before = hash_anew()
    assert before == hash_anew()
    with open(copied / changed, "a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert hash_anew() != before


def test_the_hash_of_the_code_is_that_of_this_package_and_knows_no_caches(copied):
    before = hash_anew()
    (copied / "compare" / "__pycache__").mkdir()
    (copied / "compare" / "__pycache__" / "scores.pyc").write_bytes(b"compiled")
    assert hash_anew() == before
    ready.PACKAGE = shipped.PACKAGE
    assert hash_anew() == before


def test_the_notebooks_are_beside_the_package_in_a_checkout_and_inside_it_where_installed(copied, monkeypatch):
    assert shipped.find_notebooks() == ROOT / "notebooks"
    monkeypatch.setattr(shipped, "PACKAGE", copied)
    with pytest.raises(InputError) as error:
        shipped.find_notebooks()
    assert str(error.value) == f"there are no notebooks in '{copied / 'notebooks'}'; install parallax again"
    (copied / "notebooks").mkdir()
    (copied / "notebooks" / "one.ipynb").touch()
    assert shipped.find_notebooks() == copied / "notebooks"
