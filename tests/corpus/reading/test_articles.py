"""Reading a corpus: every format and encoding, and every kind of bad input with its whole sentence."""

import csv
import hashlib
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import SEEDS

from analysis import InputError, UnreadWarning, read_articles, select_articles
from analysis.corpus.reading.dates import read_dates
from analysis.corpus.reading.kinds import SUFFIXES
from analysis.tables import ARTICLES

CAFE = "Café “open” in Kraków"
TEXT_NAMES = (
    "one such as text, content, body text, body, article text, full text, main text, article body; "
    "--columns THEIRS=text names another"
)


def write(folder: Path, **files: str | bytes) -> Path:
    """Files of these contents; `a__txt` is a.txt, `bbc___a__txt` is bbc/a.txt."""
    for name, content in files.items():
        path = folder / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read_with_problems(path: Path, **options: object) -> tuple[pd.DataFrame, list[str]]:
    """The articles and the sentences, of a corpus that has at least one problem."""
    with pytest.warns(UnreadWarning) as caught:
        articles = read_articles(path, **options)
    assert len(caught) == 1
    assert caught[0].filename == __file__
    return articles, [row["problem"] for row in articles.attrs["problems"]]


def refusal(path: object, **options: object) -> str:
    with pytest.raises(InputError) as caught:
        read_articles(path, **options)
    return str(caught.value)


def dates_of(articles: pd.DataFrame) -> list[str]:
    return articles["published"].astype("str").fillna("missing").tolist()


# The seeds


def test_seeds_have_their_outlets_dates_and_agency():
    articles = read_articles(SEEDS)
    assert articles.columns.tolist() == list(ARTICLES)
    assert articles["outlet"].tolist() == ["A", "B", "C", "D", "E"]
    assert dates_of(articles) == ["2024-06-20", "2024-06-19", "2024-06-19", "2024-06-19", "missing"]
    assert articles["agency"].fillna("none").tolist() == ["Reuters", "none", "none", "none", "none"]
    assert articles["event"].tolist() == ["1"] * 5
    assert articles["language"].tolist() == ["en"] * 5
    assert articles["title"].fillna("").tolist() == ["", "", "", "", "Russia and North Korea mutual defense deal"]
    assert [articles.attrs[name] for name in ("problems", "notes", "corrections")] == [[], [], []]
    assert [(file["form"], file["articles"]) for file in articles.attrs["files"]] == [("txt", 1)] * 5


def test_seeds_say_the_same_without_their_sidecar(tmp_path):
    for file in SEEDS.glob("*.txt"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    pd.testing.assert_frame_equal(read_articles(tmp_path), read_articles(SEEDS))


def test_seeds_text_is_the_file_byte_for_byte():
    articles = read_articles(SEEDS)
    for source, text in zip(articles["source"], articles["text"], strict=True):
        assert text.encode() == (SEEDS / source).read_bytes()


def test_seeds_sidecar_lists_every_seed_and_no_other():
    with open(SEEDS / "outlets.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["file"] for row in rows] == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert [row["published"] for row in rows] == ["2024-06-20", "2024-06-19", "2024-06-19", "2024-06-19", ""]
    for row in rows:
        text = (SEEDS / row["file"]).read_text(encoding="utf-8")
        assert row["dateline"] in text
        assert row["agency"] in text


def test_column_types_are_those_of_pandas_3(tmp_path):
    articles = read_articles(write(tmp_path, a__txt="One word"))
    assert {str(articles[column].dtype) for column in ARTICLES if column != "published"} == {"str"}
    assert str(articles["published"].dtype) == "datetime64[us]"
    assert isinstance(articles.index, pd.RangeIndex)
    assert articles.loc[0, ["title", "agency", "language"]].isna().all()


# Files, encodings


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""),
        ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b""), ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
    ],
)  # fmt: skip
def test_text_is_decoded(tmp_path, encoding, mark):
    text = CAFE.replace("ó", "o")  # Windows-1252 has no ó
    assert read_articles(write(tmp_path, a__txt=mark + text.encode(encoding)))["text"].tolist() == [text]


@pytest.mark.parametrize("text", ["Москва и Пхеньян подписали договор о дружбе", "朝鲜和俄罗斯\n签署条约 2024"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_in_other_scripts(tmp_path, text, encoding):
    assert read_articles(write(tmp_path, a__txt=text.encode(encoding)))["text"].tolist() == [text]


def test_bytes_that_windows_1252_lacks_become_the_replacement_character(tmp_path):
    assert read_articles(write(tmp_path, a__txt=b"caf\xe9 \x81"))["text"].tolist() == ["café \ufffd"]


def test_one_broken_byte_does_not_spoil_a_page_of_utf_8(tmp_path):
    data = "Café Kraków naïve".encode() + b" \xff"
    assert read_articles(write(tmp_path, a__txt=data))["text"].tolist() == ["Café Kraków naïve \ufffd"]


def test_text_is_never_altered(tmp_path):
    text = "\r\n  Lead\r\n\r\n\ttabbed\u00a0\u2028\rold Mac \n\n"
    assert read_articles(write(tmp_path, a__txt=text))["text"].tolist() == [text]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Some words\x00 and more", "a binary file"),
        (b"\x7fELF\x02\x01\x01" + bytes(40), "a binary file"),
        (b"words \x01\x02\x03 here", "a binary file"),
        (b"PK\x03\x04 words", "a zip archive or an office document"),
    ],
)
def test_binary_file_is_not_read(tmp_path, data, kind):
    articles, problems = read_with_problems(write(tmp_path, a__txt="Words", b__txt=data))
    assert problems == [f"'b.txt' is {kind}; expected text in UTF-8, UTF-16 or Windows-1252"]
    assert articles["article"].tolist() == ["a"]


