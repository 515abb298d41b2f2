"""The installed wheel, in an environment of its own, from a folder that holds another analysis.py."""

import os
import subprocess
import sys
import venv

import pytest
from conftest import ROOT


@pytest.mark.slow
def test_the_wheel_makes_the_report_beside_another_analysis(tmp_path):
    def run(*command: object, cwd=tmp_path) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        result = subprocess.run(
            [*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("parallax_news-*.whl")
    venv.create(tmp_path / "clean", with_pip=True)
    scripts = tmp_path / "clean" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel)

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "analysis.py").write_text("raise SystemExit('the wrong analysis was imported')\n", encoding="utf-8")
    printed = run(scripts / "parallax", "report", ROOT / "seeds", "--out", "made", cwd=elsewhere)
    assert printed == f"Report: {elsewhere / 'made' / 'index.html'}\n"
    assert "How five articles told the same event" in (elsewhere / "made" / "index.html").read_text(encoding="utf-8")
    assert len(list((elsewhere / "made" / "notebooks").glob("*.ipynb"))) == 5
    # The invented corpus came with the wheel, and has no place in a report.
    assert "Quill Lantern" not in (elsewhere / "made" / "index.html").read_text(encoding="utf-8")
