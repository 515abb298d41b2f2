"""A folder is moved into place whole, or what stood there stays as it was."""

import json
import os

import pytest

from analysis.export.folders import new_folder, write_manifest
from analysis.tables import InputError


def write(out, text="new", *, kind="report"):
    with new_folder(out, kind=kind) as folder:
        (folder / "index.html").write_text(text, encoding="utf-8")
        write_manifest(folder, kind=kind, options={"corpus": "seeds"})


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_is_written_with_its_parents(tmp_path):
    write(tmp_path / "a" / "b" / "report")
    assert names(tmp_path / "a" / "b" / "report") == ["index.html", "manifest.json"]
    assert names(tmp_path / "a" / "b") == ["report"]


def test_the_manifest_says_who_made_it_and_lists_the_files_without_a_time(tmp_path):
    write(tmp_path / "report")
    manifest = json.loads((tmp_path / "report" / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest) == ["made_by", "kind", "version", "options", "selection", "failures", "files"]
    assert manifest["made_by"] == "parallax"
    assert manifest["options"] == {"corpus": "seeds"}
    assert manifest["files"] == ["index.html", "manifest.json"]


def test_an_empty_folder_and_an_earlier_report_are_replaced(tmp_path):
    out = tmp_path / "report"
    out.mkdir()
    write(out, "first")
    (out / ".DS_Store").touch()  # a file manager's, not the reader's
    write(out, "second")
    assert (out / "index.html").read_text(encoding="utf-8") == "second"
    assert names(out) == ["index.html", "manifest.json"]
    assert names(tmp_path) == ["report"]


def test_permissions_are_the_usual_ones(tmp_path):
    write(tmp_path / "report")
    (tmp_path / "usual").mkdir()
    assert (tmp_path / "report").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "report").symlink_to(tmp_path / "disk")
    write(tmp_path / "report")
    assert (tmp_path / "report").is_symlink()
    assert names(tmp_path / "disk") == ["index.html", "manifest.json"]


def refusal(out, *, kind="report"):
    before = {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    with pytest.raises(InputError) as caught:
        write(out, kind=kind)
    assert {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()} == before
    assert not [name for name in names(out.parent) if name.startswith(f".{out.name}-")]
    return str(caught.value)


def test_a_foreign_folder_is_refused(tmp_path):
    out = tmp_path / "x"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work")
    assert refusal(out) == (
        f"folder '{out}' exists and was not written by parallax; expected a new or empty folder, or an earlier report"
    )


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"made_by": "another", "kind": "report", "files": []}'])
def test_another_programs_manifest_is_refused(tmp_path, manifest):
    out = tmp_path / "x"
    out.mkdir()
    (out / "manifest.json").write_text(manifest)
    assert refusal(out).endswith("was not written by parallax; expected a new or empty folder, or an earlier report")


def test_a_report_the_reader_put_a_file_into_is_refused(tmp_path):
    out = tmp_path / "report"
    write(out)
    (out / "notes").mkdir()
    (out / "notes" / "mine.txt").write_text("my notes")
    assert refusal(out) == (
        f"folder '{out}' holds 'notes/mine.txt', which parallax did not write; "
        "expected a new or empty folder, or an earlier report"
    )


def test_tables_do_not_replace_a_report(tmp_path):
    out = tmp_path / "report"
    write(out)
    assert refusal(out, kind="tables") == (
        f"folder '{out}' holds what 'parallax report' wrote; expected a new or empty folder, or earlier tables"
    )


def test_a_file_in_the_place_is_refused(tmp_path):
    out = tmp_path / "report"
    out.write_text("a file")
    with pytest.raises(InputError) as caught:
        write(out)
    assert str(caught.value) == f"'{out}' is a file; expected a new or empty folder, or an earlier report"
    assert out.read_text() == "a file"


def test_the_folder_one_is_in_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        write(".")
    assert str(caught.value) == (
        "folder '.' is the one you are in and can't be replaced; "
        "expected a new or empty folder, or an earlier report elsewhere"
    )


def test_a_place_that_cannot_be_written_is_an_input_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError) as caught:
        write(tmp_path / "file" / "report")
    assert (
        str(caught.value)
        == f"folder '{tmp_path / 'file' / 'report'}' can't be written: '{tmp_path / 'file'}' is a file"
    )


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_whatever_ends_the_writing_early_leaves_the_old_report_whole(tmp_path, error):
    out = tmp_path / "report"
    write(out, "old")
    with pytest.raises(error), new_folder(out, kind="report") as folder:
        (folder / "index.html").write_text("half")
        raise error
    assert (out / "index.html").read_text() == "old"
    assert names(tmp_path) == ["report"]


def test_an_error_leaves_no_parents_behind(tmp_path):
    with pytest.raises(ValueError), new_folder(tmp_path / "a" / "b" / "report", kind="report"):
        raise ValueError
    assert names(tmp_path) == []


def test_a_failed_move_puts_the_old_report_back(tmp_path, monkeypatch):
    out = tmp_path / "report"
    write(out, "old")
    rename = type(out).rename

    def fail_for_the_new(self, target):
        if self.name == "new":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(type(out), "rename", fail_for_the_new)
    with pytest.raises(KeyboardInterrupt):
        write(out, "new")
    assert (out / "index.html").read_text() == "old"
    assert names(tmp_path) == ["report"]


def test_what_somebody_put_there_meanwhile_is_not_lost(tmp_path):
    out = tmp_path / "report"
    with pytest.raises(InputError, match="was not written by parallax"), new_folder(out, kind="report") as folder:
        (folder / "index.html").touch()
        out.mkdir()
        (out / "mine.txt").write_text("mine")
    assert names(out) == ["mine.txt"]
    assert os.listdir(tmp_path) == ["report"]