@pytest.mark.parametrize(("controls", "read"), [(1, True), (2, False)])
def test_binary_starts_above_one_per_cent_of_control_characters(tmp_path, controls, read):
    folder = write(tmp_path, a__txt="Words", b__txt=b"\x1b" * controls + b"x" * (100 - controls))
    if read:
        assert read_articles(folder)["article"].tolist() == ["a", "b"]
    else:
        assert read_with_problems(folder)[0]["article"].tolist() == ["a"]


def test_files_are_read_in_the_order_of_their_relative_names(tmp_path):
    folder = write(tmp_path, b__txt="B words", a___z__TXT="Z words", a___b__csv="text\nB words\n", a__txt="A words")
    articles = read_articles(folder)
    assert articles["article"].tolist() == ["a", "a/b:1", "a/z", "b"]
    assert articles["source"].tolist() == ["a.txt", "a/b.csv row 1", "a/z.TXT", "b.txt"]
    pd.testing.assert_frame_equal(articles, read_articles(folder))


def test_hidden_readme_and_licence_files_are_passed_over(tmp_path):
    files = {
        "README__md": "x",
        "readme__txt": "x",
        "LICENSE-MIT": "x",
        "concepts__toml": "x",
        "__hidden__txt": "x",
        "__git___a__txt": "x",
        "~$a__docx": "x",
        "Thumbs__db": "x",
        "desktop__ini": "x",
    }
    folder = write(tmp_path, a__txt="Words", **files)
    assert (folder / ".git" / "a.txt").exists()
    assert read_articles(folder)["article"].tolist() == ["a"]


@pytest.mark.parametrize("ending", ["_files", "-Dateien", "_fichiers"])
def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path, ending):
    page = "<html><body><p>Words</p></body></html>"
    folder = write(tmp_path, **{f"Fire{ending}/ad__html": page, f"Fire{ending}/x/style__css": "x", "Fire__html": page})
    assert read_articles(folder)["article"].tolist() == ["Fire"]
    (folder / "Fire.html").rename(folder / "Storm.html")  # of no page here
    assert read_with_problems(folder)[0]["article"].tolist() == [f"Fire{ending}/ad", "Storm"]


def test_an_article_about_licences_is_an_article(tmp_path):
    assert read_articles(write(tmp_path, **{"license plates__txt": "Words"}))["article"].tolist() == ["license plates"]


def test_other_suffixes_are_problems(tmp_path):
    _, problems = read_with_problems(write(tmp_path, a__txt="Words", notes__bin="x", plain="x"))
    assert problems == [
        f"'notes.bin' can't be read by its suffix; expected {SUFFIXES}",
        f"'plain' can't be read by its suffix; expected {SUFFIXES}",
    ]


def test_one_file_is_a_corpus(tmp_path):
    articles = read_articles(write(tmp_path, **{"My Article__txt": "Words"}) / "My Article.txt")
    assert articles.loc[0, ["article", "source", "outlet"]].tolist() == ["My Article", "My Article.txt", "A"]


def test_a_warning_counts_the_problems_and_quotes_the_first(tmp_path):
    folder = write(tmp_path, a__txt="Words", b__bin="x", c__pdf="x")
    with pytest.warns(UnreadWarning) as caught:
        articles = read_articles(folder)
    assert str(caught[0].message) == (
        f"reading '{folder}' met 2 problems, the first: 'b.bin' can't be read by its suffix; "
        f"expected {SUFFIXES} "
        "(all are in articles.attrs['problems'])"
    )
    assert json.loads(json.dumps(articles.attrs)) == articles.attrs
    assert articles.query("outlet == 'A'").attrs["problems"][1]["source"] == "c.pdf"


def test_a_warning_of_one_problem(tmp_path):
    with pytest.warns(UnreadWarning) as caught:
        read_articles(write(tmp_path, a__txt="Words", b__bin="x"))
    assert str(caught[0].message) == (
        f"reading '{tmp_path}' met 1 problem: 'b.bin' can't be read by its suffix; "
        f"expected {SUFFIXES} "
        "(all are in articles.attrs['problems'])"
    )


def test_links_that_loop_do_not_hang(tmp_path):
    folder = write(tmp_path, a__txt="Words")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    _, problems = read_with_problems(folder)
    assert problems == [
        "'loop' is a link to a folder and was not followed; expected a folder",
        "'gone.txt' can't be opened; expected a file",
        "'self.txt' can't be opened; expected a file",
    ]


def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(write(tmp_path, a__txt="Words") / "pipe.txt")
    assert read_with_problems(tmp_path)[1] == ["'pipe.txt' can't be opened; expected a file"]


def test_a_file_without_permission_is_a_problem(tmp_path, monkeypatch):
    whole = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    articles, problems = read_with_problems(write(tmp_path, a__txt="Words", b__txt="Words"))
    assert problems == ["'b.txt' can't be opened (Permission denied)"]
    assert articles["article"].tolist() == ["a"]


