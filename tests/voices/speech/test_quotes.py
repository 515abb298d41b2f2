from time import process_time

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, find_quotes
from analysis.tables import ARTEFACTS, NAMES, make_table
from analysis.voices.speech.marks import find_marked
from analysis.voices.speech.reading import read_speech


def marked(text: str, continued: str = "") -> list[tuple[str, bool]]:
    return [(text[q.content_start : q.content_end], q.closed) for q in find_marked(text, continued)]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ('He said "no" and left.', [("no", True)]),
        ("He said “no” and left.", [("no", True)]),
        ('He said “no" and left.', [("no", True)]),
        ('He said "no” and left.', [("no", True)]),
        ("He said ‘no’ and left.", [("no", True)]),
        ("He said 'no' and left.", [("no", True)]),
        ("He said «no» and left.", [("no", True)]),
        ("The leaders' pact, the '90s, rock 'n' roll, 'em", []),
        ("'The leaders' pact' it was", [("The leaders' pact", True)]),
        ("It's Putin's “dearest friend's” gift", [("dearest friend's", True)]),
        ("“He told me ‘go’ and I went,” she said.", [("He told me ‘go’ and I went,", True)]),
        ('“He told me "go" and I went,” she said.', [('He told me "go" and I went,', True)]),
        ('He said: "We are concerned.', [("We are concerned.", False)]),
        ("He said: \"We are concerned.'", [("We are concerned.", False)]),
        ('He said "We are. Then "no" came.', [("We are.", False), ("no", True)]),
        ('a 5" pipe and a 6" one', []),
        ("The 'sanctions' were lifted. Later the two countries' leaders met.", [("sanctions", True)]),
        ("Give 'em hell, the miners' union said, 'cause the workers' pay fell.", []),
        ("“Guten Tag,“ he said.", [("Guten Tag,", True)]),
        ("„Guten Tag,“ he said.", [("Guten Tag,", True)]),
        ("“He said “yes” to me,” she recalled.", [("He said “yes” to me,", True)]),
        ('He said:"we can" and left.', [("we can", True)]),
        ("« Nous sommes prêts », a-t-il dit. « Oui. »", [(" Nous sommes prêts ", True), (" Oui. ", True)]),
        ('""', []),
        ('" "', []),
        ('"', []),
    ],
)
def test_marks(text, contents):
    assert marked(text) == contents


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_closed():
    assert marked("“First part.", "“Second part,” he said.") == [("First part.", True)]
    assert marked("“First part.", "Second part.") == [("First part.", False)]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab.Z \"'“”‘’«»!-"), max_size=60))
def test_hostile_marks_never_fail_or_overlap(text):
    done = 0
    for quotation in find_marked(text):
        assert done <= quotation.start < quotation.content_start <= quotation.content_end <= quotation.end <= len(text)
        done = quotation.end


@pytest.mark.parametrize(
    ("text", "speaker", "verb"),
    [
        ('"We agree," Putin said.', "Putin", "said"),
        ('"We agree," said Putin.', "Putin", "said"),
        ('"We agree," Kim told Putin.', "Kim", "told"),
        ('"We agree," he added.', "he", "added"),
        ('"We agree," Putin was quoted as saying by TASS.', "Putin", "quoted"),
        ('"We agree," state agency RIA quoted Putin as saying.', "Putin", "quoted"),
        ('"We agree," the Russian leader said.', "the Russian leader", "said"),
        ("Stoltenberg said: “We are concerned.”", "Stoltenberg", "said"),
        ('Kim hailed a "new era" on Monday.', "Kim", "hailed"),
        ('Putin praised them, calling it a "new era" in trade.', "Putin", "calling"),
        ('It deepens ties, with Kim Jong Un calling it a "new era" in trade.', "Kim Jong Un", "calling"),
        ('Putin said Russia and Kim pledged help in a "new" pact they signed.', "Putin", "said"),
        ('The pact was an "engine of peace" for all, state media said.', "state media", "said"),
        ('They signed a "strategic" pact.', None, None),
        ('Kim said no. "We agree." The pact holds.', "Kim", "said"),
        ('The pledge of "mutual aid" stands.', None, None),
        ("'It is over,' Kim said. 'We won.' He left.", "Kim", "said"),
    ],
)
def test_speaker(text, speaker, verb):
    row = find_quotes(make_articles(text)).query("kind != 'reported'").iloc[0]
    found = (None if row.isna()["speaker"] else row["speaker"], None if row.isna()["verb"] else row["verb"])
    assert found == (speaker, verb)


