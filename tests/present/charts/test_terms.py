"""Charts are tested by reading what was drawn back off the Axes, and by measuring where it stands."""

import itertools
import warnings
from types import SimpleNamespace

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from conftest import drawn, ticks
from IPython.core.formatters import DisplayFormatter
from matplotlib.colors import to_hex
from matplotlib.text import Text

from analysis import (
    InputError,
    group_outlets,
    plot_events,
    plot_groups,
    plot_labels,
    plot_outlets,
    plot_ranks,
    plot_reused,
    plot_sayings,
    plot_sentiment,
    plot_shared_words,
    plot_shift,
    plot_speakers,
    plot_target,
    plot_targets,
    plot_term_map,
    plot_terms,
    plot_verbs,
    plot_voices,
    plot_volume,
    use_style,
)
from analysis.compare.uncertainty import MIN_ARTICLES
from analysis.display import LONGEST, one_line, shorten, shorten_names
from analysis.present.charts.pieces import MOST_OUTLETS, name_outlets
from analysis.present.charts.style import (
    PALETTE,
    STYLE,
    WIDTH,
    _luminance,
    drawable,
    ink_on,
    outlet_looks,
    readable,
    text_width,
)
from analysis.present.charts.terms import MOST_ROWS

LONG = ["The International Herald of North Shields", "The International Herald of South Shields"]
TWELVE = [f"Outlet {letter} Daily News" for letter in "ABCDEFGHIJKL"]
HOSTILE = [
    "$\\frac{",
    "<script>",
    "_",
    "^",
    "x" * 200,
    "a\x00b\x1b[31m",
    "كوريا الشمالية",
    "朝鲜",
    "$$",
    "\\alpha",
    "\u202eabc",
]
TITLES = {
    plot_voices: "Words by voice",
    plot_terms: "Most distinctive terms, by article",
    plot_shared_words: "Words that all use",
    plot_ranks: "Ranks of distinctive terms",
    plot_sentiment: "Valence of sentences by voice",
    plot_speakers: "Whose words are quoted and reported",
    plot_verbs: "Reporting verbs",
    plot_reused: "Text shared word for word",
    plot_labels: "Labels of “pact”",
    plot_events: "Events, by outlet",
    plot_volume: "Articles a week",
    plot_outlets: "Difference on the events that both tell",
    plot_groups: "Outlets joined by shared text",
    plot_shift: "Words that make two differ",
    plot_term_map: "Words by rate and distinctiveness",
    plot_targets: "Tone by target and outlet",
    plot_target: "Tone about $\\frac{, by voice",
    plot_sayings: "Who says what about whom",
}
CHARTS = list(TITLES)
# These name pairs, groups or a single outlet, however many outlets there are.
OF_ONE_OR_TWO = (plot_outlets, plot_groups, plot_shift, plot_term_map)


@pytest.fixture(autouse=True)
def _clean_slate():
    yield
    plt.close("all")
    with matplotlib.rc_context():
        use_style()  # forgets the outlets that a test has named


def make_voices(outlets, *, articles=1):
    shares = itertools.cycle([(0.6, 0.26, 0.14), (0.97, 0.02, 0.01), (0.4, 0.23, 0.37)])
    rows = [
        (outlet, voice, round(1000 * share), share, articles)
        for outlet, three in zip(outlets, shares, strict=False)
        for voice, share in zip(("own", "reported", "quote"), three, strict=True)
    ]
    return pd.DataFrame(rows, columns=["outlet", "voice", "words", "share", "articles"])