def test_a_file_name_that_is_no_text_is_read(tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:
        file.write(b"Words")
    assert read_articles(tmp_path)["article"].tolist() == ["caf\ufffd"]


# What cannot be read at all


def test_missing_path():
    assert refusal("no/such") == (f"'no/such' does not exist; expected a folder of articles, or a file of {SUFFIXES}")


def test_path_of_the_wrong_type():
    assert refusal(5) == "read_articles needs a folder or a file, but was given an int"


def test_empty_folder(tmp_path):
    write(tmp_path, README__md="x")
    assert refusal(tmp_path) == (f"'{tmp_path}' holds no file that can be read as articles; expected {SUFFIXES}")


def test_nothing_readable(tmp_path):
    write(tmp_path, a__txt=" \n… —")
    assert refusal(tmp_path) == (
        f"no article of '{tmp_path}' could be read: 'a.txt' has no words; expected the article's text"
    )


# Tables


def test_table_columns_are_recognised_under_other_names(tmp_path):
    table = "ID,Source, PublishedAt ,Headline,wire,story,lang,Body\nx1,BBC,2024-06-19,Pact,AP,pact,en,Words\n"
    row = read_articles(write(tmp_path, a__csv=table)).iloc[0]
    assert row.dropna().drop("published").tolist() == ["x1", "BBC", "pact", "Pact", "AP", "en", "a.csv row 1", "Words"]
    assert row["published"] == pd.Timestamp("2024-06-19")


def test_the_likeliest_of_two_names_wins(tmp_path):
    articles = read_articles(write(tmp_path, a__csv="source,outlet,body,text\nwire,BBC,no,Words\n"))
    assert articles.loc[0, ["outlet", "text"]].tolist() == ["BBC", "Words"]


def test_formats_agree(tmp_path):
    rows = [{"id": "1", "outlet": "BBC", "text": CAFE}, {"id": "2", "outlet": "Zoë", "text": "A, “b”;\n\n'c'"}]
    folder = write(
        tmp_path,
        json___a__json=json.dumps({"status": "ok", "articles": rows}),
        list___a__json=json.dumps(rows, ensure_ascii=False),
        jsonl___a__jsonl="".join(json.dumps(row) + "\n\n" for row in rows),
    )
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    pd.DataFrame(rows).to_parquet(tmp_path / "a.parquet")
    expected = read_articles(folder / "a.csv").drop(columns="source")
    assert expected["text"].tolist() == [CAFE, "A, “b”;\n\n'c'"]
    for name in ("a.parquet", "json/a.json", "list/a.json", "jsonl/a.jsonl"):
        pd.testing.assert_frame_equal(read_articles(folder / name).drop(columns="source"), expected)


def test_table_rows_without_identifier_are_numbered(tmp_path):
    folder = write(tmp_path, a__csv="text\nOne\n\nTwo\n", b__jsonl='{"text": "One"}\n\n{"text": "Two"}\n')
    articles = read_articles(folder)
    assert articles["article"].tolist() == ["a:1", "a:2", "b:1", "b:3"]
    assert articles["source"].tolist() == ["a.csv row 1", "a.csv row 2", "b.jsonl line 1", "b.jsonl line 3"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_delimiter_is_the_commonest_of_the_header(tmp_path, mark):
    table = f'id{mark}"the, outlet"{mark}text\n1{mark}BBC{mark}"One{mark} two\r\nthree"\n'
    assert read_articles(write(tmp_path, a__csv=table))["text"].tolist() == [f"One{mark} two\r\nthree"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_csv_of_every_line_ending(tmp_path, ending):
    assert read_articles(write(tmp_path, a__csv=ending.join(["text", "One", "Two"])))["text"].tolist() == ["One", "Two"]


def test_csv_row_of_the_wrong_length_is_a_problem(tmp_path):
    articles, problems = read_with_problems(write(tmp_path, a__csv="id,text\n1,One\n2,Two,too\n3\n4,Four\n"))
    assert problems == [
        "row 2 of 'a.csv' has 3 fields; expected 2, as in the header",
        "row 3 of 'a.csv' has 1 field; expected 2, as in the header",
    ]
    assert articles["article"].tolist() == ["1", "4"]
    assert articles.attrs["problems"][0]["source"] == "a.csv row 2"


def test_csv_field_that_swallows_the_rest_is_a_problem(tmp_path):
    articles, problems = read_with_problems(write(tmp_path, a__csv='id,text\n1,One\n2,"Two\n3,Three\n'))
    assert problems == [
        "row 2 of 'a.csv' is not complete (unexpected end of data); "
        "expected quotation marks inside a field to be doubled"
    ]
    assert articles["text"].tolist() == ["One", "Three"]


def test_csv_field_with_bare_quotation_marks_is_not_garbled(tmp_path):
    articles, problems = read_with_problems(write(tmp_path, a__csv='id,text\n1,"He said "go" twice"\n2,Two\n'))
    assert problems == [
        "row 1 of 'a.csv' is not complete (',' expected after '\"'); "
        "expected quotation marks inside a field to be doubled"
    ]
    assert articles["text"].tolist() == ["Two"]


def test_giant_csv_field_is_read_and_the_limit_put_back(tmp_path):
    before = csv.field_size_limit()
    text = "word" * 100_000
    assert read_articles(write(tmp_path, a__csv=f"text\n{text}\n"))["text"].tolist() == [text]
    assert csv.field_size_limit() == before


def test_nul_characters_are_kept_where_the_encoding_allows_them(tmp_path):
    folder = write(tmp_path, a__csv="text\nOne\0two\n".encode("utf-16"), b__json=r'[{"text": "One\u0000two"}]')
    assert read_articles(folder)["text"].tolist() == ["One\0two", "One\0two"]


def test_formula_stays_text(tmp_path):
    table = "outlet,text\n=cmd|' /C calc'!A0,=cmd|' /C calc'!A0\n"
    articles = read_articles(write(tmp_path, a__csv=table))
    assert articles.loc[0, ["outlet", "text"]].tolist() == ["=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"]


def test_table_without_text(tmp_path):
    _, problems = read_with_problems(write(tmp_path, a__txt="Words", b__csv="id,summary\n1,x\n"))
    assert problems == [f"'b.csv' has no column with the articles' text; it has 'id', 'summary', expected {TEXT_NAMES}"]


def test_header_that_is_prose_is_quoted_in_part(tmp_path):
    _, problems = read_with_problems(write(tmp_path, a__txt="Words", b__csv="word " * 1_000_000))
    shown = ("word " * 12) + "…"
    assert problems == [f"'b.csv' has no column with the articles' text; it has '{shown}', expected {TEXT_NAMES}"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("b.csv", "", "'b.csv' is empty; expected a table with a header"),
        ("b.csv", "id,text\n", "'b.csv' holds no article; expected at least one row"),
        ("b.csv", '"text\nOne', "the header of 'b.csv' can't be read (unexpected end of data); "
         "expected the names of columns"),
        ("b.json", "[]", "'b.json' holds no article; expected at least one row"),
        ("b.json", '[{"text": "One"},\n{"te', "'b.json' is not complete JSON (line 2); "
         "expected a list of articles, or an object with a list under 'articles'"),
        ("b.json", "[" * 100_000, "'b.json' can't be read as JSON (RecursionError); "
         "expected a list of articles, or an object with a list under 'articles'"),
        ("b.json", '"One"', "'b.json' is a string; "
         "expected a list of articles, or an object with a list under 'articles'"),
        ("b.json", '{"text": "One"}\n{"text": "Two"}',
         "'b.json' holds more than one JSON value; expected the suffix jsonl if every line is an article"),
        ("b.parquet", "PAR1 and so on", "'b.parquet' is damaged or cut off; expected a complete parquet file"),
        ("b.parquet", "", "'b.parquet' is damaged or cut off; expected a complete parquet file"),
    ],
)  # fmt: skip
def test_unreadable_table(tmp_path, name, content, sentence):
    write(tmp_path, a__txt="Words")
    (tmp_path / name).write_text(content)
    articles, problems = read_with_problems(tmp_path)
    assert problems == [sentence]
    assert articles["article"].tolist() == ["a"]


def test_truncated_parquet(tmp_path):
    pd.DataFrame({"text": ["One", "Two"]}).to_parquet(tmp_path / "b.parquet")
    whole = (tmp_path / "b.parquet").read_bytes()
    write(tmp_path, a__txt="Words", b__parquet=whole[:-20])
    assert read_with_problems(tmp_path)[1] == ["'b.parquet' is damaged or cut off; expected a complete parquet file"]


def test_bad_json_line_is_a_problem_and_the_rest_is_read(tmp_path):
    articles, problems = read_with_problems(
        write(tmp_path, a__jsonl='{"text": "One"}\n{"text": \n["Two"]\n{"text": "Three"}')
    )
    assert problems == [
        "line 2 of 'a.jsonl' is not complete JSON; expected one article as an object",
        "line 3 of 'a.jsonl' is a list; expected one article as an object",
    ]
    assert articles["text"].tolist() == ["One", "Three"]


def test_one_article_as_a_json_object(tmp_path):
    articles = read_articles(write(tmp_path, a__json='{"maintext": "Words", "title": "Pact"}'))
    assert articles.loc[0, ["article", "title", "text"]].tolist() == ["a:1", "Pact", "Words"]


def test_json_values_that_are_no_text(tmp_path):
    rows = [
        {"text": ["One"]},
        {"text": 5},
        {"text": None},
        {"text": "—"},
        {"text": "Five", "title": {"main": ["Pact"]}},
    ]
    articles, problems = read_with_problems(write(tmp_path, a__json=json.dumps(rows)))
    assert problems == [
        "row 1 of 'a.json' has a list for its text; expected the article's text",
        "row 2 of 'a.json' has a number for its text; expected the article's text",
        "row 3 of 'a.json' has no words; expected the article's text",
        "row 4 of 'a.json' has no words; expected the article's text",
        "row 5 of 'a.json' has an object for its title; expected a word",
    ]
    assert articles["text"].tolist() == ["Five"]


def test_a_source_with_a_name_is_that_name(tmp_path):
    row = {"source": {"id": None, "name": "BBC News"}, "content": "Words"}
    assert read_articles(write(tmp_path, a__json=json.dumps([row])))["outlet"].tolist() == ["BBC News"]


def test_lone_surrogates_become_the_replacement_character(tmp_path):
    row = r'[{"text": "Half \ud83d, whole \ud83d\ude00", "title": "\udc00"}]'
    articles = read_articles(write(tmp_path, a__json=row))
    assert articles.loc[0, ["text", "title"]].tolist() == ["Half \ufffd, whole 😀", "\ufffd"]


def test_numbers_become_words(tmp_path):
    rows = [{"id": 1, "event": 3.0, "text": "One"}, {"id": 2, "event": None, "text": "Two"}]
    articles = read_articles(write(tmp_path, a__json=json.dumps(rows)))
    assert articles["article"].tolist() == ["1", "2"]
    assert articles["event"].fillna("missing").tolist() == ["3", "missing"]


def test_parquet_of_every_text_type_and_two_columns_of_one_name(tmp_path):
    for kind in (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
        table = pa.table([pa.array(["One", "Two"], kind), pa.array([[1], [2]])], names=["a.text", "other"])
        pq.write_table(table, tmp_path / "a.parquet")
        assert read_articles(tmp_path, columns={"a.text": "text"})["text"].tolist() == ["One", "Two"]


def test_duplicate_identifiers_keep_the_first(tmp_path):
    folder = write(tmp_path, a__csv="id,text\nx,One\nx,Two\n", b__csv="id,text\nx,Three\n")
    articles, problems = read_with_problems(folder)
    same = "has the same identifier 'x' as row 1 of 'a.csv', which is kept; expected one for each article"
    assert problems == [f"row 2 of 'a.csv' {same}", f"row 1 of 'b.csv' {same}"]
    assert articles["text"].tolist() == ["One"]


# columns=


def test_columns_map_a_table_of_other_names(tmp_path):
    folder = write(tmp_path, a__csv="Artikel,Medium,source,text\nWords,Zeit,AP,summary\n")
    articles = read_articles(folder, columns={"artikel ": "text", "Medium": "outlet", "source": "agency"})
    assert articles.loc[0, ["text", "outlet", "agency"]].tolist() == ["Words", "Zeit", "AP"]


def test_a_mapped_column_is_not_recognised_a_second_time(tmp_path):
    articles = read_articles(write(tmp_path, a__csv="source,text\nAP,Words\n"), columns={"source": "agency"})
    assert articles.loc[0, ["outlet", "agency"]].tolist() == ["A", "AP"]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"id": "texts"}, "columns maps 'id' to 'texts'; expected one of 'article', 'outlet', 'event', 'title', "
         "'published', 'byline', 'agency', 'language', 'url', 'text'"),
        ({"bdy": "text"}, "columns names 'bdy', which 'a.csv' does not have; there is 'id', 'text'"),
        ({"id": "text", "text": "text"}, "columns maps more than one column to 'text'; expected one"),
        ("text", "columns needs a mapping from a table's names to ours, but was given a str"),
    ],
)  # fmt: skip
def test_columns_that_cannot_be_mapped(tmp_path, columns, sentence):
    assert refusal(write(tmp_path, a__csv="id,text\n1,Words\n") / "a.csv", columns=columns) == sentence