def test_a_noun_that_brings_in_the_clause_does_not_take_the_speaker_from_a_verb_inside_it(seeds):
    quotes = find_quotes(seeds).query("kind != 'reported'")
    alliance = quotes[(quotes["outlet"] == "C") & (quotes["text"] == '"alliance"')]
    assert alliance["speaker"].tolist() == ["Kim Jong Un"]
    fight = quotes[(quotes["outlet"] == "D") & quotes["text"].str.contains("hegemonistic")]
    assert fight["speaker"].tolist() == ["Vladimir Putin"]


def test_the_second_half_of_a_quotation_has_the_speaker_of_the_first():
    quotes = find_quotes(make_articles('"We agree," Putin said. "We will sign."'))
    assert quotes["speaker"].tolist() == ["Putin", "Putin"]


@pytest.mark.parametrize(
    ("signature", "speaker"),
    [
        (" — Sen. John Kennedy, R-La.", "Sen. John Kennedy"),
        ("― Carla Sanchez.", "Carla Sanchez"),
        (" -- Ursula von der Leyen", "Ursula von der Leyen"),
        (" - NPR", "NPR"),
        (" — America was silent.", None),
        (" — that was all", None),
        (" — One Two Three Four Five Six Seven", None),
    ],
)
def test_a_quotation_can_be_signed_behind_a_dash(signature, speaker):
    text = f"“We win.”{signature}\n“They lose, all of them.” ― Ana Diaz"
    rows = find_quotes(make_articles(text), names=make_table(NAMES, []))
    assert [None if pd.isna(name) else name for name in rows["speaker"]] == [speaker, "Ana Diaz"]
    assert rows["verb"].isna().all()
    assert [text[start:end] for start, end in zip(rows["content_start"], rows["content_end"], strict=True)] == [
        "We win.",
        "They lose, all of them.",
    ]


def test_a_speaker_is_not_carried_over_sentences_in_between():
    text = '"We agree," Kim said. Putin stood next to him and frowned. Then came the minister. "It is a lie."'
    speakers = find_quotes(make_articles(text))["speaker"]
    assert speakers[0] == "Kim"
    assert speakers.isna()[1]


@pytest.mark.parametrize(
    "text",
    [
        "Kim ",
        "Mr. ",
        '"a ',
        "'as ",
        "Ab ",
        'Kim said "x" ',
        "said ",
        'x." ',
        "“",
        "said that ",
        "Kim said a, ",
        "''",
        "told Kim ",
    ],
)
def test_hostile_repetition_takes_linear_time(text):
    """Ten times the text may take at most fifty times the processor's time; quadratic time would be a hundred."""

    def seconds(times: int) -> float:
        articles = make_articles(text * times + '"x y" he said.')
        start = process_time()  # other programs on the machine do not count
        find_quotes(articles, artefacts=make_table(ARTEFACTS, []))
        return process_time() - start

    seconds(10)
    assert min(seconds(10_000) for _ in range(2)) < 50 * max(seconds(1_000), 0.01)


def test_offsets_are_code_points():
    text = "😀 Zoë said: “Café is closed.”"
    row = find_quotes(make_articles(text)).iloc[0]
    assert text[row["start"] : row["end"]] == row["text"] == "“Café is closed.”"
    assert text[row["content_start"] : row["content_end"]] == "Café is closed."
    assert text[row["speaker_start"] : row["speaker_end"]] == row["speaker"] == "Zoë"


def test_kinds():
    text = 'He said: "We agree on all." Kim called it "a new era". The "pact" holds.'
    assert find_quotes(make_articles(text))["kind"].tolist() == ["direct", "mixed", "scare"]


