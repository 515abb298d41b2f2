"""Who is mentioned where: names over the corpus, roles, pronouns, and what a user types."""

import time

import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, find_artefacts, find_targets, label_voices
from analysis.compare.tone.target_mentions import TARGETS

OBAMA = "President Barack Obama came. "


def printed(found: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Each mention as it stands in its sentence, with its entity and kind."""
    texts = [text[start:end] for text, start, end in zip(*map(found.get, TARGETS[-3:]), strict=True)]
    return list(zip(texts, found["entity"], found["mention"], strict=True))


def mentions(*texts: str, entities: list[str]) -> list[tuple[str, str, str]]:
    return printed(find_targets(make_articles(*texts), entities=entities))


def test_kims_dearest_friend_is_a_mention_of_putin_in_kims_words(seeds, spans):
    found = find_targets(seeds, entities=["Putin"], spans=spans)
    found = found[found["text"].str.contains("dearest friend")]
    assert printed(found) == [("Putin", "Putin", "name")] * 2
    # In both articles in the clause that is quoted in part, before the marks: described Putin as "the dearest …".
    assert found[["voice", "speaker"]].values.tolist() == [["reported", "Kim Jong Un"]] * 2


def test_a_mention_stands_where_it_says(seeds):
    found, texts = find_targets(seeds), seeds.set_index("article")["text"]
    assert tuple(found.columns) == TARGETS
    assert {"Vladimir Putin", "Kim Jong Un", "Russia"} <= set(found["entity"])
    assert set(found["mention"]) == {"name", "role", "pronoun"}
    assert set(found["voice"]) == {"own", "reported", "quote"}
    for row in found.itertuples():
        article = texts[row.article]
        assert article[row.start : row.end] == row.text[row.target_start : row.target_end]
        assert article[row.start - row.target_start :].startswith(row.text)


def test_artefacts_hold_no_mention():
    articles = make_articles("Barack Obama spoke.\n\nImage Credit: Barack Obama/AFP\n\nHe left.")
    nothing = find_artefacts(articles).iloc[:0]
    assert len(find_targets(articles, entities=["Obama"])) == 2
    assert len(find_targets(articles, entities=["Obama"], artefacts=nothing)) == 3


def test_a_mention_has_the_voice_of_its_stretch():
    text = '"Putin is wrong," said Joe Smith. Vladimir Putin left.'
    found = find_targets(make_articles(text), entities=["Putin"])
    assert found[["voice", "speaker"]].fillna("").values.tolist() == [["quote", "Joe Smith"], ["own", ""]]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (OBAMA + "Then the president left.", "the president"),
        (OBAMA + "Then the president-elect left.", None),
        (OBAMA + "Then the president of the club left.", None),
        (OBAMA + "President Donald Trump came. Then the president left.", None),
        (OBAMA + "Former President Bill Clinton came. Then the president left.", "the president"),
        ("Barack Obama came. Then the president left.", None),
        ("Vice President Barack Obama came. Then the president left.", None),
        ("Then-Sen. Barack Obama came. The president left.", None),
        ("American President Barack Obama came. The American leader left.", "The American leader"),
        ("American President Barack Obama came. The Russian leader left.", None),
    ],
)
def test_a_role_is_its_only_holder(text, role):
    roles = [place for place, _, kind in mentions(text, entities=["Obama"]) if kind == "role"]
    assert roles == ([role] if role else [])


@pytest.mark.parametrize(
    ("text", "pronouns"),
    [
        ("Barack Obama came. It rained. He left.", ["He"]),
        ("Barack Obama came. She left.", []),
        ("Barack Obama came. “He left,” Joe Smith said.", []),
        ("Barack Obama lost because he came late.", ["he"]),
        ("Barack Obama lost his case.", ["his"]),
        ("Barack Obama thanked Joe Smith for his help.", []),
        ("Barack Obama came. His plan failed.", ["His"]),
        ("They came. He left. So did Barack Obama.", []),
    ],
)
def test_a_pronoun_counts_where_it_is_clear(text, pronouns):
    assert [place for place, _, kind in mentions(text, entities=["Obama"]) if kind == "pronoun"] == pronouns


def test_one_name_in_all_articles():
    texts = ("Vladimir Putin came.", "President Putin left.", "So did Vladimir V. Putin.", "Then Vladimir Putin won.")
    found = find_targets(make_articles(*texts))
    assert set(found["entity"]) == {"Vladimir Putin"}
    assert found["article"].tolist() == ["a", "b", "c", "d"]


@pytest.mark.parametrize("other", ["Joseph R. Biden Jr.", "Joseph Biden", "Joe R. Biden"])
def test_short_first_names_and_juniors_are_one(other):
    found = find_targets(make_articles("Joe Biden came.", "Joe Biden left.", f"Then {other} won."))
    assert set(found["entity"]) == {"Joe Biden"}
    assert len(found) == 3


def test_two_people_of_one_last_name_are_kept_apart():
    both = "Kim Jong Un met Kim Yo Jong. "
    found = find_targets(make_articles(both, both))
    assert sorted(set(found["entity"])) == ["Kim Jong Un", "Kim Yo Jong"]
    both = "Donald Trump met Donald Trump Jr. on Monday."
    assert sorted(set(find_targets(make_articles(both, both))["entity"])) == ["Donald Trump", "Donald Trump Jr."]


def test_a_lone_last_name_is_whom_most_articles_of_the_event_name():
    bill, hillary, lone = "Bill Clinton came.", "Hillary Clinton came.", "Mrs. Clinton left."
    assert mentions(bill, hillary, lone, entities=["Hillary Clinton"]) == [
        ("Hillary Clinton", "Hillary Clinton", "name")
    ]
    found = mentions(bill, hillary, hillary, lone, entities=["Hillary Clinton"])
    assert [place for place, _, _ in found] == ["Hillary Clinton", "Hillary Clinton", "Clinton"]


def test_a_lone_last_name_in_another_event_needs_three_articles_of_four():
    texts = ["Bill Clinton came.", *["Hillary Clinton came."] * 3, "Mrs. Clinton left."]
    articles = make_articles(*texts).assign(event=["1", "1", "1", "1", "2"])
    assert find_targets(articles, entities=["Hillary Clinton"])["article"].tolist() == ["b", "c", "d", "e"]
    articles = articles.drop(index=1).reset_index(drop=True)  # two of three
    assert find_targets(articles, entities=["Hillary Clinton"])["article"].tolist() == ["c", "d"]


@pytest.mark.parametrize(
    ("typed", "text", "place"),
    [
        ("Obama", "Barack Obama came.", "Barack Obama"),
        ("obama", "Barack Obama came.", "Barack Obama"),
        ("Barack Obama", "Mr. Obama came.", "Obama"),
        ("Francois Hollande", "Then François Hollande came.", "François Hollande"),
        ("Congress", "The bill went to Congress.", "Congress"),
        ("Congress", "They held a congress.", None),
        ("United States Congress", "The bill went to Congress.", "Congress"),
        ("Republican Party", "Most Republicans agree.", "Republicans"),
        ("Republican Party", "Most republicans agree.", None),
        ("Democratic Party", "Most Democrats agree.", "Democrats"),
        ("Department of Justice", "The Justice Department agreed.", "Justice Department"),
        ("gun control", "Few want gun control now.", "gun control"),
        ("voter", "Most voters agree.", "voters"),
        ("Obama", "The Obamacare bill came.", None),
        ("Russia", "A Russian came.", None),
        ("Joe Smith", "Jane Smith came.", None),
        ("Ann", "Barack Obama came.", None),
    ],
)
def test_what_a_user_types(typed, text, place):
    assert mentions(text, entities=[typed]) == ([(place, typed, "name")] if place else [])


def test_of_two_people_a_last_name_is_whom_more_articles_name():
    texts = ("Hillary Clinton came.", "Hillary Clinton left.", "Bill Clinton left.")
    assert {place for place, _, _ in mentions(*texts, entities=["Clinton"])} == {"Hillary Clinton"}


def test_an_entity_has_other_names():
    articles = make_articles("The G.O.P. agreed. Grand Old men did not.")
    found = find_targets(articles, entities={"Republican Party": ["Grand Old men"]})
    assert printed(found) == [
        ("G.O.P.", "Republican Party", "name"),
        ("Grand Old men", "Republican Party", "name"),
    ]


def test_part_of_another_name_is_no_mention():
    assert mentions("The Congress Hotel burnt down.", entities=["Congress"]) == []


@pytest.mark.parametrize(
    ("entities", "message"),
    [
        ("Putin", "entities is the string 'Putin', but must be a list of names"),
        (["Putin", 7], "entities holds 7, but must hold names"),
        (["…"], "entities holds '…', but must hold names"),
        (
            pd.DataFrame({"entity": ["Putin"], "n": [7]}),
            "entities is a table with the columns 'entity', 'n', but must be a list of names, such as one of its "
            "columns",
        ),
        ({"Putin": "he"}, "the other names of 'Putin' are the string 'he', but must be a list of names"),
    ],
)
def test_what_is_no_list_of_names_is_refused(entities, message):
    with pytest.raises(InputError) as error:
        find_targets(make_articles("Putin came."), entities=entities)
    assert str(error.value) == message


def test_by_default_an_entity_is_in_two_articles_on_one_event():
    texts = ("Vladimir Putin came.", "Vladimir Putin left.", "Emmanuel Macron came.")
    assert set(find_targets(make_articles(*texts))["entity"]) == {"Vladimir Putin"}
    apart = make_articles(*texts).assign(event=["1", "2", "3"])
    assert len(find_targets(apart)) == 0
    assert list(find_targets(apart).columns) == list(TARGETS)
    none = make_articles(*texts).assign(event="")  # a corpus without events is one
    assert set(find_targets(none)["entity"]) == {"Vladimir Putin"}


def test_the_order_of_articles_changes_no_row(seeds):
    forwards, backwards = find_targets(seeds), find_targets(seeds.iloc[::-1].reset_index(drop=True))
    keys = ["article", "start", "entity"]
    pd.testing.assert_frame_equal(
        forwards.sort_values(keys, ignore_index=True), backwards.sort_values(keys, ignore_index=True)
    )


def test_given_spans_in_any_order_make_no_difference(seeds, spans):
    expected = find_targets(seeds, entities=["Putin"])
    shuffled = label_voices(seeds).sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(find_targets(seeds, entities=["Putin"], spans=shuffled), expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x0b\u2028",
        "he " * 5_000,
        "President Obama. " + "he, " * 5_000,
        "President Obama he " * 2_000,
        "President Obama. The president, he. " * 500,
        "the president of " * 5_000,
        "Obama’s " * 5_000,
        "İ" * 1_000 + " Barack Obama came.",
        "😀 Barack Obama came.",
    ],
)
def test_hostile_text(text):
    started = time.process_time()
    found = find_targets(make_articles(text), entities=["Obama", "president"])
    for row in found.itertuples():
        assert text[row.start : row.end] == row.text[row.target_start : row.target_end]
    assert time.process_time() - started < 10  # of these none takes two seconds


def test_a_list_of_one_name_is_no_thousand_mentions():
    assert len(find_targets(make_articles("Obama, " * 20), entities=["Obama"])) == 20
    assert len(find_targets(make_articles("Obama, " * 21), entities=["Obama"])) == 20