def test_columns_of_a_folder_without_a_table(tmp_path):
    folder = write(tmp_path, a__txt="Words.")
    assert refusal(folder, columns={"Medium": "outlet"}) == (
        f"columns names 'Medium', but '{folder}' holds no table; expected a table with that column"
    )


def test_columns_of_no_table_in_a_folder(tmp_path):
    folder = write(tmp_path, a__csv="id,text\n1,Words\n", b__csv="text\nWords\n")
    assert read_articles(folder, columns={"id": "event"})["event"].fillna("").tolist() == ["1", ""]
    assert refusal(folder, columns={"bdy": "text"}) == (
        f"columns names 'bdy', which no table in '{folder}' has; there is 'id', 'text'"
    )


# Outlets


def test_outlet_is_the_argument_then_the_column_then_the_sidecar_then_the_folder_then_a_label(tmp_path):
    folder = write(
        tmp_path,
        a__csv="id,outlet,text\n1,Column,One\n2,Column,Two\n3, ,Three\n4,,Four\n",
        bbc___2024___b__txt="Five",
        outlets__csv="file,outlet\n2,Sidecar\n3,Sidecar\nb.txt,\n",
    )
    articles = read_articles(folder, outlets={"1": "Argument"})
    assert articles["outlet"].tolist() == ["Argument", "Column", "Sidecar", "A", "bbc"]


