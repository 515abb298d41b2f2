"""Zipped folders: read as the folder they were made from, and archives made to break a reader."""

import io
import json
import os
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from conftest import SEEDS
from corpus.reading.test_articles import read_with_problems, refusal, write

from analysis import read_articles
from analysis.corpus.reading import archives
from analysis.corpus.reading.kinds import SUFFIXES

WHOLE = "expected a complete zip archive"


def pack(path: Path, files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def pack_folder(path: Path, folder: Path, under: str = "") -> Path:
    files = {under + file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return pack(path, {name: file.read_bytes() for name, file in files.items()})


def make_parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame({"id": ["p1"], "text": ["Parquet words"]}).to_parquet(buffer)
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with a file of every kind, a sidecar, and what is passed over."""
    return write(
        tmp_path / "news",
        bbc___2024___a__txt="Words by the BBC",
        cnn___b__csv="id,text\n1,One\n2,Two\n",
        cnn___c__parquet=make_parquet(),
        d__json=json.dumps([{"text": "Three"}]),
        e__html=f"<html><body><p>{'A page of words. ' * 20}</p></body></html>",
        x__tsv="text\nFour\n",
        x__jsonl='{"text": "Five"}\n',
        outlets__csv="file,outlet,agency\nd.json,FT,AP\n2,Fox,\ncnn/c.parquet,CNN International,\nx.tsv row 1,Times,\n",
        README__md="x",
        __hidden__txt="x",
    )


@pytest.mark.parametrize("under", ["", "news/"])
def test_a_zipped_folder_is_read_like_the_folder(tmp_path, folder, under):
    """`source` alone says that a file lay in the archive, and in the folder that was zipped."""
    unzipped = read_articles(folder)
    zipped = read_articles(pack_folder(tmp_path / "news.zip", folder, under))
    assert unzipped["outlet"].tolist() == ["bbc", "cnn", "Fox", "CNN International", "FT", "A", "B", "Times"]
    pd.testing.assert_frame_equal(zipped.drop(columns="source"), unzipped.drop(columns="source"))
    assert zipped["source"].tolist() == [f"news.zip/{under}{source}" for source in unzipped["source"]]
    assert [file["articles"] for file in zipped.attrs["files"]] == [
        file["articles"] for file in unzipped.attrs["files"]
    ]
    assert zipped.attrs["problems"] == unzipped.attrs["problems"] == []


def test_a_zipped_folder_in_a_folder_is_read_like_a_sub_folder(tmp_path, folder):
    write(tmp_path / "packed", a__txt="Words", cnn___z__txt="Words")
    for name in ("bbc", "cnn"):
        write(
            tmp_path / "plain" / name, d__json=json.dumps([{"text": "Three"}]), outlets__csv="file,outlet\nd.json,Own\n"
        )
        pack(tmp_path / "packed" / f"{name}.ZIP", {"d.json": '[{"text": "Three"}]', "outlets.csv": "file,outlet\n"})
    articles = read_articles(tmp_path / "packed")
    assert articles["article"].tolist() == ["a", "bbc/d:1", "cnn/d:1", "cnn/z"]
    assert articles["outlet"].tolist() == ["A", "bbc", "cnn", "cnn"]
    assert articles["source"].tolist() == ["a.txt", "bbc.ZIP/d.json row 1", "cnn.ZIP/d.json row 1", "cnn/z.txt"]


def test_the_sidecar_of_an_archive_is_about_its_own_files_only(tmp_path):
    sidecar = "file,outlet\na.txt,Inside\nnone.txt,X\n"
    pack(tmp_path / "z.zip", {"a.txt": "Words", "b.txt": "Words", "outlets.csv": sidecar})
    articles, problems = read_with_problems(
        write(tmp_path, a__txt="Words", outlets__csv="file,outlet\nz.zip/b.txt,Out\n")
    )
    assert articles["outlet"].tolist() == ["A", "Inside", "Out"]
    assert problems == [
        "row 2 of 'z.zip/outlets.csv' names 'none.txt', which is not here; "
        "expected a file or an article, such as 'a.txt', 'b.txt'"
    ]


def test_outlets_can_name_a_file_in_an_archive(tmp_path):
    path = pack(tmp_path / "z.zip", {"news/a.txt": "One", "b.txt": "Two", "c.txt": "Three"})
    articles = read_articles(path, outlets={"a.txt": "Base", "b.txt": "Inside", "z.zip/c.txt": "Whole"})
    assert articles["outlet"].tolist() == ["Inside", "Whole", "Base"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["z/bbc/a.txt", "z/b.txt"], [("bbc/a", "bbc"), ("b", "A")]),
        (["y/bbc/a.txt", "y/outlets.csv"], [("bbc/a", "bbc")]),
        (["y/bbc/a.txt", "y/b.txt"], [("y/b", "y"), ("y/bbc/a", "y")]),  # whether y is an outlet can't be told
        (["z/bbc/a.txt", "b.txt"], [("b", "A"), ("z/bbc/a", "z")]),
    ],
)
def test_the_folder_that_was_zipped_is_no_outlet(tmp_path, files, expected):
    contents = {name: "file,outlet\n" if name.endswith("csv") else "Words" for name in files}
    articles = read_articles(pack(tmp_path / "z.zip", contents))
    assert sorted(zip(articles["article"], articles["outlet"], strict=True)) == sorted(expected)


def test_files_of_an_archive_and_a_folder_that_share_a_name_are_both_read(tmp_path):
    pack(write(tmp_path, z___a__txt="One") / "z.zip", {"a.txt": "Two"})
    assert read_articles(tmp_path)["article"].tolist() == ["z.zip/a.txt", "z/a.txt"]


def test_system_files_are_passed_over_and_windows_names_read(tmp_path):
    names = [
        "__MACOSX/._a.txt",
        "__MACOSX/a.txt",
        ".git/a.txt",
        ".a.txt",
        "README.txt",
        "concepts.toml",
        "news/.DS_Store",
        "news/Fire_files/ad.html",
        "news/Thumbs.db",
        "news/",
    ]
    path = pack(tmp_path / "z.zip", dict.fromkeys([*names, "bbc\\a.txt", "Köln.txt", "news/Fire.html"], "Words"))
    sources = ["z.zip/Köln.txt", "z.zip/bbc/a.txt", "z.zip/news/Fire.html"]
    assert read_articles(path)["source"].tolist() == sources


def test_the_seeds_zipped_are_the_seeds(tmp_path):
    zipped = read_articles(pack_folder(tmp_path / "z.zip", SEEDS))
    pd.testing.assert_frame_equal(zipped.drop(columns="source"), read_articles(SEEDS).drop(columns="source"))


# What cannot be read


def test_names_that_lead_out_links_archives_and_other_files_are_problems(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = pack(tmp_path / "z.zip", {"a.txt": "Words", "../b.txt": "Out", "/c.txt": "Out", "x/../../d.txt": "Out",
                                     "C:\\e.txt": "Out", "inner.zip": "x", "f.bin": "x", "empty.txt": ""})  # fmt: skip
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    articles, problems = read_with_problems(path)
    out = "leads out of the archive and was not read; expected a name inside it"
    assert problems == [
        f"'z.zip/../b.txt' {out}",
        f"'z.zip//c.txt' {out}",
        f"'z.zip/x/../../d.txt' {out}",
        f"'z.zip/C:/e.txt' {out}",
        "'z.zip/inner.zip' is a zip archive in another and was not opened; expected a folder that was zipped once",
        "'z.zip/link.txt' is a link and was not followed; expected a file",
        "'z.zip/empty.txt' has no words; expected the article's text",
        f"'z.zip/f.bin' can't be read by its suffix; expected {SUFFIXES}",
    ]
    assert articles["article"].tolist() == ["a"]
    assert not (tmp_path / "b.txt").exists()


@pytest.mark.parametrize(("secret", "others"), [(1, ""), (2, " (as is 1 more)"), (3, " (as are 2 more)")])
def test_encrypted_files_are_one_problem(tmp_path, secret, others):
    names = [f"{number}.txt" for number in range(secret)]
    path = pack(tmp_path / "z.zip", dict.fromkeys([*names, "open.txt"], "Words"), zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for position in [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"][:secret]:
        data[position + 8] |= 1
    path.write_bytes(data)
    articles, problems = read_with_problems(path)
    assert problems == [f"'z.zip/0.txt' is encrypted{others}; expected a zip archive without a password"]
    assert articles["article"].tolist() == ["open"]


def test_a_broken_archive_is_one_problem_and_the_rest_is_read(tmp_path):
    whole = pack(tmp_path / "a.zip", {"a.txt": "Words " * 1_000}).read_bytes()
    write(tmp_path, b__zip=whole[:-30], c__zip=b"no archive", d__zip=b"", e__zip=whole.replace(whole[40:60], bytes(20)))
    pack(tmp_path / "f.zip", {})
    articles, problems = read_with_problems(tmp_path)
    assert problems == [
        f"'b.zip' is damaged or cut off; {WHOLE}",
        f"'c.zip' is damaged or cut off; {WHOLE}",
        f"'d.zip' is damaged or cut off; {WHOLE}",
        "'f.zip' holds no file; expected a zipped folder of articles",
        f"'e.zip/a.txt' is damaged or cut off; {WHOLE}",
    ]
    assert articles["article"].tolist() == ["a/a"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 97])
def test_a_rare_way_of_packing_is_a_problem(tmp_path, method):
    path = pack(tmp_path / "z.zip", {"a.txt": "Words", "b.txt": "Words"}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 10] = method
    path.write_bytes(data)
    assert read_with_problems(path)[1] == [
        f"'z.zip/a.txt' is packed in a rare way (method {method}); expected 'deflate', as most programs use"
    ]


def test_a_file_that_holds_more_than_it_states_is_not_unpacked_further(tmp_path):
    path = pack(tmp_path / "z.zip", {"a.txt": bytes(50_000_000), "b.txt": "Words"})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    tracemalloc.start()
    try:
        assert read_with_problems(path)[1] == [f"'z.zip/a.txt' is damaged or cut off; {WHOLE}"]
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_and_a_file_without(tmp_path):
    path = pack(tmp_path / "z.zip", {"a/b.txt": "First"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("a\\b.txt", "Second")
        archive.writestr(".", "Third")
    articles, problems = read_with_problems(path)
    assert articles["text"].tolist() == ["First"]
    assert problems == [
        "'z.zip/a/b.txt' stands in the archive more than once, and its first copy is kept; expected each file once",
        "'z.zip/.' leads out of the archive and was not read; expected a name inside it",
    ]


def test_a_folder_may_hold_more_archives_than_can_be_open_at_once(tmp_path):
    resource = pytest.importorskip("resource")
    for number in range(40):
        pack(tmp_path / f"{number}.zip", {"a.txt": "One", "b.txt": "Two"})
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 64
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 20, hard))
    try:
        assert len(read_articles(tmp_path)) == 80
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_an_archive_that_unpacks_to_far_too_much_is_refused(tmp_path):
    path = pack(tmp_path / "z.zip", {"a.txt": "Words", "b.txt": bytes(50_000_000)})
    packed = path.stat().st_size / 1_000_000
    assert refusal(path) == (
        f"no article of '{path}' could be read: 'z.zip' would unpack from {packed:,.1f} MB to 50.0 MB, "
        "and is not opened; expected a zipped folder of articles"
    )


@pytest.mark.parametrize(("ratio", "read"), [(200, False), (1_200, True)])
def test_a_file_that_unpacks_to_far_too_much_is_a_problem(tmp_path, monkeypatch, ratio, read):
    """Half of the archive is incompressible, so that it is within the limit as a whole."""
    monkeypatch.setattr(archives, "HARMLESS", 100_000)
    monkeypatch.setattr(archives, "RATIO", ratio)
    path = pack(tmp_path / "z.zip", {"a.txt": "word" * 250_000})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("b.txt", "Words " * 2_000)
    if read:
        assert read_articles(path)["article"].tolist() == ["a", "b"]
    else:
        assert read_with_problems(path)[1] == [
            "'z.zip/a.txt' would unpack from 0.0 MB to 1.0 MB, and was not read; expected an article or a table of them"
        ]


def test_a_file_too_large_for_memory_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MEMBER_BYTES", 1_000_000)
    path = pack(tmp_path / "z.zip", {"a.txt": "x" * 1_000_000, "b.txt": "x" * 1_000_001})
    articles, problems = read_with_problems(path)
    assert problems == ["'z.zip/b.txt' has 1.0 MB; expected it unzipped, or at most 1.0 MB"]
    assert articles["article"].tolist() == ["a"]


def test_an_empty_archive(tmp_path):
    path = pack(tmp_path / "z.zip", {"README.md": "x"})
    assert refusal(path) == (f"'{path}' holds no file that can be read as articles; expected {SUFFIXES}")


def test_columns_that_no_table_of_an_archive_has(tmp_path):
    path = pack(tmp_path / "z.zip", {"a.csv": "id,text\n1,Words\n"})
    assert refusal(path, columns={"bdy": "text"}) == (
        f"columns names 'bdy', which no table in '{path}' has; there is 'id', 'text'"
    )


def test_a_file_of_no_name_is_a_problem(tmp_path):
    path = pack(tmp_path / "z.zip", {"a.txt": "Words", "q.txt": "Words"})
    path.write_bytes(path.read_bytes().replace(b"q.txt", b"\0.txt"))  # a name ends at a NUL
    articles, problems = read_with_problems(path)
    assert problems == ["'z.zip/' leads out of the archive and was not read; expected a name inside it"]
    assert articles["article"].tolist() == ["a"]
