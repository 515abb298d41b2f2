"""What several test files share: the seeds, small tables, and the count of notebook cells that nbval compared."""

from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds() -> pd.DataFrame:
    from analysis import read_articles

    return read_articles(SEEDS)


@pytest.fixture(scope="session")
def spans(seeds: pd.DataFrame) -> pd.DataFrame:
    from analysis import label_voices

    return label_voices(seeds)


def make_articles(*texts: str, outlets: str | None = None) -> pd.DataFrame:
    """Articles a, b, c … of outlets A, B, C …, one for each text."""
    names = [chr(ord("a") + position) for position in range(len(texts))]
    return pd.DataFrame(
        {
            "article": pd.Series(names, dtype="str"),
            "outlet": pd.Series(list(outlets or "".join(names).upper()), dtype="str"),
            "event": pd.Series(["1"] * len(texts), dtype="str"),
            "text": pd.Series(list(texts), dtype="str"),
        }
    )


def drawn(ax, gid: str) -> list:
    """The artists of a chart that were drawn for this part of it."""
    return [artist for artist in ax.findobj() if artist.get_gid() == gid]


def ticks(ax) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def pytest_terminal_summary(terminalreporter):
    """Say how many notebook cells nbval ran and compared, which count as tests too, and what tests measured."""
    ran = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    compared = [report for report in ran if report.when == "call" and ".ipynb::" in report.nodeid]
    if compared:
        notebooks = {report.nodeid.split("::")[0] for report in compared}
        terminalreporter.write_line(f"nbval compared {len(compared)} cells of {len(notebooks)} notebooks")
    for name, value in sorted(found for report in ran if report.when == "call" for found in report.user_properties):
        terminalreporter.write_line(f"{name}: {value}")
