"""The command: what it prints, what it leaves behind, and its exit codes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import InputError, __version__, describe_accuracy
from analysis import command as cli
from analysis.arguments import EXIT_CODES
from analysis.command import main
from analysis.compare.tone import scores
from analysis.corpus.reading.kinds import SUFFIXES
from analysis.validate.tone import MODELS

ARTICLE = 'The minister welcomed the deal. "It is good for peace," she said on Monday. Critics called it a danger.\n'


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of the reader's, with a corpus of two articles and a module that happens to be called analysis."""
    (tmp_path / "corpus").mkdir()
    for name in ("a", "b"):
        (tmp_path / "corpus" / f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "analysis.py").write_text("raise SystemExit('the wrong analysis')")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *arguments):
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def heard():
    """Ctrl-C is heard, as it is in a terminal; tests in the background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler


def left(place):
    return sorted(set(os.listdir(place)) - {"analysis.py", "corpus"})


def test_tables_says_where_they_are(place, capsys):
    assert run(capsys, "tables", "corpus") == (0, f"Tables: {place / 'tables'}\n", "")
    assert run(capsys, "tables", "corpus", "--out", "x/y") == (0, f"Tables: {place / 'x' / 'y'}\n", "")
    assert left(place) == ["tables", "x"]


@pytest.fixture
def events(place):
    """A table of two events and an article of no known event."""
    rows = [("A", "x"), ("B", "x"), ("A", "y"), ("B", "")]
    table = pd.DataFrame([(outlet, event, ARTICLE) for outlet, event in rows], columns=["outlet", "event", "text"])
    table.to_csv(place / "events.csv", index=False)
    return place / "events.csv"


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ([], ["A x", "B x", "A y", "B missing"]),
        (["--outlet", "B"], ["B x", "B missing"]),
        (["--event", "x"], ["A x", "B x"]),
        (["--event", "x", "--outlet", "B"], ["B x"]),
    ],
)
def test_tables_silently_left_out_all_but_the_largest_event(place, events, capsys, options, kept):
    assert run(capsys, "tables", "events.csv", *options) == (0, f"Tables: {place / 'tables'}\n", "")
    articles = pd.read_parquet(place / "tables" / "articles.parquet").fillna({"event": "missing"})
    assert (articles["outlet"] + " " + articles["event"]).tolist() == kept


def test_report_silently_left_out_all_but_the_largest_event(place, events, capsys, monkeypatch):
    monkeypatch.setattr("analysis.present.report.report.run_notebooks", lambda notebooks, *_, **__: {})
    code, output, errors = run(capsys, "report", "events.csv")
    sentence = (
        "No event holds most of the articles: what is said over all events stands first, the rest is about one of "
        "them. Event x: 2 of 4 articles; 1 other event and 1 article of no known event are left aside."
    )
    assert (code, output, errors) == (0, f"{sentence}\nReport: {place / 'report' / 'index.html'}\n", "")
    assert sentence in (place / "report" / "index.html").read_text(encoding="utf-8")


def test_a_failing_cell_is_said_and_the_report_is_written(place, capsys, monkeypatch):
    mark = new_output("error", ename="KeyError", evalue="'all'; 2 later cells rest on it", traceback=[])
    notebook = new_notebook(cells=[new_markdown_cell("# Who?"), new_code_cell("f()", id="rates", outputs=[mark])])
    monkeypatch.setattr("analysis.present.report.report.run_notebooks", lambda *_, **__: {"03_voices": notebook})
    (place / "corpus" / "x.bin").write_bytes(b"\x00")
    code, output, errors = run(capsys, "report", "corpus")
    assert (code, output) == (1, f"Report: {place / 'report' / 'index.html'}\n")  # 1, though not all was read either
    assert errors.splitlines()[-1] == (
        "parallax: notebook '03_voices' failed in cell 'rates' with KeyError: 'all'; 2 later cells rest on it"
    )
    html = (place / "report" / "index.html").read_text(encoding="utf-8")
    assert "KeyError: &#x27;all&#x27;; 2 later cells rest on it" in html
    assert (place / "report" / "tables" / "terms.parquet").exists()


DAM = "The dam at Oroville broke on Sunday and thousands fled the valley below the spillway."
VOTE = "Parliament in Lisbon rejected the budget by four votes, and the prime minister offered to resign."
RESIGNED = "The prime minister offered to resign: by four votes, parliament in Lisbon had rejected the budget."
FOX = "A fox was seen on a tram in Zagreb, where it left at the third stop without a ticket."
LISTED = """\
Events
  3 found by the words that articles share, for none is named; with fewer than 10 articles that is less sure; \
