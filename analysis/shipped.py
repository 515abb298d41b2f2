"""Where the files lie that come with the package: the one place that knows."""

from pathlib import Path

from .tables import InputError

PACKAGE = Path(__file__).resolve().parent
DATA = PACKAGE / "data"
MODELS = DATA / "models"
# Forty events that never happened, told by outlets that do not exist, to show what a comparison over many looks like.
# The README beside it says what is built into it.
INVENTED = DATA / "invented" / "articles.jsonl"


def read_lines(name: str) -> list[str]:
    """The lines of a word list."""
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def find_notebooks() -> Path:
    """The folder of the notebooks: inside the installed package, or beside it in a checkout."""
    for folder in (PACKAGE / "notebooks", PACKAGE.parent / "notebooks"):
        if any(folder.glob("*.ipynb")):
            return folder
    raise InputError(f"there are no notebooks in '{PACKAGE / 'notebooks'}'; install parallax again")
