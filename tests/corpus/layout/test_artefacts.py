import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, find_artefacts
from analysis.corpus.layout.artefacts import find_agency, find_header_date, find_headline
from analysis.corpus.layout.line_kinds import CAPTION_WORDS, HEADLINE_WORDS, SUBHEAD_WORDS
from analysis.corpus.layout.repeated import REPEATED_IN, REPEATED_WORDS


def kinds(text: str, **columns) -> list[tuple[str, str]]:
    articles = make_articles(text).assign(**columns)
    return list(find_artefacts(articles)[["kind", "text"]].itertuples(index=False, name=None))


def test_every_artefact_of_the_seeds(seeds):
    found = find_artefacts(seeds)
    headline = "Russia and North Korea mutual defense deal"
    assert list(found[["outlet", "kind", "text"]].itertuples(index=False, name=None)) == [
        ("A", "date_header", "date 2024-06-20"),
        ("A", "dateline", "Seoul, June 19"),
        ("A", "agency", "— Reuters"),
        ("A", "headline", "Putin drives Kim in Russian-built limousine"),
        ("A", "dateline", "Moscow:"),
        ("A", "agency", "Reuters"),
        ("B", "date_header", "date 2024-06-19"),
        ("B", "dateline", "SEOUL:"),
        ("B", "credit", "Image Credit: AFP"),
        ("B", "credit", "Image Credit: Reuters"),
        ("C", "date_header", "date 2024-06-19"),
        ("C", "subhead", "'UNCONDITIONAL AND UNWAVERING SUPPORT'"),
        ("C", "subhead", "'ALTERNATE TRADE MECHANISM'"),
        ("D", "date_header", "date 2024-06-19"),
        ("D", "credit", "Vladimir Smirnov, Sputnik, Kremlin Pool Photo via AP"),
        ("D", "credit", "Kristina Kormilitsyna, Sputnik, Kremlin Pool Photo via AP"),
        ("E", "headline", headline),
        ("E", "repeated_headline", headline),
        ("E", "dateline", "PYONGYANG"),
        ("E", "repeated_headline", headline),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MOSCOW (Reuters) - Putin flew.", [("dateline", "MOSCOW (Reuters) -")]),
        ("DAVOS, Switzerland (AP) — He spoke.", [("dateline", "DAVOS, Switzerland (AP) —")]),
        ("New Delhi: The minister left.", [("dateline", "New Delhi:")]),
        ("He came. The talks: They failed.", []),
        ("WASHINGTON (Reuters) -Russian troops left.", [("dateline", "WASHINGTON (Reuters) -")]),
        ("LONDON/MOSCOW, June 19 (Reuters) - They met.", [("dateline", "LONDON/MOSCOW, June 19 (Reuters) -")]),
        ("COLORADO SPRINGS, Colo. -- He spoke.", [("dateline", "COLORADO SPRINGS, Colo. --")]),
        ("Putin: We will never leave.", []),
        ("Analysis: Why the pact matters now.", []),
        ("NATO — A defence alliance of 32 countries — is watching.", []),
        ("They met.\nWhat they said\nPutin: “We will sign.”\nHe left.", [("subhead", "What they said")]),
        ("They met.\nCopyright law was at the heart of the dispute.", []),
        ("They met.\nAdvertisement revenue fell by 3 percent.", []),
        ("They met.\nSee also the statement of the ministry.", []),
        ("They met.\nPictured alongside his daughter, Kim said war was near.", []),
        ("They met.\nFILE - Putin arrives in Pyongyang.\nHe left.", [("credit", "FILE - Putin arrives in Pyongyang.")]),
        ("They met.\nPhoto: KCNA via REUTERS.\nHe left.", [("credit", "Photo: KCNA via REUTERS.")]),
        (
            "They met.\n(Reporting by Guy Faulconbridge; Editing by Jon Boyle)",
            [("boilerplate", "(Reporting by Guy Faulconbridge; Editing by Jon Boyle)")],
        ),
        ("They met.\nReporting by Reuters has shown that he knew.", []),
        ("He left. (AFP)", [("agency", "(AFP)")]),
        ("He works for Reuters.", []),
        ("He met them.\nAP Photo/Evan Vucci\nHe left.", [("credit", "AP Photo/Evan Vucci")]),
        ("He met them.\nGetty Images sued the firm.\nHe left.", []),
        ("He met them.\nFILE PHOTO: A man in the square.\nHe left.", [("credit", "FILE PHOTO: A man in the square.")]),
        ("He met them.\nClick here to read on\nHe left.", [("boilerplate", "Click here to read on")]),
        ("Updated June 20, 2024\nHe met them.", [("date_header", "Updated June 20, 2024")]),
        ("Leaders meet in Pyongyang\nThey met.", [("headline", "Leaders meet in Pyongyang")]),
        ("They met in the morning.\nThe reaction\nChina said little.", [("subhead", "The reaction")]),
        ("They met\nand they left.", []),
        ("They agreed on:\n- trade and tourism\n- a new bridge\nThat was all.", []),
        ("Putin signs deal with Kim", []),
        ("Yes.\n" * 20, []),
        ("One two three\n\nFour five six\n\nSeven eight", []),
    ],
)
def test_lines(text, expected):
    assert kinds(text) == expected


def test_a_headline_given_in_the_table_is_found_in_the_text():
    assert kinds("Will they meet?\nThey met.", title="Will they meet?") == [("headline", "Will they meet?")]