def test_outlets_can_name_a_file_a_source_or_an_article(tmp_path):
    folder = write(tmp_path, a__csv="id,text\n1,One\n2,Two\n3,Three\n", bbc___b__txt="Four")
    articles = read_articles(folder, outlets={"a.csv": "F", "a.csv row 2": "S", "3": "I", "bbc/b.txt": "P"})
    assert articles["outlet"].tolist() == ["F", "S", "I", "P"]


def test_outlets_can_be_a_file_that_is_then_no_article(tmp_path):
    folder = write(tmp_path, a__txt="One", b__txt="Two", who__csv="File, Outlet ,agency\nb.txt,BBC,AP\n")
    articles = read_articles(folder, outlets=folder / "who.csv")
    assert articles["outlet"].tolist() == ["A", "BBC"]
    assert articles["agency"].fillna("").tolist() == ["", "AP"]


def test_sidecar_given_as_the_argument_too_is_read_once():
    pd.testing.assert_frame_equal(read_articles(SEEDS, outlets=SEEDS / "outlets.csv"), read_articles(SEEDS))


def test_labels_skip_names_in_use_and_go_on_after_z(tmp_path):
    table = "outlet,text\nB,Words\n" + ",Words\n" * 27
    outlets = read_articles(write(tmp_path, a__csv=table))["outlet"].tolist()
    assert outlets == ["B", "A", *"CDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB"]


