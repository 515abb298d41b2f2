"""Find the files of a corpus, those in archives too, and name the articles after them."""

import os
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from ...tables import InputError
from .archives import Member, find_root, list_members
from .formats import File, add_problem, clean

SIDECAR = "outlets.csv"
CONCEPTS = "concepts.toml"  # which words label what: a corpus may bring its own
# What systems and office programs leave in a folder.
_LEFT_BEHIND = ("thumbs.db", "ehthumbs.db", "desktop.ini")
# A browser that saves a whole page puts its pictures, scripts and advertisements into a folder beside it, which is
# called after the page in the language of the browser.
_OF_PAGE = ("_files", "-Dateien", "_fichiers", "_archivos", "_file", "_ficheiros", "_arquivos", "_bestanden", "_pliki")


def name_articles(insides: Mapping[str, str]) -> dict[str, str]:
    """What the articles of each file are called: the file's name without its suffix, or with it where two share one.

    `insides` says where each file would be if archives were folders.
    """
    stems = {name: _take_suffix(inside) for name, inside in insides.items()}
    shared, alike = Counter(stems.values()), Counter(insides.values())
    whole = {name: name if alike[inside] > 1 else inside for name, inside in insides.items()}
    return {name: whole[name] if shared[stem] > 1 else stem for name, stem in stems.items()}


def _take_suffix(inside: str) -> str:
    """A path without its suffix; without both where the file is packed, as news.csv.gz."""
    path = PurePosixPath(inside)
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    return str(path.with_suffix(""))


def list_files(folder: Path, passed_over: set[str], problems: list[dict]) -> list[tuple[str, Path]]:
    """Relative name and path of every file that may hold articles, in the order of the names.

    `passed_over` are the absolute paths of files that say something about articles.
    """

    def note(error: OSError) -> None:
        name = clean(Path(error.filename).relative_to(folder).as_posix())
        add_problem(problems, name, f"the folder '{name}' can't be opened ({error.strerror})")

    files = []
    for here, folders, names in os.walk(folder, onerror=note):
        path = Path(here)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (path / name).is_symlink():  # os.walk does not follow it, so a loop of links ends here
                link = clean((path / name).relative_to(folder).as_posix())
                add_problem(problems, link, f"'{link}' is a link to a folder and was not followed; expected a folder")
        for name in names:
            if not _is_passed_over(name) and os.path.abspath(path / name) not in passed_over:
                files.append(((path / name).relative_to(folder).as_posix(), path / name))
    names = {name for name, _ in files}
    return [(clean(name), path) for name, path in sorted(files) if not _is_of_page(name, names)]


def open_archives(
    files: list[tuple[str, Path]], *, alone: bool, problems: list[dict]
) -> tuple[dict[str, File], dict[str, str], list[tuple[str, Member]]]:
    """The files by name, those in archives too; where each would be if archives were folders; the archives' sidecars.

    `news.zip` with `bbc/a.txt` in it is the file `news.zip/bbc/a.txt`, which would be `news/bbc/a.txt`: or, if the
    corpus is that archive `alone`, `bbc/a.txt`. A sidecar comes with the folder whose files it is about.
    """
    found: dict[str, File] = {}
    insides, sidecars = {}, []
    open_archive = lru_cache(maxsize=1)(ZipFile)  # one at a time: a folder may hold thousands
    for name, path in files:
        if PurePosixPath(name).suffix.lower() != ".zip" or not path.is_file():
            found[name], insides[name] = path, name
            continue
        try:
            members = list_members(name, path, open_archive, problems)
        except InputError as error:
            add_problem(problems, name, str(error))
            continue
        except OSError as error:
            add_problem(problems, name, f"'{name}' can't be opened ({error.strerror or type(error).__name__})")
            continue
        stem = str(PurePosixPath(name).with_suffix(""))
        root = find_root(PurePosixPath(stem).name, [inner for inner, _ in members], SIDECAR)
        folder = "" if alone else f"{stem}/"
        names = {inner for inner, _ in members}
        for inner, member in members:
            inside = folder + inner.removeprefix(root)
            if inside == folder + SIDECAR:
                sidecars.append((folder, member))
            elif not (_is_passed_over(PurePosixPath(inner).name) or _is_of_page(inner, names)):
                found[member.name], insides[member.name] = member, inside
        if not members and not any(problem["source"].startswith(name) for problem in problems):
            add_problem(problems, name, f"'{name}' holds no file; expected a zipped folder of articles")
    return found, insides, sidecars


def _is_passed_over(name: str) -> bool:
    stem = name.partition(".")[0]
    return (
        name.startswith((".", "~$", "README", "LICENSE"))
        or name == CONCEPTS
        or name.lower() in _LEFT_BEHIND
        or stem.lower() in ("readme", "license", "licence")
    )


def _is_of_page(name: str, names: set[str]) -> bool:
    """Whether a file lies in the folder that a browser saved with one of the pages."""
    if not any(f"{ending}/" in name for ending in _OF_PAGE):
        return False
    for folder in PurePosixPath(name).parents:
        if folder.name.endswith(_OF_PAGE):
            pages = {str(folder).removesuffix(ending) for ending in _OF_PAGE}
            if any(f"{page}.{suffix}" in names for page in pages for suffix in ("html", "htm")):
                return True
    return False