def test_lines_wrapped_at_a_width_are_one_paragraph():
    text = "\n".join(["The leaders of the two countries signed a pact on Wednesday after"] * 4 + ["long talks."])
    assert kinds(text) == []


def test_a_short_line_is_furniture_from_the_fifth_article_on():
    texts = [f"They met on day {day}.\nMore news at ten.\nThey left on day {day}." for day in range(REPEATED_IN)]
    assert find_artefacts(make_articles(*texts, outlets="A" * 5))["text"].tolist() == ["More news at ten."] * 5
    assert find_artefacts(make_articles(*texts[1:], outlets="A" * 4)).empty
    assert find_artefacts(make_articles(*texts, outlets="AAAAB")).empty


@pytest.mark.parametrize(
    ("limit", "line", "kind"),
    [
        (
            HEADLINE_WORDS,
            "{words}\nThey met and they left and they came back and then they met again, all of them.",
            "headline",
        ),
        (SUBHEAD_WORDS, "They met in the morning.\n{words}\nThey left in the evening of that day.", "subhead"),
        (CAPTION_WORDS, "They met.\nFile photo: {words}.\nThey left.", "caption"),
    ],
)
def test_a_line_of_the_longest_length_and_one_of_a_word_more(limit, line, kind):
    taken = 2 if kind == "caption" else 0  # "File photo:" are words of the line
    longest = " ".join(["Word"] * (limit - taken))
    assert [found for found, _ in kinds(line.format(words=longest))] == [kind]
    assert kinds(line.format(words=longest + " word")) == []


def test_repeated_lines_that_end_like_a_sentence_must_stand_in_a_fifth_of_the_articles():
    def found(repeating: int, line: str) -> int:
        texts = [
            f"They met on day {day}.\n{line if day < repeating else f'Day {day}.'}\nIt was {day}." for day in range(30)
        ]
        articles = pd.DataFrame({"article": [str(day) for day in range(30)], "outlet": "A", "text": texts})
        return len(find_artefacts(articles))

    assert found(5, "More news at ten, and all") == 5
    assert found(4, "More news at ten, and all,") == 0
    assert found(6, "He did not respond.") == 6
    assert found(5, "He did not respond.") == 0
    fifteen = " ".join(["word"] * REPEATED_WORDS)
    assert found(6, f"{fifteen}.") == 6
    assert found(6, f"{fifteen} word.") == 0


def test_what_the_reader_asks_for():
    assert find_header_date(" date 2024-06-20 Seoul, June 19\n\nThey met.") == "2024-06-20"
    assert find_header_date("They met on 2024-06-20.") is None
    assert find_header_date("Updated at 12:50 p.m. ET\n\nThey met.") is None  # the hour alone is no day
    assert find_header_date("Updated at 12:50 p.m. ET\nPosted on June 20, 2024\n\nThey met.") == "June 20, 2024"
    assert find_headline("Leaders meet\nThey met.") == "Leaders meet"
    assert find_headline("They met.\n\nPutin drives Kim\n\nMoscow: He drove.") is None
    assert find_agency("MOSCOW (Reuters) - Putin flew.") == "Reuters"
    assert find_agency("They met. — AFP") == "AFP"
    assert find_agency("They met.\nImage Credit: AFP\nThey left.") is None


def test_no_text_no_artefacts():
    assert find_artefacts(make_articles("")).empty
    assert find_artefacts(pd.DataFrame({"article": ["a"], "text": [None]})).empty


def test_a_missing_column_is_named():
    with pytest.raises(InputError) as error:
        find_artefacts(pd.DataFrame({"article": ["a"]}))
    assert str(error.value) == "find_artefacts needs the column 'text'; the table has 'article'"


@pytest.mark.parametrize(
    "title",
    [
        "Eric Holder: Attorney General for life?", "Is Mitch McConnell next?", "Sen. Patrick Leahy: Focus on it",
        "Gov. Jan Brewer: \"I will do the right thing for Arizona\"", "Justice Dept. to replace lawyers in census case",
        "Will they show up to vote? Polls point to a lead", "Trump on the audio: 'What kind of lawyer would do that?'",
        "Is Iran's Attack on Bases the End of a Long Confrontation or Just the Beginning of Another?",
    ],
)  # fmt: skip
def test_a_title_may_ask_or_hold_a_colon(title):
    assert find_headline(f"{title}\nThe leaders met on Monday and left the town again without a word.") == title


@pytest.mark.parametrize(
    "first",
    [
        "Do you want to be ruled by somebody who is bought and paid for by another government?",
        "Who knows? Nobody does.", "“What would you do?” she asked.", "The mill burned. Who did it?", "“Why us?”",
    ],
)  # fmt: skip
def test_a_first_sentence_is_no_title(first):
    assert find_headline(f"{first}\nThe leaders met on Monday and left again.") is None


def test_a_question_that_opens_a_text_is_its_title_up_to_so_many_words():
    asked, prose = "who will " * 6, "The leaders met on Monday and left again."
    assert find_headline(f"W{asked[1:].strip()}?\n{prose}") is not None
    assert find_headline(f"W{asked[1:].strip()} pay?\n{prose}") is None


def test_a_question_inside_the_prose_is_no_subhead():
    assert kinds("They met.\nWho will pay?\nNobody knew.") == []