def test_sidecar_fills_only_what_the_table_does_not_say(tmp_path):
    folder = write(
        tmp_path,
        a__csv="id,title,event,text\n1,Own,,One\n2,,x,Two\n",
        outlets__csv="file,outlet,published,title,agency,event\na.csv,BBC,19 June 2024,Given,AP,y\n",
    )
    articles = read_articles(folder)
    assert articles["title"].tolist() == ["Own", "Given"]
    assert articles["event"].tolist() == ["y", "x"]
    assert articles["agency"].tolist() == ["AP", "AP"]
    assert dates_of(articles) == ["2024-06-19", "2024-06-19"]


def test_sidecar_rows_that_fit_nothing(tmp_path):
    sidecar = "file,outlet,published\nz.txt,Z,\n,Y,\na.txt,BBC,soon\na.txt,CNN,\nsame.txt,X,\n"
    folder = write(tmp_path, a__txt="One", b___same__txt="Two", c___same__txt="Three", outlets__csv=sidecar)
    articles, problems = read_with_problems(folder)
    expected = "expected a file or an article, such as 'a.txt', 'b/same.txt', 'c/same.txt'"
    assert problems == [
        "row 3 of 'outlets.csv' has the date 'soon'; expected YYYY-MM-DD",
        f"row 1 of 'outlets.csv' names 'z.txt', which is not here; {expected}",
        f"row 2 of 'outlets.csv' names no file, which is not here; {expected}",
        "row 4 of 'outlets.csv' names 'a.txt', which an earlier row names; expected each once",
        "row 5 of 'outlets.csv' names 'same.txt', as 2 files are called; expected one of 'b/same.txt', 'c/same.txt'",
    ]
    assert articles["outlet"].tolist() == ["BBC", "b", "c"]


def test_sidecar_row_of_a_file_that_is_not_read_is_no_second_problem(tmp_path):
    folder = write(tmp_path, a__txt="One", b__bin="x", outlets__csv="file,outlet\nb.bin,BBC\n")
    assert read_with_problems(folder)[1] == [f"'b.bin' can't be read by its suffix; expected {SUFFIXES}"]


def test_sidecar_without_its_columns(tmp_path):
    articles, problems = read_with_problems(write(tmp_path, a__txt="One", outlets__csv="name,outlet\na.txt,BBC\n"))
    assert problems == ["'outlets.csv' needs the columns 'file' and 'outlet'; it has 'name', 'outlet'"]
    assert articles["outlet"].tolist() == ["A"]


def test_outlets_argument_that_names_nothing_here(tmp_path):
    _, problems = read_with_problems(write(tmp_path, a__txt="One"), outlets={"b.txt": "BBC"})
    assert problems == ["outlets names 'b.txt', which is not here; expected a file or an article, such as 'a.txt'"]


@pytest.mark.parametrize(
    ("outlets", "sentence"),
    [
        (["BBC"], "outlets needs a mapping from files to outlets, or the path of a csv, but was given a list"),
        ({"a.txt": 5}, "outlets needs the names of files and of outlets, but was given 'a.txt': 5"),
        ("no.csv", "'no.csv' does not exist; expected a csv with the columns 'file' and 'outlet'"),
    ],
)
def test_outlets_of_the_wrong_type(tmp_path, outlets, sentence):
    assert refusal(write(tmp_path, a__txt="One"), outlets=outlets) == sentence


# Dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-06-19", "2024-06-19"), (" 20240619 ", "2024-06-19"), ("2024/6/9", "2024-06-09"),
        ("2024-06-19T10:00:00Z", "2024-06-19 10:00"), ("2024-06-19T03:00+09:00", "2024-06-18 18:00"),
        ("2024-06-19 10:00:00 +0900", "2024-06-19 01:00"), ("20240619101500", "2024-06-19 10:15"),
        ("19 June 2024", "2024-06-19"), ("June 19, 2024", "2024-06-19"), ("Sept. 3 2024", "2024-09-03"),
        ("19-Jun-2024", "2024-06-19"), ("19th of June, 2024", "2024-06-19"),
        ("Wed, 19 Jun 2024 10:00:00 GMT", "2024-06-19 10:00"),
        ("June 19, 2024 at 10:30 PM EDT", "2024-06-20 02:30"), ("19 June 2024 12:05 a.m.", "2024-06-19 00:05"),
        ("06/06/2024", "2024-06-06"), ("19.06.2024", "2024-06-19"), ("06/19/2024 10:30", "2024-06-19 10:30"),
    ],
)  # fmt: skip
def test_date_is_read(value, expected):
    assert read_dates([value]) == ([pd.Timestamp(expected).to_pydatetime()], [], [])


@pytest.mark.parametrize(
    "value",
    ["soon", "31 June 2024", "13/13/2024", "7/23/17", "1718755200", "1718755200000", "June 19, 2024 at 10:30 IST",
     "0001-01-01T00:00+09:00", "2024", "x" * 100_000],
)  # fmt: skip
def test_date_that_is_none(value):
    assert read_dates([value]) == ([None], [0], [])