--event takes each, or 'all' for all articles as one event
  event      articles  outlets  earliest article
  event-A/a         3        3  The dam broke
  event-A/b         3        2  Parliament in Lisbon rejected the budget by four votes, and…
  event-B/c         1        1  A fox was seen on a tram in Zagreb, where it left at the th…
"""


@pytest.fixture
def unnamed(place):
    """Seven articles of three events that nobody named, in the folders of three outlets."""
    told = {"A/a": f"The dam broke\n\n{DAM}", "B/a": DAM, "C/a": DAM, "A/b": VOTE, "C/b": VOTE, "B/c": FOX}
    told["A/d"] = RESIGNED
    for name, text in told.items():
        file = place / "unnamed" / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return {"event-A/a": 3, "event-A/b": 3, "event-B/c": 1}


def test_articles_of_many_events_were_called_one(unnamed, place, capsys):
    code, output, errors = run(capsys, "check", "unnamed")
    assert (code, errors) == (0, "")
    assert LISTED.strip() in output
    assert "  event      0 of 7\n" in output
    found = "parallax: The corpus names no events; 3 were found by the words that articles share: an estimate.\n"
    for options, counts in (
        ([], unnamed), (["--event", "all"], {"1": 7}), *((["--event", name], {name: n}) for name, n in unnamed.items()),
    ):  # fmt: skip
        said = "" if "all" in options else found
        tables = f"Tables: {place / 'tables'}\n"
        assert run(capsys, "tables", "unnamed", "--model", "vader", *options) == (0, tables, said)
        events = pd.read_parquet(place / "tables" / "articles.parquet")["event"]
        assert events.value_counts().to_dict() == counts


def test_the_report_of_many_events_said_the_same_event(unnamed, place, capsys, monkeypatch):
    monkeypatch.setattr("analysis.present.report.report.run_notebooks", lambda notebooks, *_, **__: notebooks)
    for options, title, first in (
        ([], "How three outlets told 3 events", "06_outlets_over_events"),
        (["--outlet", "B", "C"], "How two outlets told 3 events", "06_outlets_over_events"),
        (["--event", "event-A/b"], "How two outlets told the same event", "02_corpus"),
        (["--event", "all"], "How three outlets told the same event", "02_corpus"),
    ):
        code, output, _ = run(capsys, "report", "unnamed", "--model", "vader", *options)
        assert code == 0
        html = (place / "report" / "index.html").read_text(encoding="utf-8")
        assert f"<h1>{title}</h1>" in html
        assert html.count("the same event") == 2 * ("same" in title)
        assert html.index(f'<section id="notebook-{first}"') == html.index('<section id="notebook-')
        tie = "2 events are as large, of 3 articles each; shown is the first in the corpus, event-A/a."
        assert (tie in output) == (tie in html) == (options[:1] != ["--event"])


def test_help_says_which_event_is_taken(capsys):
    for command, default in (
        ("report", "the event with the most articles, of those that two outlets tell"),
        ("tables", "all events"),
    ):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert f"only the articles of this event (default: {default})" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("bad", "lines", "last"),
    [
        (20, 20, "parallax: row 21 of 'bad.csv' has no words"),
        (21, 21, "parallax: … and 1 more, listed in {place}/tables/problems.csv"),
        (1234, 21, "parallax: … and 1,214 more, listed in {place}/tables/problems.csv"),
    ],
)
def test_twenty_thousand_bad_rows_filled_the_terminal(place, capsys, bad, lines, last):
    rows = [ARTICLE, *[""] * bad]
    pd.DataFrame({"id": range(len(rows)), "text": rows}).to_csv(place / "bad.csv", index=False)
    code, output, errors = run(capsys, "tables", "bad.csv")
    assert (code, output) == (2, f"Tables: {place / 'tables'}\n")
    assert len(errors.splitlines()) == lines
    assert errors.splitlines()[-1].startswith(last.format(place=place))
    assert len(pd.read_parquet(place / "tables" / "problems.parquet")) == bad
    code, output, errors = run(capsys, "check", "bad.csv")
    assert (code, errors) == (2, "")
    more = f"  … and {bad - 20:,} more; 'parallax tables' lists them all"
    assert output.endswith(f"{more}\n") == (bad > 20)
    assert len(output.partition("Not read\n")[2].splitlines()) == lines


def test_report_says_where_it_is(place, capsys, monkeypatch):
    given = {}

    def write_report(corpus, *, progress, **options):
        from analysis.export.folders import write_manifest
        from analysis.export.tables import write_tables

        given.update(options, corpus=corpus)
        for done, step in enumerate(("spans", "02_corpus", "03_voices"), 1):
            progress(step, done, 3)
        page = write_tables(corpus, out="report/tables").parent / "index.html"
        write_manifest(page.parent, kind="report", options={})
        return page

    monkeypatch.setattr("analysis.present.report.report.write_report", write_report)
    assert run(
        capsys, "report", "corpus", "--outlet", "A", "B", "--outlet", "C", "--event", "e", "--model", "linear"
    ) == (
        0,
        f"Report: {place / 'report' / 'index.html'}\n",
        "",
    )
    given.pop("announce")("tone: an hour")
    assert capsys.readouterr().err == "parallax: tone: an hour\n"
    chosen = {"out": "report", "event": "e", "outlets": ["A", "B", "C"], "model": "linear"}
    by_default = {"columns": None, "duplicates": "once", "formats": "csv,parquet"}
    assert given == {"corpus": "corpus"} | chosen | by_default


def test_repeats_are_taken_once_unless_they_are_to_be_kept(place, capsys):
    rows = pd.DataFrame({"id": ["a", "b", "c"], "outlet": "A", "text": [VOTE, VOTE, FOX]})
    rows.to_csv(place / "twice.csv", index=False)
    sentence = "  1 article repeats another of the same outlet and is taken once: 1 with the same text\n"
    code, output, _ = run(capsys, "check", "twice.csv")
    assert (code, sentence in output) == (0, True)
    for options, left in (([], 2), (["--duplicates", "keep"], 3)):
        assert run(capsys, "tables", "twice.csv", "--model", "vader", *options)[0] == 0
        assert len(pd.read_parquet(place / "tables" / "articles.parquet")) == left


def test_tables_are_written_in_the_forms_asked_for(place, capsys):
    assert run(capsys, "tables", "corpus", "--model", "vader", "--format", "xlsx,dta")[0] == 0
    names = {path.name for path in (place / "tables").iterdir()}
    assert {"voices.xlsx", "voices.dta", "voices.parquet", "codebook.csv"} <= names
    assert "voices.csv" not in names
    code, output, errors = run(capsys, "tables", "corpus", "--format", "csv,ods")
    assert (code, output) == (2, "")
    assert errors == "parallax: formats names 'ods'; there are 'csv', 'parquet', 'xlsx', 'sav', 'dta'\n"


def test_a_part_that_is_not_read_is_listed_once_and_the_rest_is_written(place, capsys):
    (place / "corpus" / "x.bin").write_bytes(b"\x00")
    code, output, errors = run(capsys, "tables", "corpus")
    assert (code, output) == (2, f"Tables: {place / 'tables'}\n")
    assert errors == (f"parallax: 'x.bin' can't be read by its suffix; expected {SUFFIXES}\n")
    assert (place / "tables" / "articles.parquet").exists()


def test_every_part_is_listed_where_nothing_can_be_read(place, capsys):
    (place / "bad").mkdir()
    (place / "bad" / "a.txt").write_text(" ")
    (place / "bad" / "b.bin").write_bytes(b"%PDF")
    code, output, errors = run(capsys, "check", "bad")
    assert (code, output) == (2, "")
    assert errors.splitlines() == [
        "parallax: no article of 'bad' could be read: 'a.txt' has no words; expected the article's text",
        f"parallax: 'b.bin' can't be read by its suffix; expected {SUFFIXES}",
    ]


def test_a_terminated_command_stops_as_with_ctrl_c(place, capsys, monkeypatch):
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(cli, "run_tables", lambda options: os.kill(os.getpid(), signal.SIGTERM) or time.sleep(5))
    assert run(capsys, "tables", "corpus") == (130, "", "parallax: stopped; nothing was written\n")
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["tables", "nowhere"],
            f"'nowhere' does not exist; expected a folder of articles, or a file of {SUFFIXES}",
        ),
        (["tables", "corpus", "--outlet", "F"], "outlet 'F' is not in this corpus; it has A, B"),
        (["report", "corpus", "--event", "x"], "event 'x' is not in this corpus; it has 1"),
        (
            ["report", "corpus", "--out", "corpus/report"],
            "folder 'corpus/report' lies inside the corpus 'corpus', where it would be read as articles the next time; "
            "expected a folder outside it",
        ),
        (
            ["report", "corpus", "--out", "corpus"],
            "folder 'corpus' exists and was not written by parallax; "
            "expected a new or empty folder, or an earlier report",
        ),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_writes_nothing(place, capsys, arguments, message):
    assert run(capsys, *arguments) == (2, "", f"parallax: {message}\n")
    assert left(place) == []


def test_check_describes_the_corpus(place, capsys):
    code, output, errors = run(capsys, "check", "corpus")
    assert (code, errors) == (0, "")
    assert output.startswith("Read\n  articles  2\n  outlets   2\n")
    assert output.endswith("Not read\n  none\n")
    (place / "corpus" / "x.bin").write_bytes(b"\x00")
    code, output, errors = run(capsys, "check", "corpus")
    assert (code, errors) == (2, "")
    assert "Not read\n  x.bin  " in output
    assert left(place) == []


@pytest.fixture
def gold(place):
    """A folder of two articles that somebody has labelled."""
    (place / "gold").mkdir()
    rows = [("a", ARTICLE), ("b", "Officials in Oslo said that the road would open in May.")]
    pd.DataFrame(rows, columns=["article", "text"]).to_csv(place / "gold" / "my.articles.csv", index=False)
    start = ARTICLE.index("It is good")
    row = ("a", start, start + len("It is good for peace,"), start + 24, start + 27, True)
    columns = ["article", "content_start", "content_end", "source_start", "source_end", "quoted"]
    pd.DataFrame([row], columns=columns).to_csv(place / "gold" / "my.attributions.csv", index=False)
    return place / "gold"


def test_validate_prints_a_table_and_what_it_left_out(gold, capsys):
    code, output, errors = run(capsys, "validate", "--gold", "gold")
    missing = "(parquet or csv) is missing"
    assert (code, errors.splitlines()) == (
        0,
        [
            f"parallax: reuse is left out: my.reuse_pairs {missing}",
            f"parallax: targets are left out: a table with the columns sentence, from, to, polarity {missing}",
            f"parallax: sentiment is left out: a table with the columns text, rating {missing}",
            f"parallax: stances are left out: my.entities {missing}",
        ],
    )
    lines = [line.split() for line in output.splitlines()]
    assert lines[0] == "method model set split measure value 95 % interval n articles note".split()
    assert lines[1] == "quotes – my – f1_at_0.3 1.000 1.000 to 1.000 1 2".split()
    assert "reported – my – precision_at_0.3 0.000 0.000 to 0.000 3 2".split() in lines
    assert {line[0] for line in lines[1:]} == {"quotes", "speakers", "reported", "voices"}


def test_validate_prints_json(gold, capsys):
    code, output, errors = run(capsys, "validate", "--gold", "gold", "--only", "speakers, voices", "--format", "json")
    assert (code, errors) == (0, "")
    rows = json.loads(output)
    assert {row["method"] for row in rows} == {"speakers", "voices"}
    named = {"method": "speakers", "model": "", "set": "my", "split": "", "measure": "speaker_pronoun", "note": ""}
    assert named | {"value": 1, "low": 1, "high": 1, "n": 1, "articles": 2} in rows
    assert run(capsys, "validate", "--gold", "gold", "--only", "speakers,voices", "--format", "json")[1] == output
    (gold / "my_accuracy.json").write_text(output)
    own = describe_accuracy("voices", pd.read_json(gold / "my_accuracy.json"))
    assert own.startswith("On labelled articles (my, 2 articles), 0 % of the words called own are really attributed")


def test_validate_fails_where_something_asked_for_is_missing(gold, capsys):
    code, output, errors = run(capsys, "validate", "--gold", "gold", "--only", "voices,reuse")
    assert (code, errors) == (2, "parallax: reuse is left out: my.reuse_pairs (parquet or csv) is missing\n")
    assert output.splitlines()[1].split()[0] == "voices"
    (gold / "my.articles.csv").unlink()
    missing = "voices is left out: my.articles (parquet or csv) is missing"
    assert run(capsys, "validate", "--gold", "gold", "--only", "voices") == (
        2,
        "",
        f"parallax: 'gold' holds nothing to measure with: {missing}\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--gold", "nowhere"], "'nowhere' is no folder; expected one with labelled articles"),
        (
            ["--gold", "gold", "--only", "quotes,tone"],
            "'tone' can't be measured; expected some of quotes, speakers, reported, voices, reuse, targets, sentiment, "
            "stances",
        ),
        (["--gold", "gold", "--models", "moods"], f"model 'moods' is not known; it has {', '.join(MODELS)}"),
    ],
)
def test_validate_says_what_it_can_not_do(gold, capsys, arguments, message):
    assert run(capsys, "validate", *arguments) == (2, "", f"parallax: {message}\n")


@pytest.mark.parametrize(
    ("seconds", "line"),
    [
        (4.9, ""),
        (5, "parallax: find_reuse: 1,000 articles of my, about 5 seconds\n"),
        (99.4, "parallax: find_reuse: 1,000 articles of my, about 99 seconds\n"),
        (120, "parallax: find_reuse: 1,000 articles of my, about 2 minutes\n"),
    ],
)
def test_validate_announces_a_long_step_before_it_begins(gold, capsys, monkeypatch, seconds, line):
    def measure(*_, progress, **__):
        progress("find_reuse", "my", 1000, seconds)
        raise InputError("stopped here")

    monkeypatch.setattr("analysis.validate.validate.measure_accuracy", measure)
    assert run(capsys, "validate", "--gold", "gold") == (2, "", f"{line}parallax: stopped here\n")


def test_validate_measures_the_models_asked_for(gold, capsys):
    rows = {"text": ["A great day.", "A bad day.", "A day."], "rating": [2, -2, 0]}
    pd.DataFrame(rows).to_csv(gold / "mood.csv", index=False)
    arguments = ["--gold", "gold", "--only", "sentiment", "--models", "vader"]
    code, output, errors = run(capsys, "validate", *arguments)
    assert (code, errors) == (0, "")
    assert [line.split()[:5] for line in output.splitlines()[1:]] == [
        ["sentiment", "vader", "mood", "–", "correlation"]
    ]


def test_ctrl_c_is_one_line(place, capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.export.tables.run_steps", interrupted)
    assert run(capsys, "tables", "corpus") == (130, "", "parallax: stopped; nothing was written\n")
    assert left(place) == []


@pytest.mark.parametrize("command", ["report", "tables"])
def test_ctrl_c_while_tone_is_read_says_where_finished_work_is_kept(place, heard, capsys, monkeypatch, command):
    def stop(*_):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)

    read, score_texts = [], scores.score_texts

    def one_only(texts):
        read.extend(texts)
        return stop() if len(read) == 2 else score_texts(texts)

    kept = place / f"{command}.unfinished"
    with monkeypatch.context() as patch:
        patch.setattr(scores, "_BLOCK", 1)
        patch.setattr(scores, "TIMED", 1)
        patch.setattr(scores, "score_texts", one_only)
        assert run(capsys, command, "corpus") == (
            130,
            "",
            f"parallax: stopped; finished work is kept in '{kept}', the same command goes on there\n",
        )
    assert left(place) == [kept.name]
    again = []
    monkeypatch.setattr(scores, "score_texts", lambda texts: again.extend(texts) or score_texts(texts))
    assert main(["tables", "corpus", "--out", command]) == 0
    assert again[0] == read[1] and read[0] not in again
    assert left(place) == [command]


def test_a_second_ctrl_c_does_not_disturb_the_tidying_up(place, heard, capsys, monkeypatch):
    tidied = []

    def interrupted(*_, **__):
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        finally:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.01)
            tidied.append(True)

    monkeypatch.setattr("analysis.export.tables.run_steps", interrupted)
    assert run(capsys, "tables", "corpus") == (130, "", "parallax: stopped; nothing was written\n")
    assert tidied == [True]
    assert left(place) == []


def test_a_command_that_does_not_stop_can_be_told_again(heard, capsys, monkeypatch):
    monkeypatch.setattr("analysis.export.stopping.TIDYING", 0)
    told = []

    def deaf(options):
        while len(told) < 2:
            try:
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(5)
            except KeyboardInterrupt:
                told.append(time.monotonic())
        return 0

    monkeypatch.setattr(cli, "run_tables", deaf)
    assert run(capsys, "tables", "corpus") == (0, "", "")
    assert told[1] - told[0] < 5


def test_signals_that_the_process_ignores_stay_ignored(capsys, monkeypatch):
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        monkeypatch.setattr(cli, "run_tables", lambda options: os.kill(os.getpid(), signal.SIGINT) or 0)
        assert run(capsys, "tables", "corpus") == (0, "", "")
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_is_announced_is_a_line_of_its_own(capsys):
    cli._announce("tone: about 5 minutes")
    assert capsys.readouterr().err == "parallax: tone: about 5 minutes\n"


def test_any_other_error_is_one_sentence_unless_asked(place, capsys, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("a bug\nof ours\x1b[31m")

    monkeypatch.setattr("analysis.export.tables.run_steps", broken)
    assert run(capsys, "tables", "corpus") == (
        1,
        "",
        "parallax: failed with RuntimeError: a bug of ours[31m; PARALLAX_DEBUG=1 shows where\n",
    )
    monkeypatch.setenv("PARALLAX_DEBUG", "1")
    with pytest.raises(RuntimeError, match="a bug"):
        main(["tables", "corpus"])
    assert left(place) == []


@pytest.mark.parametrize(
    "arguments", [[], ["tables"], ["paint", "corpus"], ["check", "corpus", "--out", "x"], ["validate"]]
)
def test_wrong_arguments_show_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: parallax")


def test_help_explains_the_exit_codes(capsys):
    for arguments in (["--help"], ["report", "--help"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
        assert EXIT_CODES in capsys.readouterr().out


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom analysis.command import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('pandas', 'numpy', 'matplotlib', 'nbclient', 'jinja2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == f"parallax {__version__}\n[]\n"


def test_the_installed_command_does_not_import_the_readers_own_analysis(place):
    command = shutil.which("parallax", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if command is None:
        pytest.skip("the command parallax is not installed")
    done = subprocess.run([command, "check", "corpus"], capture_output=True, text=True, cwd=place, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_stops_listening_is_no_error(place):
    command = f'"{sys.executable}" -P -m analysis check corpus | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=place, check=False)
    assert (done.returncode, done.stderr) == (0, "")


TABLE = "Fundort,Wortlaut\n" + f'Post,"{ARTICLE.strip().replace(chr(34), chr(34) * 2)}"\n' * 3


def test_columns_can_be_named_and_the_error_says_so(place, capsys):
    (place / "own.csv").write_text(TABLE, encoding="utf-8")
    code, out, error = run(capsys, "check", "own.csv")
    assert (code, out) == (2, "")
    assert error.endswith("--columns THEIRS=text names another\n")
    code, out, _ = run(capsys, "check", "own.csv", "--columns", "Wortlaut=text")
    assert code == 2
    assert "--columns THEIRS=outlet says which names it" in out
    code, out, error = run(capsys, "check", "own.csv", "--columns", "Wortlaut=text, Fundort=outlet")
    assert (code, error) == (0, "")
    assert "  Post" in out
    named = ("--columns", "Wortlaut=text,Fundort=outlet", "--duplicates", "keep", "--model", "vader")
    assert run(capsys, "tables", "own.csv", *named)[0] == 0
    assert pd.read_parquet(place / "tables" / "articles.parquet")["outlet"].tolist() == ["Post"] * 3


@pytest.mark.parametrize("said", ["Wortlaut", "=text", "Wortlaut=", "a=text,b"])
def test_columns_that_cannot_be_read(place, capsys, said):
    with pytest.raises(SystemExit):
        main(["check", "corpus", "--columns", said])
    assert "is no THEIRS=OURS, such as Artikeltext=text" in capsys.readouterr().err