def test_three_words_that_nobody_spoke_are_held_at_a_distance_and_four_are_quoted():
    quotes = find_quotes(
        make_articles('The "special military operation" and the "very special military operation" go on.')
    )
    assert quotes["kind"].tolist() == ["scare", "mixed"]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Kim said that the pact holds.", "that the pact holds", "Kim"),
        ("Kim said the pact holds.", "the pact holds", "Kim"),
        ("The pact holds, Kim said.", "The pact holds", "Kim"),
        ("The pact holds, said Kim.", "The pact holds", "Kim"),
        ("The pact holds, according to Kim.", "The pact holds", "Kim"),
        ("According to Kim, the pact holds.", "the pact holds", "Kim"),
        ("Kim promised to sign the pact.", "to sign the pact", "Kim"),
        ("Kim told reporters on Monday that the pact holds.", "that the pact holds", "Kim"),
        ("Kim was quoted as saying that the pact holds.", "that the pact holds", "Kim"),
        ("Kim said the pact holds, but Putin denied it.", "the pact holds", "Kim"),
    ],
)
def test_reported_speech(text, content, speaker):
    row = find_quotes(make_articles(text)).iloc[0]
    assert (row["kind"], row["text"], row["speaker"], row["closed"]) == ("reported", content, speaker, True)
    assert (row["content_start"], row["content_end"]) == (row["start"], row["end"])


def test_told_without_a_clause_reports_nothing():
    assert find_quotes(make_articles("Kim told Putin. They met.")).empty


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Kim said that the pact is “new” to us.", "that the pact is “new” to us"),
        ("“We agree,” Kim said. “We sign.”", "We agree,” Kim said. “We sign."),
        ("“We agree,” Kim said, “and we sign.”", "We agree,” Kim said, “and we sign."),
        ("“We agree,” said Rep. Kim. “We sign.”", "We agree,” said Rep. Kim. “We sign."),
        ("“We agree,” Kim said.\n“We sign.”", "We agree,” Kim said.\n“We sign."),
    ],
)
def test_the_content_is_the_clause_or_the_joined_quotation(text, content):
    quotes = find_quotes(make_articles(text)).query("kind != 'reported'")
    assert {text[start:end] for start, end in zip(quotes["content_start"], quotes["content_end"], strict=True)} == {
        content
    }


def test_the_answer_of_another_speaker_is_not_joined():
    quotes = find_quotes(make_articles("“We agree,” Kim said. “We do not,” Putin said."))
    assert quotes["speaker"].tolist() == ["Kim", "Putin"]
    assert quotes["content_start"].nunique() == 2


def test_two_apostrophes_are_one_mark():
    row = find_quotes(make_articles("''We agree,'' Kim said.")).iloc[0]
    assert (row["text"], row["kind"], row["speaker"]) == ("''We agree,''", "direct", "Kim")


def test_the_only_marks_of_an_article_may_be_grave_accents():
    assert find_quotes(make_articles("The ``deal'' is off."))["text"].tolist() == ["``deal''"]
    assert find_quotes(make_articles("The `deal is off.")).empty


@pytest.mark.parametrize(("stop", "kind"), [(".", "scare"), (",", "mixed")])
def test_a_closing_mark_on_the_next_line_does_not_hide_the_stop_before_it(stop: str, kind: str):
    text = f'It was "over{stop}\n" Kim hailed it.'  # behind a stop the words are not Kim's
    assert read_speech(text, [(0, len(text))])[0][2] == kind


@pytest.mark.parametrize(
    "text",
    [
        "Last week, a known thief was made the star of a parade.",
        "The state had more than 9,600 confirmed cases of the virus.",
        "It was getting upwards of 1,000 calls an hour.",
        "His proposed ban would not have stopped the attack.",
        "They were to vote on the proposed ban.",
    ],
)
def test_an_adjective_or_a_noun_reports_nothing(text):
    assert find_quotes(make_articles(text)).empty


def test_what_this_or_that_suggests_nobody_says():
    assert find_quotes(make_articles("That suggests something else is going on.")).empty