@pytest.mark.parametrize(
    ("witness", "expected", "ambiguous"),
    [
        (["19/06/2024"], "2024-06-05", []),
        (["06/19/2024"], "2024-05-06", []),
        (["12/12/2024"], None, [0]),
        (["19/06/2024", "06/19/2024"], None, [0]),
    ],
)
def test_day_and_month_are_told_apart_by_the_column(witness, expected, ambiguous):
    dates, unreadable, unclear = read_dates(["05/06/2024", *witness])
    assert (dates[0] and dates[0].strftime("%Y-%m-%d"), unreadable, unclear) == (expected, [], ambiguous)
    assert None not in dates[1:]


def test_bad_dates_are_problems_and_their_articles_are_read(tmp_path):
    table = "outlet,date,text\nA,soon,One\nA,05/06/2024,Two\nA,,Three\nA,06/07/2024,Four\n"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        articles, problems = read_with_problems(write(tmp_path, a__csv=table))
    assert problems == [
        "row 1 of 'a.csv' has the date 'soon'; expected YYYY-MM-DD",
        "row 2 of 'a.csv' has the date '05/06/2024', which does not tell day and month apart (nor does 1 more); "
        "expected YYYY-MM-DD",
    ]
    assert dates_of(articles) == ["missing"] * 4


def test_dates_of_parquet(tmp_path):
    stamp = pd.Timestamp("2024-06-19 03:00:00.123456789", tz="Asia/Seoul")
    for values, expected in (
        (pa.array([stamp]), "2024-06-18 18:00:00.123456"),
        (pa.array([stamp.date()]), "2024-06-19"),
        (pa.array(["2024-06-19"]), "2024-06-19"),
    ):
        pq.write_table(pa.table({"date": values, "text": ["Words"]}), tmp_path / "a.parquet")
        assert read_articles(tmp_path)["published"].tolist() == [pd.Timestamp(expected)]


def test_header_date_in_words_is_read_from_the_text(tmp_path):
    folder = write(tmp_path, a__txt="date June 19, 2024 The leaders signed a pact.\n\nThey met on 1 May 2020.")
    assert dates_of(read_articles(folder)) == ["2024-06-19"]


def test_a_header_with_the_hour_only_gives_no_day(tmp_path):
    folder = write(tmp_path, a__txt="Updated at 12:50 p.m. ET\n\nThe leaders met in Paris.")
    assert read_articles(folder)["published"].isna().tolist() == [True]


# Events, languages


def test_a_corpus_without_events_is_one_event(tmp_path):
    assert read_articles(write(tmp_path, a__csv="event,text\n,One\n,Two\n"))["event"].tolist() == ["1", "1"]


def test_all_is_every_article_where_no_event_is_named(tmp_path):
    unnamed = read_articles(write(tmp_path / "unnamed", a__csv="event,text\n,One\n,Two\n"))
    assert len(select_articles(unnamed, event="all")) == 2
    named = read_articles(write(tmp_path / "named", a__csv="event,text\nx,One\ny,Two\n"))
    with pytest.raises(InputError) as error:
        select_articles(named, event="all")
    assert str(error.value) == "event 'all' is not in this corpus; it has x, y"
    assert select_articles(named.assign(event=["all", "y"]), event="all")["text"].tolist() == ["One"]


@pytest.mark.parametrize("blank", ["", " ", None])
def test_a_blank_event_was_taken_for_the_largest(blank):
    articles = pd.DataFrame({"event": [blank, blank, "y"], "outlet": "A", "text": ["One", "Two", "Three"]})
    assert select_articles(articles)["text"].tolist() == ["Three"]


def test_an_event_is_known_by_the_name_that_a_terminal_shows():
    articles = pd.DataFrame({"event": ["a  b\tc", "a b c d"], "outlet": "A"})
    assert select_articles(articles, event="a b c")["event"].tolist() == ["a  b\tc"]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_an_event_called_000_is_text(tmp_path, kind):
    rows = {"id": ["007", "1e5"], "outlet": ["01", "1.10"], "event": ["000", "00"], "text": ["One.", "Two."]}
    table = pd.DataFrame(rows)
    if kind == "csv":
        table.to_csv(tmp_path / "a.csv", index=False)
    elif kind == "jsonl":
        table.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    else:
        table.to_parquet(tmp_path / "a.parquet", index=False)
    articles = read_articles(tmp_path)
    assert articles[["article", "outlet", "event"]].to_numpy().tolist() == [["007", "01", "000"], ["1e5", "1.10", "00"]]


def test_some_events_missing_stay_missing(tmp_path):
    events = read_articles(write(tmp_path, a__csv="event,text\nx,One\n,Two\n"))["event"]
    assert events.fillna("missing").tolist() == ["x", "missing"]


def test_languages(tmp_path):
    german = "Der russische Präsident und der nordkoreanische Staatschef haben am Mittwoch in Pjöngjang einen Vertrag "
    german += "unterzeichnet, der beide Länder zu gegenseitigem Beistand verpflichtet."
    french = "Le président russe et le dirigeant nord-coréen ont signé mercredi à Pyongyang un accord de partenariat "
    french += "qui prévoit une assistance mutuelle en cas d'agression."
    chinese = "俄罗斯总统普京和朝鲜领导人金正恩星期三在平壤签署了全面战略伙伴关系条约。"
    rows = [{"text": text} for text in (german, french, chinese, "Too few words")] + [{"text": german, "lang": "gsw"}]
    rows = [{"outlet": "A", **row} for row in rows]
    languages = read_articles(write(tmp_path, a__json=json.dumps(rows)))["language"]
    assert languages.fillna("missing").tolist() == ["de", "fr", "zh", "missing", "gsw"]


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("en", "en"), ("EN", "en"), ("en-US", "en"), ("en_GB", "en"), ("English", "en"), ("eng", "en"),
        ("English (US)", "en"), ("English, French", "English, French"), ("German", "de"), ("ger", "de"), ("deu", "de"),
        ("zh-Hans-CN", "zh"), ("eu-ES", "eu"), ("gsw", "gsw"), ("gsw-CH", "gsw-CH"), ("Klingon", "Klingon"),
        ("English Creole", "English Creole"), ("Enga", "Enga"),
    ],
)  # fmt: skip
def test_a_tables_own_name_of_a_language_is_brought_to_its_code(tmp_path, named, code):
    folder = write(tmp_path, a__json=json.dumps([{"text": "They signed.", "lang": named}]))
    assert read_articles(folder)["language"].tolist() == [code]


