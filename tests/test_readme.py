"""What the README prints runs and holds."""

import os
import re
import subprocess
import sys

from conftest import ROOT

import analysis
from analysis import make_tables
from analysis.export.recipe import TABLES

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_script_runs_as_printed(tmp_path):
    (script,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(script.strip().splitlines()) <= 10
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=tmp_path,
        env=os.environ | {"MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.split()[:3] == ["outlet", "voice", "words"]
    assert (tmp_path / "terms.png").stat().st_size > 10_000


def test_the_codebook_names_every_table_and_column(seeds):
    rows = dict(re.findall(r"^\| (\w+) \| [^|]+ \| (.+) \|$", README.split("## Codebook")[1], re.MULTILINE))
    rows.pop("table")
    assert list(rows) == list(TABLES)
    tables = make_tables(seeds)
    of_table = {name: re.findall(r"`(\w+)`", cell) for name, cell in rows.items()}
    inherited = {"spans": "sentences", "sentiment": "spans"}
    for name, table in tables.items():
        columns = of_table[name]
        while name in inherited:
            name = inherited[name]  # noqa: PLW2901
            columns = of_table[name] + columns
        assert list(table.columns) == columns


def test_files_and_commands_it_names_exist():
    for path in re.findall(r"\]\(([\w./]+)\)", README):
        assert (ROOT / path).exists(), path
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake (\w+)", README):
        if target not in ("and", "setup"):
            assert re.search(rf"^{target}:", targets, re.MULTILINE), target


def test_the_changelog_knows_this_version():
    assert f"## {analysis.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