@pytest.mark.parametrize(
    "text",
    ["There is concern that the crisis could be just beginning.", "The claim that Putin had lied was new."],
)
def test_neither_there_nor_an_article_is_a_speaker(text):
    assert find_quotes(make_articles(text))["speaker"].isna().tolist() == [True]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("France 24 reported the strike killed twelve.", "France 24"),
        ("The strike killed twelve, Channel 4 said.", "Channel 4"),
        ("The Group of 20 said the war was wrong.", "The Group of 20"),
        ("Witness A said the car was red.", "Witness A"),
        ("A friend of his claimed the deal was dead.", "A friend of his"),
        ("People who knew her said the car was red.", "People who knew her"),
    ],
)
def test_a_speaker_may_end_with_a_number_a_letter_or_a_pronoun(text, speaker):
    assert find_quotes(make_articles(text))["speaker"].tolist() == [speaker]


def test_reported_speech_of_the_seeds(seeds):
    quotes = find_quotes(seeds).query("kind == 'reported'")
    policy = quotes[quotes["text"].str.startswith("Moscow was fighting the hegemonic, imperialist policy")]
    assert policy[["outlet", "speaker"]].values.tolist() == [["C", "Vladimir Putin"]]
    nature = quotes[quotes["text"].str.startswith("that the agreement was of a peaceful")]
    assert nature[["outlet", "speaker"]].values.tolist() == [["E", "Kim Jong Un"]]


def test_state_media_speak_of_a_multipolar_world(seeds):
    quotes = find_quotes(seeds)
    world = quotes[quotes["text"].str.contains("new multi-polar world")]
    assert world["speaker"].tolist() == ["KCNA"]


def test_a_subhead_in_marks_is_no_quotation(seeds):
    assert not find_quotes(seeds)["text"].str.contains("ALTERNATE TRADE MECHANISM").any()


def test_quotations_of_the_seeds(seeds):
    quotes = find_quotes(seeds).query("kind != 'reported'")
    assert quotes.groupby("outlet").size().to_dict() == {"A": 4, "B": 8, "C": 17, "D": 13, "E": 5}
    unclosed = quotes[~quotes["closed"]]
    assert unclosed["outlet"].tolist() == ["D"]
    assert unclosed["speaker"].tolist() == ["Jens Stoltenberg"]
    assert unclosed["text"].iloc[0].endswith("their missile and nuclear programs.'")
    friend = quotes[quotes["text"].str.contains("dearest friend")]
    assert friend["speaker"].tolist() == ["Kim Jong Un", "Kim Jong Un"]
    assistance = quotes[quotes["text"].str.contains("mutual assistance in the event of aggression")]
    assert assistance["outlet"].tolist() == ["A", "B", "C", "D"]
    assert assistance["speaker"].tolist() == ["Vladimir Putin"] * 4


def test_a_missing_column_is_named():
    with pytest.raises(InputError) as error:
        find_quotes(make_articles("x").drop(columns="text"))
    assert str(error.value) == "find_quotes needs the column 'text'; the table has 'article', 'outlet', 'event'"


@pytest.mark.parametrize(("words", "contents"), [(40, 1), (41, 2)])
def test_a_quotation_goes_on_behind_a_tag_of_at_most_40_words(words, contents):
    tag = " ".join(["Kim", *["very"] * (words - 2), "said."])
    quotes = find_quotes(make_articles(f"“We agree,” {tag} “We sign.”")).query("kind == 'direct'")
    assert quotes["content_start"].nunique() == contents


@pytest.mark.parametrize(("length", "found"), [(799, 799), (800, 800), (801, 800)])
def test_a_clause_reaches_800_characters_from_its_verb(length, found):
    clause = " that " + "x" * (length - len(" that "))
    row = find_quotes(make_articles(f"Kim said{clause}.")).iloc[0]
    assert (row["verb"], row["end"] - len("Kim said")) == ("said", found)
    text = "A" + "x" * (length - 2) + ","
    row = find_quotes(make_articles(f"{text}Kim said.".replace(",Kim", ", Kim"))).iloc[0]
    assert row["speaker"] == "Kim"
    assert row["end"] - row["start"] == min(length - 1, 800 - len(", Kim "))


@pytest.mark.parametrize(("words", "found"), [(13, 13), (14, 14), (15, 14)])
def test_a_subject_has_at_most_14_words(words, found):
    subject = " ".join(["the", *["grey"] * (words - 2), "envoy"])
    row = find_quotes(make_articles(f"On Monday, {subject} said that the pact holds.")).iloc[0]
    assert row["speaker"].split() == subject.split()[-found:]