@pytest.mark.parametrize(("words", "expected"), [(19, "missing"), (20, "en")])
def test_language_needs_twenty_words(tmp_path, words, expected):
    text = " ".join(("the minister said that she would not sign the pact with them " * 2).split()[:words])
    assert read_articles(write(tmp_path, a__txt=text))["language"].fillna("missing").tolist() == [expected]


def test_reading_under_another_hash_seed_gives_the_same_bytes(tmp_path):
    program = (
        "import sys, hashlib; from analysis import read_articles; a = read_articles(sys.argv[1]); "
        "print(hashlib.sha256((a.to_csv() + str(a.attrs)).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, str(SEEDS)],
            env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout.strip()
        for seed in ("0", "1")
    }  # fmt: skip
    articles = read_articles(SEEDS)
    assert digests == {hashlib.sha256((articles.to_csv() + str(articles.attrs)).encode()).hexdigest()}


# select_articles


@pytest.fixture
def five() -> pd.DataFrame:
    articles = pd.DataFrame(
        {"article": list("abcde"), "event": ["x", "y", "y", "x", None], "outlet": ["A", "B", "C", "A", "B"]}
    )
    articles.index += 7
    articles.attrs["problems"] = [{"source": "f", "problem": "p"}]
    return articles


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "ad"), ({"event": "y"}, "bc"), ({"event": "y", "outlets": "C"}, "c"),
        ({"event": "y", "outlets": ["C", "B"]}, "bc"), ({"outlets": ("A", "B")}, "ad"),
    ],
)  # fmt: skip
def test_select_articles(five, options, expected):
    before = five.copy()
    selected = select_articles(five, **options)
    assert selected["article"].tolist() == list(expected)
    assert selected.index.tolist() == list(range(len(expected)))
    assert selected.attrs == five.attrs
    pd.testing.assert_frame_equal(five, before)


def test_select_articles_takes_the_event_with_the_most(five):
    assert select_articles(pd.concat([five, five[five["event"] == "y"]]))["event"].tolist() == ["y"] * 4


def test_select_articles_without_events_takes_all(five):
    assert len(select_articles(five.assign(event=pd.Series([None] * 5, index=five.index, dtype="str")))) == 5


def test_select_articles_reads_a_number_as_the_event_it_names(five):
    assert select_articles(five.assign(event=["1", "1", "2", "2", "2"]), event=1)["article"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"outlets": "F"}, "outlet 'F' is not in this corpus; it has A, B, C"),
        ({"outlets": ["A", "F"]}, "outlet 'F' is not in this corpus; it has A, B, C"),
        ({"event": "z"}, "event 'z' is not in this corpus; it has x, y"),
        ({"outlets": "C"}, "event 'x' has no article by C; it has articles by A"),
        ({"outlets": []}, "outlets needs the name of an outlet or a list of names, but was given an empty list"),
        ({"outlets": 5}, "outlets needs the name of an outlet or a list of names, but was given an int"),
    ],
)
def test_select_articles_of_what_is_not_there(five, options, sentence):
    with pytest.raises(InputError) as caught:
        select_articles(five, **options)
    assert str(caught.value) == sentence


def test_select_articles_lists_at_most_twelve_outlets(five):
    many = pd.concat([five.iloc[:1].assign(outlet=f"O{number}") for number in range(14)])
    with pytest.raises(InputError) as caught:
        select_articles(many, outlets="F")
    listed = ", ".join(f"O{number}" for number in range(12))
    assert str(caught.value) == f"outlet 'F' is not in this corpus; it has {listed} and 2 more"


def test_files_that_share_a_stem_are_both_read(tmp_path):
    folder = write(tmp_path, x__csv="text\nOne two\n", x__json='[{"text": "Three four"}]', y__txt="Five six")
    articles = read_articles(folder)
    assert articles["article"].tolist() == ["x.csv:1", "x.json:1", "y"]


def test_every_part_is_named_where_nothing_could_be_read(tmp_path):
    with pytest.raises(InputError) as error:
        read_articles(write(tmp_path, a__txt=" ", b__bin="%PDF"))
    assert [problem["source"] for problem in error.value.problems] == ["a.txt", "b.bin"]


def test_one_nul_byte_does_not_discard_a_table(tmp_path):
    rows = "".join(f"{number},A,The leaders met again on day {number}.\n" for number in range(20))
    articles = read_articles(write(tmp_path, a__csv=f"id,outlet,text\n{rows}20,A,A stray\0byte.\n"))
    assert len(articles) == 21