def make_compared(outlets, *, articles=1, terms=None):
    terms = terms or [f"word{i}" for i in range(20)]
    rows = []
    for i, outlet in enumerate(outlets):
        for j, term in enumerate(terms):
            log_odds = 2 - ((i + j) % len(terms)) * 4 / len(terms)
            n = 1 + (i * 7 + j * 3) % 11
            rows.append((outlet, term, n, 1.5 * n, 1 + j % articles, articles, log_odds, log_odds / 0.4, np.inf))
    columns = ["outlet", "term", "n", "rate", "articles", "articles_total", "log_odds", "z", "log_ratio"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(
        log_odds_low=table["log_odds"] - 0.8, log_odds_high=table["log_odds"] + 0.8, stop_word=table["term"] == terms[0]
    )


def make_ranks(outlets):
    terms = [*HOSTILE, *(f"word{i}" for i in range(5))]
    rows = [
        (outlet, term, 1 + j, max(1, 1 + j - 2 * i), 4 + 9 ** (j % 6), unit, j % 3 == 0, 7 * j + 1, 1 + j % 2, 1 + i)
        for i, (outlet, unit) in enumerate(zip(outlets, itertools.cycle(["article", "sentence", "event"])))
        for j, term in enumerate(terms)
    ]
    columns = ["outlet", "term", "rank", "rank_low", "rank_high", "unit", "prior_dependent", "n", "articles",
               "articles_total"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def make_summary(outlets, *, unit="sentence", articles=1):
    rows = [
        (outlet, voice, articles, 10 + i, 0.1 * i - 0.1, 0.1 * i - 0.3, 0.1 * i + 0.2, unit)
        for i, (outlet, voice) in enumerate(itertools.product(outlets, ("own", "reported", "quote")))
    ]
    return pd.DataFrame(rows, columns=["outlet", "voice", "articles", "n", "mean", "low", "high", "unit"])


def make_speakers(outlets):
    names = ["Putin", "North Korean leader Kim Jong Un", None, "he", *HOSTILE]
    rows = [
        (outlet, name, voice, 1 + (7 * i) % 90, 0.1, 1)
        for i, (outlet, name, voice) in enumerate(itertools.product(outlets, names, ("quote", "reported")))
    ]
    return pd.DataFrame(rows, columns=["outlet", "speaker", "voice", "words", "share", "articles"])


def make_verbs(outlets):
    verbs = ["say", "warn", "according to", "characterise", *(f"verb{i}" for i in range(15))]
    rows = [(outlet, verb, 20 - i, (20 - i) / 230, 1) for outlet in outlets for i, verb in enumerate(verbs)]
    return pd.DataFrame(rows, columns=["outlet", "verb", "n", "share", "articles"])


def make_reused(outlets):
    rows = [
        (a, b, 100 if a == b else 7 * i, np.nan if a == b else i / len(outlets) ** 2)
        for i, (a, b) in enumerate(itertools.product(outlets, outlets))
    ]
    return pd.DataFrame(rows, columns=["a", "b", "words", "share"])


def make_labels(outlets):
    labels = ["deal", "special military operation", "treaty", *HOSTILE]
    rows = [
        ("pact", outlet, voice, label, (7 * i) % 12, 0.1, 1, 1)
        for i, (outlet, label, voice) in enumerate(itertools.product(outlets, labels, ("own", "reported", "quote")))
    ]
    columns = ["concept", "outlet", "voice", "label", "n", "share", "articles", "articles_total"]
    return pd.DataFrame(rows, columns=columns)


def make_events(outlets):
    titles = ["A short one", None, "A headline that is longer than any row of a chart can ever hold", *HOSTILE]
    rows = [
        (f"e{i}", title, len(outlets), outlet, 1 + (3 * i + j) % 12)
        for i, title in enumerate(titles)
        for j, outlet in enumerate(outlets)
    ]
    return pd.DataFrame(rows, columns=["event", "title", "outlets", "outlet", "articles"])


def make_volume(outlets):
    weeks = pd.date_range("2031-01-06", periods=20, freq="7D")
    rows = [
        (outlet, week, "week", (7 * i + 3 * j) % 1200)
        for j, outlet in enumerate(outlets)
        for i, week in enumerate(weeks)
    ]
    return pd.DataFrame(rows, columns=["outlet", "period", "unit", "articles"])


def make_pairs(outlets):
    rows = [
        (a, b, 25 + i, 0.03 * i - 0.1, 0.03 * i - 0.2, 0.03 * i, 100, 1000)
        for i, (a, b) in enumerate(itertools.combinations(sorted(outlets), 2))
    ]
    return pd.DataFrame(rows, columns=["a", "b", "events", "difference", "low", "high", "a_events", "b_events"])


def make_shift(outlets):
    a, b = (*outlets, "Another")[:2]
    words = ["pact", "comprehensive", *(f"word{i}" for i in range(25)), *HOSTILE]
    rows = [(a, b, word, 7 * i % 1300, 5, 0.2 * i, 3.0, 0.1 / (1 + i), 1, 1) for i, word in enumerate(words)]
    columns = ["a", "b", "term", "n_a", "n_b", "rate_a", "rate_b", "contribution", "a_articles", "b_articles"]
    return pd.DataFrame(rows, columns=columns)


def make_tones(outlets):
    rows = [
        (
            f"e{i}",
            entity,
            outlet,
            voice,
            (7 * i + 3 * j) % 9,
            1 + i,
            4.0 * k - j,
            4.0 * k - j - 2,
            4.0 * k - j + 3,
            unit,
        )
        for i, unit in enumerate(("sentence", "article"))
        for j, entity in enumerate(
            ["$\\frac{", "Vladimir Putin", "The Democratic People’s Republic of Korea", *HOSTILE[1:]]
        )
        for k, (outlet, voice) in enumerate(itertools.product(outlets, ("own", "reported", "quote", "all")))
    ]
    columns = ["event", "entity", "outlet", "voice", "n", "articles", "balance", "low", "high", "unit"]
    return pd.DataFrame(rows, columns=columns)


def make_sayings(outlets):
    speakers = [*((outlet, "own") for outlet in outlets), *((name, "all") for name in ["Putin", None, *HOSTILE])]
    rows = [
        (speaker, voice, entity, 1 + (37 * i) % 1200, ((7 * i + 3 * j) % 21 - 10) / 10)
        for i, (speaker, voice) in enumerate(speakers)
        for j, entity in enumerate(["Putin", "The Democratic People’s Republic of Korea", *HOSTILE])
    ]
    return pd.DataFrame(rows, columns=["speaker", "voice", "entity", "n", "mean"])


def make_joins(outlets):
    return group_outlets(make_reused(outlets))


def make_table(plot, outlets):
    makers = {
        plot_voices: make_voices,
        plot_sentiment: make_summary,
        plot_ranks: make_ranks,
        plot_speakers: make_speakers,
        plot_verbs: make_verbs,
        plot_reused: make_reused,
        plot_labels: make_labels,
        plot_events: make_events,
        plot_volume: make_volume,
        plot_outlets: make_pairs,
        plot_groups: make_joins,
        plot_shift: make_shift,
        plot_targets: make_tones,
        plot_target: make_tones,
        plot_sayings: make_sayings,
    }
    return makers.get(plot, make_compared)(outlets)


def note_of(ax):
    return " ".join(drawn(ax, "note")[0].get_text().split())


def headings(ax):
    return [text.get_text() for text in drawn(ax, "heading")]


def boxes(figure):
    """Every visible text with its place on the picture."""
    figure.canvas.draw()
    ticks_off = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not low <= tick.get_loc() <= high:
                    ticks_off.update([tick.label1, tick.label2])
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text() and t not in ticks_off]
    return [(text.get_text(), text.get_window_extent()) for text in texts]


@pytest.mark.parametrize("outlets", [["A"], LONG, list("ABCDE"), TWELVE], ids=len)
@pytest.mark.parametrize("plot", CHARTS)
def test_no_text_meets_another_or_leaves_the_picture(plot, outlets):
    figure = plot(make_table(plot, outlets)).figure
    found = boxes(figure)
    for (one, a), (other, b) in itertools.combinations(found, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        along = min(a.y1, b.y1) - max(a.y0, b.y0)
        # A text's box is as high as its highest letters could be, so that neighbouring lines may share two pixels.
        assert across <= 0.5 or along <= 3, (one, other)
    width, height = figure.canvas.get_width_height()
    for text, box in found:
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height, text


@pytest.mark.parametrize("outlets", [["A"], list("ABCDE"), TWELVE], ids=len)
@pytest.mark.parametrize("plot", CHARTS)
def test_every_chart_has_one_width_and_letters_large_enough_for_a_phone(plot, outlets):
    ax = plot(make_table(plot, outlets))
    assert ax.figure.get_size_inches()[0] == pytest.approx(5.2)
    assert ax.figure.dpi == 200
    assert min(text.get_fontsize() for text in ax.figure.findobj(Text)) >= 11
    assert ax.get_title() == TITLES[plot]


@pytest.mark.parametrize("plot", CHARTS)
def test_the_legend_stands_above_the_axes(plot):
    ax = plot(make_table(plot, TWELVE))
    ax.figure.canvas.draw()
    if ax.get_legend():
        assert ax.get_legend().get_window_extent().y0 >= ax.get_window_extent().y1


@pytest.mark.parametrize("plot", CHARTS)
def test_an_axes_that_is_given_is_drawn_on_and_the_input_stays(plot):
    table = make_table(plot, ["A", "B"])
    before = table.copy()
    _, ax = plt.subplots()
    size = plt.rcParams["font.size"]
    assert plot(table, ax=ax) is ax
    pd.testing.assert_frame_equal(table, before)
    assert plt.rcParams["font.size"] == size
    assert len(plt.get_fignums()) == 1


@pytest.mark.parametrize("plot", CHARTS)
def test_a_chart_is_the_same_to_the_byte_each_time(plot, tmp_path):
    for name in ("a.png", "b.png"):
        plot(make_table(plot, ["A", "B"])).figure.savefig(tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize("plot", CHARTS)
def test_the_users_settings_do_not_change_a_chart(plot, tmp_path):
    plot(make_table(plot, ["A", "B"])).figure.savefig(tmp_path / "a.png")
    with plt.style.context("dark_background"):
        ax = plot(make_table(plot, ["A", "B"]))
    ax.figure.savefig(tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize("rows_left", ["none", "missing"])
@pytest.mark.parametrize("plot", CHARTS)
def test_an_empty_table_gives_a_sentence(plot, rows_left):
    table = make_table(plot, ["A", "B"])
    table = (
        table.head(0)
        if rows_left == "none"
        else table.assign(
            share=np.nan,
            rate=np.nan,
            z=np.nan,
            mean=np.nan,
            words=np.nan,
            n=0,
            articles=0,
            difference=np.nan,
            contribution=np.nan,
            rank=np.nan,
            balance=np.nan,
        )
    )
    ax = plot(table)
    assert [text.get_text() for text in ax.texts] == ["no rows to draw"]
    ax.figure.canvas.draw()


@pytest.mark.parametrize(
    ("plot", "message"),
    [
        (plot_voices, "plot_voices needs the columns 'outlet', 'voice', 'share', 'articles'; the table has 'word'"),
        (
            plot_terms,
            "plot_terms needs the columns 'outlet', 'term', 'n', 'rate', 'articles', 'articles_total', 'log_odds', 'z'"
            "; the table has 'word'",
        ),
        (plot_shared_words, "plot_shared_words needs the columns 'outlet', 'term', 'n', 'rate'; the table has 'word'"),
        (
            plot_sentiment,
            "plot_sentiment needs the columns 'outlet', 'voice', 'articles', 'n', 'mean', 'low', 'high', 'unit'"
            "; the table has 'word'",
        ),
        (plot_speakers, "plot_speakers needs the columns 'outlet', 'speaker', 'voice', 'words'; the table has 'word'"),
        (plot_verbs, "plot_verbs needs the columns 'outlet', 'verb', 'n', 'share'; the table has 'word'"),
        (plot_reused, "plot_reused needs the columns 'a', 'b', 'share'; the table has 'word'"),
        (
            plot_labels,
            "plot_labels needs the columns 'concept', 'outlet', 'voice', 'label', 'n', 'share'; the table has 'word'",
        ),
        (plot_events, "plot_events needs the columns 'event', 'outlets', 'outlet', 'articles'; the table has 'word'"),
        (plot_volume, "plot_volume needs the columns 'outlet', 'period', 'unit', 'articles'; the table has 'word'"),
        (
            plot_outlets,
            "plot_outlets needs the columns 'a', 'b', 'events', 'difference', 'low', 'high'; the table has 'word'",
        ),
        (
            plot_shift,
            "plot_shift needs the columns 'a', 'b', 'term', 'n_a', 'n_b', 'rate_a', 'rate_b', 'contribution'"
            "; the table has 'word'",
        ),
        (
            plot_term_map,
            "plot_term_map needs the columns 'outlet', 'term', 'n', 'rate', 'articles', 'articles_total', 'z'"
            "; the table has 'word'",
        ),
        (
            plot_sayings,
            "plot_sayings needs the columns 'speaker', 'voice', 'entity', 'n', 'mean'; the table has 'word'",
        ),
        (plot_groups, "plot_groups needs the columns 'a', 'b', 'share'; the table has 'word'"),
    ],
)
def test_a_missing_column_is_named(plot, message):
    with pytest.raises(InputError) as error:
        plot(pd.DataFrame({"word": ["a"]}))
    assert str(error.value) == message


@pytest.mark.parametrize("plot", CHARTS)
def test_hostile_words_are_drawn_as_plain_text_without_a_warning(plot, tmp_path, caplog):
    outlets = ["$\\frac{", "_hidden", "朝鲜\x1b[31m"]
    table = make_table(plot, outlets)
    if "z" in table.columns and plot is not plot_ranks:  # whose terms are hostile already
        table = make_compared(outlets, terms=["first", *HOSTILE], articles=3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = plot(table)
        ax.figure.savefig(tmp_path / "chart.png")
    assert not caplog.records
    for text in ax.figure.findobj(Text):
        assert "\x1b" not in text.get_text() and "\u202e" not in text.get_text()


def test_hostile_words_survive_on_an_axes_of_the_users_own(tmp_path):
    figure, ax = plt.subplots()
    plot_terms(make_compared(["$A$", "_B"], terms=["first", *HOSTILE]), ax=ax)
    figure.savefig(tmp_path / "chart.png")
    assert "$\\frac{" in ticks(ax)


def test_outlets_keep_their_colour_across_charts():
    colours = []
    for plot in (plot_terms, plot_sentiment, plot_voices):
        found = drawn(plot(make_table(plot, ["C", "A", "B"])), "heading")
        assert [text.get_text() for text in found] == ["A", "B", "C"]
        colours.append([text.get_color() for text in found])
    assert colours[0] == colours[1] == colours[2] == [readable(colour) for colour in PALETTE[:3]]
    dots = drawn(plot_shared_words(make_compared(["C", "A", "B"])), "rates")
    assert [to_hex(line.get_color()) for line in dots] == list(PALETTE[:3])
    bars = plot_voices(make_voices(["C", "A", "B"])).patches
    assert [to_hex(bar.get_facecolor()) for bar in bars[::3]] == list(PALETTE[:3])


def test_an_outlets_colour_does_not_depend_on_the_order_of_the_rows_or_on_missing_rows():
    table = make_voices(list("ABC"))
    shuffled = table.iloc[::-1]
    assert outlet_looks(table["outlet"]) == outlet_looks(shuffled["outlet"])
    gone = table.assign(share=table["share"].where(table["outlet"] != "A", 0.0))
    assert to_hex(plot_voices(gone).patches[0].get_facecolor()) == PALETTE[1]


def test_an_outlet_changed_its_colour_where_another_was_missing_from_the_table():
    articles = pd.Series(["C", "A", "B", "A", None])
    with matplotlib.rc_context():
        use_style(articles)
        for plot in (plot_terms, plot_sentiment, plot_voices):
            colours = [text.get_color() for text in drawn(plot(make_table(plot, ["A", "C"])), "heading")]
            assert colours == [readable(PALETTE[0]), readable(PALETTE[2])]
        dots = drawn(plot_shared_words(make_compared(["C", "A"])), "rates")
        assert [to_hex(line.get_color()) for line in dots] == [PALETTE[0], PALETTE[2]]


def test_outlets_that_use_style_does_not_know_come_after_those_it_knows():
    with matplotlib.rc_context():
        use_style(["A", "C"])
    assert [outlet_looks(["B", "C", "D"])[outlet]["color"] for outlet in "BCD"] == [PALETTE[i] for i in (2, 1, 3)]


def test_use_style_without_outlets_forgets_them():
    with matplotlib.rc_context():
        use_style(["A", "B", "C"])
        assert outlet_looks(["C"])["C"]["color"] == PALETTE[2]
        use_style()
    assert outlet_looks(["C"])["C"]["color"] == PALETTE[0]


def test_the_name_of_one_outlet_is_not_a_list_of_letters():
    with pytest.raises(InputError) as error:
        use_style("Radio One")
    assert str(error.value) == (
        "use_style needs the names of the outlets, such as articles['outlet'], but was given the text 'Radio One'"
    )


def test_looks_stay_apart_for_many_outlets():
    looks = outlet_looks([f"{i:02}" for i in range(49)])
    assert len({(look["color"], look["marker"]) for look in looks.values()}) == 49


def test_headings_can_be_read_on_white():
    for colour in PALETTE:
        assert 1.05 / (_luminance(readable(colour)) + 0.05) >= 4.5
    assert (ink_on("#000000"), ink_on("#ffffff"), ink_on("#56B4E9")) == ("white", "#222222", "#222222")
    assert ink_on("#808080") == "#222222"
    assert ink_on("#777777") == "white"  # 4.48 to 1; the ink, which is not quite black, 3.6 to 1


def test_bars_are_as_long_as_the_shares():
    table = make_voices(list("ABC"))
    ax = plot_voices(table)
    assert [bar.get_width() for bar in ax.patches] == pytest.approx(list(table["share"]))
    assert [bar.get_x() for bar in ax.patches[:3]] == pytest.approx([0, 0.6, 0.86])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["own words", "reported", "quoted"]
    assert ax.get_xlabel() == "share of the article’s words"
    assert note_of(ax) == "One article per outlet: each bar is that article, not the outlet."


def test_a_number_stands_on_its_segment_or_beside_the_bar():
    ax = plot_voices(make_voices(list("AB")))
    assert [text.get_text() for text in drawn(ax, "aside")] == ["reported 2 %, quoted 1 %"]
    assert {"60 %", "26 %", "14 %", "97 %"} <= {text.get_text() for text in ax.texts}


def test_several_articles_are_the_outlets():
    ax = plot_voices(make_voices(list("AB"), articles=7))
    assert ax.get_xlabel() == "share of the outlet’s words"
    assert drawn(ax, "note") == []


def test_terms_stand_in_the_order_of_z_and_then_of_the_alphabet():
    table = make_compared(["A", "B"], terms=["stop", "b", "a", "c"])
    table["z"] = [9, 2, 2, 3, 9, 1, 5, -1]
    ax = plot_terms(table)
    assert headings(ax) == ["A", "B"]
    assert ticks(ax) == ["c", "a", "b", "a", "b"]
    first = table[(table["outlet"] == "A") & (table["term"] == "c")].iloc[0]
    assert drawn(ax, "dot")[0].get_xdata()[0] == first["log_odds"]
    assert list(drawn(ax, "interval")[0].get_xdata()) == [first["log_odds_low"], first["log_odds_high"]]
    texts = {text.get_text() for text in ax.texts}
    assert {str(first["n"]), f"{first['rate']:.1f}"} <= texts


def test_stop_words_are_left_out_unless_asked_for_and_the_chart_says_so():
    table = make_compared(["A", "B"], terms=["the", "deal"])
    assert "the" not in ticks(plot_terms(table))
    assert note_of(plot_terms(table)).endswith("Stop words left out.")
    assert "the" in ticks(plot_terms(table, stop_words=True))
    assert "Stop" not in note_of(plot_terms(table, stop_words=True))
    assert "Stop" not in note_of(plot_terms(table.drop(columns="stop_word")))
    shared = plot_shared_words(table)
    assert ticks(shared) == ["deal"] and note_of(shared).endswith("Stop words left out.")
    assert set(ticks(plot_shared_words(table, stop_words=True))) == {"the", "deal"}


def test_a_term_of_one_article_is_hollow_and_an_interval_within_one_article_dashed():
    ax = plot_terms(make_compared(["A", "B"], articles=3))
    hollow = [line.get_markerfacecolor() == "white" for line in drawn(ax, "dot")]
    assert 0 < sum(hollow) < len(hollow)
    assert {line.get_linestyle() for line in drawn(ax, "interval")} == {"-"}
    assert note_of(ax) == (
        "Line: 95 % interval. Hollow: found in one article only. Intervals take every word for an independent draw: no "
        "test. Stop words left out."
    )

    ax = plot_terms(make_compared(["A", "B"]))
    assert {line.get_markerfacecolor() for line in drawn(ax, "dot")} == {"white"}
    assert {line.get_linestyle() for line in drawn(ax, "interval")} == {"--"}
    assert note_of(ax) == (
        "One article per outlet: all dots are hollow (found in one article) and all 95 % intervals dashed (within that "
        "article, not for the outlet). Intervals take every word for an independent draw: no test. Stop words left out."
    )


def test_terms_without_intervals_are_drawn_as_dots():
    ax = plot_terms(make_compared(["A", "B"], articles=3).drop(columns=["log_odds_low", "log_odds_high", "stop_word"]))
    assert drawn(ax, "interval") == [] and len(drawn(ax, "dot")) == 20
    assert note_of(ax) == "Hollow: found in one article only. The table has no intervals."


def test_what_is_infinite_is_not_drawn():
    table = make_compared(["A", "B"])
    table.loc[table["term"] == "word1", "log_odds"] = np.inf
    table.loc[table["term"] == "word2", "log_odds_high"] = np.inf
    ax = plot_terms(table)
    assert "word1" not in ticks(ax) and "word2" in ticks(ax)
    ends = np.concatenate([line.get_xdata() for line in drawn(ax, "interval")])
    assert np.isfinite(ends).all() and len(drawn(ax, "interval")) < len(drawn(ax, "dot"))


@pytest.mark.parametrize("outlets", [2, 5, 7, 12, 30])
def test_terms_take_sixty_rows_at_most(outlets):
    ax = plot_terms(make_compared([f"{i:02}" for i in range(outlets)]))
    rows = len(drawn(ax, "dot")) + outlets
    assert rows <= MOST_ROWS
    assert ("of each outlet." in note_of(ax)) == (outlets > 5)


# Pairs and groups are chosen by what they have in common; see test_event_charts.
@pytest.mark.parametrize("plot", [plot for plot in CHARTS if plot not in OF_ONE_OR_TWO])
def test_outlets_beyond_thirty_are_counted_not_drawn(plot):
    names = [f"{i:03}" for i in range(MOST_OUTLETS + 1)]
    assert "outlets." not in "".join(t.get_text() for t in plot(make_table(plot, names[:-1])).texts)
    ax = plot(make_table(plot, names))
    assert f"The first {MOST_OUTLETS} of {MOST_OUTLETS + 1} outlets." in note_of(ax)
    # Their columns are counted too, where there are more than find room; in two charts they are rows.
    if plot not in (plot_verbs, plot_reused, plot_events, plot_labels, plot_targets, plot_sayings):
        assert len(headings(ax) or ax.get_legend().get_texts()) == MOST_OUTLETS


def test_shared_words_are_those_of_every_outlet_widest_spread_first():
    rows = [
        ("A", "deal", 5, 10.0), ("B", "deal", 5, 9.0), ("A", "pact", 1, 1.0), ("B", "pact", 8, 16.0),
        ("A", "aid", 4, 8.0), ("B", "aid", 0, 0.0),
    ]  # fmt: skip
    ax = plot_shared_words(pd.DataFrame(rows, columns=["outlet", "term", "n", "rate"]))
    assert ticks(ax) == ["pact", "deal"]
    a, b = drawn(ax, "rates")
    assert list(a.get_xdata()) == [1.0, 10.0] and list(b.get_xdata()) == [16.0, 9.0]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["A", "B"]
    assert [text.get_text() for text in ax.texts if text.get_text() in {"9", "1.0", "16.0"}] == ["9", "1.0", "16.0"]


def test_dots_of_outlets_with_the_same_rate_do_not_hide_each_other():
    table = make_compared(TWELVE, terms=["first", "deal"])
    ax = plot_shared_words(table.assign(rate=5.0, stop_word=False))
    heights = [line.get_ydata()[0] for line in drawn(ax, "rates")]
    assert len(set(heights)) == 12 and max(heights) - min(heights) < 1


def test_one_outlet_shares_no_word():
    ax = plot_shared_words(make_compared(["A"]))
    assert [text.get_text() for text in ax.texts] == ["no rows to draw"]


def test_sentiment_says_what_it_measures_and_dashes_what_lies_within_an_article():
    table = make_summary(["B", "A"])
    table.loc[0, ["low", "high"]] = np.nan
    ax = plot_sentiment(table)
    assert " ".join(ax.get_xlabel().split()) == "mean valence of sentences (−1 to 1)"
    assert headings(ax) == ["A", "B"]
    assert ticks(ax) == ["own words", "reported", "quoted"] * 2
    assert [line.get_xdata()[0] for line in drawn(ax, "dot")] == pytest.approx([0.2, 0.3, 0.4, -0.1, 0.0, 0.1])
    assert [line.get_marker() for line in drawn(ax, "dot")] == ["o", "s", "D"] * 2
    assert len(drawn(ax, "interval")) == 5  # the mean of one sentence has none
    assert {line.get_linestyle() for line in drawn(ax, "interval")} == {"--"}
    assert drawn(ax, "zero")[0].get_xdata()[0] == 0
    assert {"+0.20", "−0.10", "0.00", "13"} <= {text.get_text() for text in ax.texts}
    assert note_of(ax) == (
        "Dashed: 95 % interval within one article, not for the outlet. Each n counts sentences and parts of them."
    )
    solid = plot_sentiment(make_summary(["A"], unit="article", articles=MIN_ARTICLES))
    assert {line.get_linestyle() for line in drawn(solid, "interval")} == {"-"}
    assert note_of(solid) == "Line: 95 % interval over articles. Each n counts sentences and parts of them."


def test_an_interval_over_four_articles_is_not_drawn():
    ax = plot_sentiment(make_summary(["A"], unit="article", articles=MIN_ARTICLES - 1))
    assert drawn(ax, "interval") == []
    assert len(drawn(ax, "dot")) == 3
    assert note_of(ax) == (
        "No interval under 5 articles: it would be too narrow. Each n counts sentences and parts of them."
    )


def test_other_voices_follow_the_known_ones():
    table = make_summary(["A"]).replace({"voice": {"reported": "another"}})
    ax = plot_sentiment(table)
    assert ticks(ax) == ["own words", "quoted", "another"]
    assert [line.get_marker() for line in drawn(ax, "dot")] == ["o", "D", "^"]


def test_a_voice_keeps_its_shade_where_another_is_absent():
    table = make_voices(["A"])
    whole = plot_voices(table)
    part = plot_voices(table[table["voice"] != "reported"])
    assert part.patches[1].get_facecolor() == whole.patches[2].get_facecolor()
    assert [text.get_text() for text in part.get_legend().get_texts()] == ["own words", "quoted"]


def test_long_words_are_shortened_to_fit():
    assert text_width(shorten("W" * 200, 100, width=text_width)) <= 100
    assert shorten("W" * 200, 100, width=text_width).endswith("…")
    shown = name_outlets(LONG, 150)
    assert len(set(shown.values())) == 2
    assert all(text_width(name) <= 150 and "…" in name for name in shown.values())
    alike = ["Radio " + "x" * 99 + "y" * 99 + " One", "Radio " + "x" * 99 + "z" + "y" * 99 + " One"]
    assert shorten_names(dict(zip("ab", alike, strict=True)), 20) == {
        "a": "Radio xxx…yyyy One 1",
        "b": "Radio xxx…yyyy One 2",
    }


def test_a_name_that_already_has_a_number_keeps_it():
    names = {"a": "R", "b": "R", "c": "R 1"}
    assert shorten_names(names) == {"a": "R 2", "b": "R 3", "c": "R 1"}


def test_control_characters_are_taken_out_and_missing_letters_shown():
    assert one_line("a\x00b\n\tc\u202e\ud800") == "ab c"
    assert one_line("\x1b]0;x\x07a é 😀") == "]0;xa é 😀"
    assert len(one_line("x" * 10_000_000, longest=LONGEST)) == 400
    assert drawable("\U000e0041deal \U0001fae8") == "deal □"
    ax = plot_terms(make_compared(["A", "B"], terms=["first", "\U0001fae8"]))
    assert note_of(ax).endswith("□: a character that no font here has.")


def test_an_empty_chart_was_shown_in_notebooks():
    before, empty = plt.get_fignums(), make_voices(["A"]).head(0)
    assert [text.get_text() for text in plot_voices(empty).texts] == ["no rows to draw"]
    assert plt.get_fignums() == before  # closed: a notebook shows the figures that are open
    figure, ax = plt.subplots()
    assert plot_voices(empty, ax=ax) is ax
    assert plt.fignum_exists(figure.number)  # the reader's own


def test_an_empty_table_was_shown_in_notebooks(monkeypatch):
    formatter, table = DisplayFormatter(), make_voices(["A"])
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(display_formatter=formatter))
    before = formatter.format(table)
    with plt.rc_context():
        use_style()
    assert formatter.format(table) == before and set(before[0]) == {"text/plain", "text/html"}
    for empty in (table.head(0), table[[]]):
        assert formatter.format(empty)[0] == {"text/plain": "Nothing to show."}


def test_use_style_applies_the_style_and_nothing_else_does():
    with matplotlib.rc_context():
        use_style()
        assert plt.rcParams["figure.dpi"] == 200
        assert plt.rcParams["text.parse_math"] is False
        colours = plt.rcParams["axes.prop_cycle"].by_key()["color"]
        assert [to_hex(colour if "#" in colour else f"#{colour}") for colour in colours] == list(PALETTE)
    assert STYLE.name == "charts.mplstyle"
    assert WIDTH == pytest.approx(5.2 * 72)