@pytest.mark.parametrize(("length", "found"), [(998, 1), (999, 0)])
def test_single_marks_hold_less_than_a_thousand_characters(length, found):
    assert len(find_marked(f"He said '{'x' * length}' then")) == found


@pytest.mark.parametrize(
    ("text", "speaker", "channel"),
    [
        ('"We agree," Putin was quoted as saying by TASS.', "Putin", "TASS"),
        (
            '"We agree," Putin was quoted as saying by Russian news agencies on Monday.',
            "Putin",
            "Russian news agencies",
        ),
        ('"We agree," Russian state agency RIA quoted Putin as saying.', "Putin", "Russian state agency RIA"),
        ('"We agree," Putin said on Monday, according to TASS.', "Putin", "TASS"),
        ('Putin said: "We agree," Russian media reported.', "Putin", "Russian media"),
        ("Putin said the pact holds, Russian media reported.", "Putin", "Russian media"),
        ("Putin said that the pact holds, according to Russian state media.", "Putin", "Russian state media"),
        ("Putin was quoted as saying by TASS that the pact holds.", "Putin", "TASS"),
        ("TASS quoted Putin as saying that the pact holds.", "Putin", "TASS"),
        ('"We agree," Putin told TASS.', "Putin", None),
        ("The pact holds, according to TASS.", "TASS", None),
        ("The pact holds, TASS reported.", "TASS", None),
    ],
)
def test_the_channel_is_who_passed_the_words_on(text, speaker, channel):
    quotes = find_quotes(make_articles(text))
    assert quotes["speaker"].tolist() == [speaker]
    assert [None if pd.isna(name) else name for name in quotes["channel"]] == [channel]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The United States and its allies said the pact is dead.", "The United States and its allies"),
        ("He left Putin and his aides said the pact is dead.", "his aides"),
        ("It is watched by Seoul and Washington, which have expressed concern about the pact.", "Seoul and Washington"),
        ("Chang, the adviser and a former envoy said the pact is dead.", "Chang"),
        ("After thousands of people said the pact is dead, they left.", "thousands of people"),
        ('"We agree," said conservative activist Bob Klaus.', "conservative activist Bob Klaus"),
        ('"We agree," Daily News editor Josh Greenman told the paper.', "Daily News editor Josh Greenman"),
        ('"We agree," Senator Harry Reid (D-Nev.) said.', "Senator Harry Reid"),
        ('Kim said:\n"We agree."', "Kim"),
    ],
)
def test_the_whole_subject_speaks(text, speaker):
    first = find_quotes(make_articles(text)).iloc[0]
    assert text[first["speaker_start"] : first["speaker_end"]] == speaker


def test_a_quotation_over_paragraphs_is_one_speakers_from_its_first_part():
    quotes = find_quotes(make_articles("“We agree.\n\n“We sign,” Kim said."))
    assert quotes["speaker"].tolist() == ["Kim", "Kim"]
    assert quotes["content_start"].nunique() == 1


def test_an_answer_with_its_own_tag_is_not_joined():
    quotes = find_quotes(make_articles("“Who goes?” Kim asked.\n“Out!” the crowd hollered."))
    assert quotes["content_start"].nunique() == 2


def test_the_name_of_a_show_is_not_spoken():
    quotes = find_quotes(make_articles('On NBC\'s "Meet the Press," Kim said that the pact holds.'))
    assert quotes.query("kind == 'scare'")["text"].tolist() == ['"Meet the Press,"']


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('Kim called him "rude" and walked off.', 'him "rude"'),
        ('Kim called him "rude," without a smile.', 'him "rude"'),
        ('Kim called him "rude" in tone.', 'him "rude" in tone'),
    ],
)
def test_a_fragment_ends_where_another_act_begins(text, content):
    row = find_quotes(make_articles(text)).iloc[0]
    assert text[row["content_start"] : row["content_end"]].rstrip(',"') == content.rstrip('"')


def test_words_that_bring_in_the_same_content_make_one_row():
    quotes = find_quotes(make_articles("Kim said in an interview that the pact holds."))
    assert quotes[["speaker", "verb", "text"]].values.tolist() == [["Kim", "said", "that the pact holds"]]
