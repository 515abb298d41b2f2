import re
from time import process_time

import pytest
from conftest import make_articles

from analysis import find_artefacts

PROSE = "The leaders met in Sochi on Monday and signed the pact."


def kinds_of(line: str) -> list[tuple[str, str]]:
    """Kind and text of what is found in a line between two of prose."""
    found = find_artefacts(make_articles(f"{PROSE}\n\n{line}\n\n{PROSE[:-1]}, too."))
    return list(found[["kind", "text"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (
            "Get the stories you care about delivered to your inbox. By signing up, you agree to our policy",
            "boilerplate",
        ),
        (
            "Newsletter Sign Up Please verify you're not a robot by clicking the box. Invalid email address.",
            "boilerplate",
        ),
        ("Where's Zuck? Facebook CEO silent as scandal unfolds Read more", "boilerplate"),
        ("JUST WATCHED Akin quits Replay More Videos ... MUST WATCH Akin quits 01:25", "boilerplate"),
        ("Read or Share this story: https://usat.ly/2MAltN5", "boilerplate"),
        ("For the whole speech, click here.", "boilerplate"),
        ("As Heard On Morning Edition Court Delays Part Of Law Listen · 3:33 3:33", "boilerplate"),
        ("Media playback is unsupported on your device Media caption Four things he did", "caption"),
        ("Image caption Rain falls on the White House", "caption"),
        ("Play Video 1:27 Police seen beating protesters – video", "caption"),
        ("Two leaders at the table in Sochi. | POLITICO", "caption"),
        ("The two men meet in Sochi. (Photo: Jack Gruber, USA TODAY)", "caption"),
        ("Updated at 7:50 p.m. ET", "date_header"),
        ("Contributing: Nicholas Wu and Deirdre Shesgreen", "credit"),
        ("Fox News' Matt Finn and The Associated Press contributed to this report.", "credit"),
    ],
)
def test_what_a_site_prints_around_its_prose(line, kind):
    assert kinds_of(line) == [(kind, line)]


def test_a_date_alone_in_its_line_above_furniture_breaks_nothing():
    found = find_artefacts(make_articles(f"Date: May 5, 2018\n\n{PROSE}\n\nInvalid email address"))
    assert found["kind"].tolist() == ["date_header", "boilerplate"]


@pytest.mark.parametrize(
    "line",
    [
        "They read more than they wrote, and nobody minded.",
        "His gift contributed to this success.",
        "The signing was delivered by hand, and the inbox stayed empty.",
        "Updated rules were signed in Sochi.",
        "In a long paragraph of some thirty words in all, where the story goes on and on about the leaders and their "
        "pact, the reader is at last told to click here for the rest of it.",
    ],
)
def test_prose_with_the_same_words_is_kept(line):
    assert kinds_of(line) == []


def test_a_gallery_inside_a_line_is_a_caption():
    gallery = (
        "Photos: Trump's rise Trump at age 4. Hide Caption 1 of 2 Photos: Trump's rise He, left. Hide Caption 2 of 2"
    )
    assert kinds_of(f"They met. {gallery} Then they left.") == [
        ("caption", gallery[: gallery.index(" Photos: Trump's rise He")]),
        ("caption", gallery[gallery.index("Photos: Trump's rise He") :]),
    ]


def test_the_card_of_a_link_inside_a_sentence_is_left_out():
    card = "Rafael (Ted) Edward CruzO'Rourke: Trump should resign GOP battens down the hatches MORE"
    assert kinds_of(f"They asked Sen. Ted Cruz {card} (R-Texas) to stay.") == [("boilerplate", card)]
    assert kinds_of("Sir Thomas MORE met Edward More there, and Cruz Cruz too.") == []


def test_who_wrote_a_post_is_left_out():
    assert kinds_of("They voted. — Guy Benson (@guypbenson) November 6, 2018 Then they left.") == [
        ("credit", "— Guy Benson (@guypbenson) November 6, 2018")
    ]
    assert kinds_of("They asked — all of them (@home and away) — on March 3, 2018.") == []


def test_the_last_sentence_of_a_line_can_be_a_credit():
    assert kinds_of('She said "no" to him. J. R. Smith and The Associated Press contributed to this report.') == [
        ("credit", "J. R. Smith and The Associated Press contributed to this report.")
    ]
    assert kinds_of("They signed it. (Reporting by Melissa Fares; Editing by P. Graff)") == [
        ("credit", "(Reporting by Melissa Fares; Editing by P. Graff)")
    ]


def test_who_the_author_is_stands_in_the_last_three_lines():
    line = "Chris Stirewalt is digital politics editor for Fox News, and his column appears on Fridays."
    found = find_artefacts(make_articles("\n\n".join([PROSE, PROSE + " Then.", line])))
    assert found["text"].tolist() == [line]
    assert found["kind"].tolist() == ["credit"]
    lines = [PROSE, line, *(f"They met again on day {day} of the talks." for day in range(3))]
    assert find_artefacts(make_articles("\n\n".join(lines))).empty


@pytest.mark.parametrize(
    "line",
    [
        "{Photos: }Hide Caption",
        "{Photos: }Hide Caption 1 of 2",
        "{Hide Caption 1 of 2 }",
        "{A-} MORE",
        "{Ab Ab1 } MORE",
        "{Ted Cruz Ted } MORE",
        "{contributed to this }report",
        "{. A contributed }",
        "{— a (@b) }",
    ],
)
def test_hostile_repetition_takes_linear_time(line):
    before, piece, after = re.fullmatch(r"(.*)\{(.*)\}(.*)", line).groups()

    def seconds(times: int) -> float:
        articles = make_articles(f"They met. {before}{piece * times}{after}")
        taken = []
        for _ in range(3):  # the collector of garbage may step in once
            started = process_time()
            find_artefacts(articles)
            taken.append(process_time() - started)
        return min(taken)

    seconds(100)
    assert seconds(40_000) < 12 * seconds(10_000) + 0.2


@pytest.mark.parametrize(
    "line",
    [
        "Kim Jong Un is expected to meet the Russian president in Moscow.",
        "Joe Biden is the first sitting president to walk a picket line.",
        "Robert Mueller is a former FBI director.",
        "Ms Daniels is also suing the president over the pact.",
        "Xi Jinping is likely to visit the host of the summit.",
        "Vladimir Putin is the president, and he said so.",
    ],
)
def test_the_last_line_of_a_story_is_no_note_on_its_author(line):
    assert find_artefacts(make_articles(f"{PROSE}\n\n{line}")).empty
