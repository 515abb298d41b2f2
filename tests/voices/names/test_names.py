from time import process_time

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, find_names
from analysis.tables import ARTEFACTS, NAMES, make_table
from analysis.voices.names.mentions import read_run
from analysis.voices.names.name_lists import name_lists

NONE = make_table(ARTEFACTS, [])


def named(text: str) -> list[tuple[str, str, str]]:
    found = find_names(make_articles(text), artefacts=NONE)
    return list(found[["text", "name", "kind"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("North Korean Foreign Minister Choe Son Hui", [("Choe Son Hui", "person")]),
        ("White House Press Secretary Sarah Sanders", [("White House", "organisation"), ("Sarah Sanders", "person")]),
        ("U.S. Secretary of State Antony Blinken", [("United States", "place"), ("Antony Blinken", "person")]),
        ("President of the United States", [("United States", "place")]),
        ("Texas Republican Ted Cruz", [("Texas", "place"), ("Ted Cruz", "person")]),
        ("Supreme Court Justice Sonia Sotomayor", [("Supreme Court", "organisation"), ("Sonia Sotomayor", "person")]),
        ("Martin Luther King Jr.", [("Martin Luther King Jr.", "person")]),
        ("Crown Prince Mohammed bin Salman", [("Mohammed bin Salman", "person")]),
        ("Prime Minister Theresa May", [("Theresa May", "person")]),
        ("George H.W. Bush", [("George H.W. Bush", "person")]),
        ("Entrusting Donald Trump", [("Donald Trump", "person")]),
        ("Kim Il Sung Square", [("Kim Il Sung Square", "place")]),
        ("Ryugyong Hotel", [("Ryugyong Hotel", "place")]),
        ("Anita Hill", [("Anita Hill", "person")]),
        ("Justice Department", [("Justice Department", "organisation")]),
        ("National Security Agency", [("National Security Agency", "organisation")]),
        ("University of California", [("University of California", "organisation")]),
        ("Gulf of Mexico", [("Gulf of Mexico", "place")]),
        ("Democratic People's Republic of Korea", [("North Korea", "place")]),
        ("U.S.-Russia", [("United States", "place"), ("Russia", "place")]),
        ("Russia-backed", [("Russia", "place")]),
        ("Kim Jong Un on Wednesday", [("Kim Jong Un", "person")]),
        ("Iraq War", []),
        ("Republicans", []),
        ("President", []),
        ("Monday", []),
    ],
)
def test_a_run_of_capitals(run, names):
    assert [(mention.name, mention.kind) for mention in read_run(run)] == names


def test_the_mentions_of_a_person_are_folded_to_the_fullest_name():
    text = (
        "Mr Kim met Vladimir Putin. President Putin thanked Kim Jong-un, and Kim Jong Un left. Putin's guest was Kim."
    )
    assert [name for _, name, _ in named(text)] == [
        "Kim Jong Un", "Vladimir Putin", "Vladimir Putin",
        "Kim Jong Un", "Kim Jong Un", "Vladimir Putin", "Kim Jong Un",
    ]  # fmt: skip


def test_a_shared_surname_is_that_of_the_one_named_more_often_or_first():
    once = "Kim Jong Un came with Kim Yo Jong. Then Kim spoke."
    assert named(once)[-1] == ("Kim", "Kim Jong Un", "person")
    twice = "Kim Jong Un came with Kim Yo Jong. Kim Yo Jong smiled. Then Kim spoke."
    assert named(twice)[-1] == ("Kim", "Kim Yo Jong", "person")


def test_a_son_of_the_same_name_is_another_person():
    names = {name for _, name, _ in named("Donald Trump Jr. left. Donald J. Trump stayed, and Donald Trump spoke.")}
    assert names == {"Donald Trump Jr.", "Donald J. Trump"}


def test_a_capital_that_acts_is_a_government_and_keeps_its_name():
    text = (
        "In Moscow they met. Moscow and Pyongyang have denied transfers. An envoy to Moscow warned them. Moscow is big."
    )
    assert [(name, kind) for _, name, kind in named(text)] == [
        ("Moscow", "place"), ("Moscow", "government"), ("Pyongyang", "government"),
        ("Moscow", "place"), ("Moscow", "place"),
    ]  # fmt: skip


def test_spellings_of_a_country_are_one_and_its_people_are_no_name():
    text = "The U.S. and the US are the United States. Americans and the French left the UK, that is, Britain."
    assert [name for _, name, _ in named(text)] == ["United States"] * 3 + ["United Kingdom"] * 2


def test_initials_are_the_body_that_is_printed_in_full():
    text = "The World Trade Forum (WTF) met. The WTF agreed. The XYZ did not."
    assert [name for _, name, _ in named(text)] == ["World Trade Forum"] * 3


def test_initials_are_nobodys_surname():
    assert [name for _, name, _ in named("Kim Jong Un faced sanctions of the UN.")] == ["Kim Jong Un", "UN"]


def test_a_capital_at_the_head_of_a_sentence_is_no_name():
    assert named("Critics said no. Talks failed. Voters, however, agreed.") == []
    assert named("Brexit came. Then Xylon said so. Xylon left.") == [
        ("Xylon", "Xylon", "person"),
        ("Xylon", "Xylon", "person"),
    ]
    assert named("They saw Xylon there.") == []  # nothing tells what it is


def test_unknown_words_are_a_person_if_the_last_stands_alone():
    assert named("They met Qwert Zuiop. Then Zuiop left.") == [
        ("Qwert Zuiop", "Qwert Zuiop", "person"),
        ("Zuiop", "Qwert Zuiop", "person"),
    ]
    assert named("They met Qwert Zuiop there.") == []


def test_a_town_is_a_person_once_somebody_of_that_name_is_printed():
    text = "They met in Lincoln. Then Abraham Lincoln came, and Lincoln spoke. They stayed in Lincoln."
    assert [kind for _, _, kind in named(text)] == ["place", "person", "person", "place"]


def test_a_square_called_after_a_person_is_a_place():
    assert named("A ceremony in Kim Il Sung square, for Kim Il Sung.") == [
        ("Kim Il Sung square", "Kim Il Sung square", "place"),
        ("Kim Il Sung", "Kim Il Sung", "person"),
    ]


def test_artefacts_are_left_out_and_an_empty_table_keeps_them():
    articles = make_articles("Angela Merkel spoke for an hour.\n\nImage Credit: Reuters")
    assert find_names(articles)["text"].tolist() == ["Angela Merkel"]
    assert find_names(articles, artefacts=NONE)["text"].tolist() == ["Angela Merkel", "Reuters"]


def test_an_artefact_is_no_evidence_and_moves_no_place():
    text = "Zuiop said\n\nThey met Qwert there, and Berlin was far."
    cut = pd.DataFrame({"article": ["a"], "start": [0], "end": [10], "kind": ["headline"], "text": ["Zuiop said"]})
    found = find_names(make_articles(text), artefacts=cut)
    assert found["text"].tolist() == ["Berlin"]
    assert text[found["start"].iloc[0] : found["end"].iloc[0]] == "Berlin"


def test_names_of_the_seeds(seeds):
    names = find_names(seeds)
    people = names[names["kind"] == "person"].groupby("outlet")["name"].agg(lambda some: sorted(set(some))).to_dict()
    kim, putin = "Kim Jong Un", "Vladimir Putin"
    assert people == {
        "A": [kim, putin],
        "B": [kim, putin],
        "C": [kim, putin, "Xi Jinping"],
        "D": ["Antony Blinken", "Chang Ho-jin", "Jens Stoltenberg", kim, putin],
        "E": ["Choe Son Hui", "Jo Yong Won", kim, "Kim Yo Jong", putin],
    }
    in_c = names[names["outlet"] == "C"].set_index("text")["kind"]
    assert in_c[["Ryugyong Hotel", "Kim Il Sung Square", "Kumsusan Palace"]].tolist() == ["place"] * 3
    assert set(names["kind"]) == {"person", "organisation", "place", "government"}


def test_columns_and_order():
    found = find_names(make_articles("Berlin and Paris.", "Rome."), artefacts=NONE)
    assert tuple(found.columns) == ("article", "outlet", "event", *NAMES[1:])
    assert found["article"].tolist() == ["a", "a", "b"]
    assert found["start"].is_monotonic_increasing or found.groupby("article")["start"].is_monotonic_increasing.all()


def test_a_missing_column_is_named():
    with pytest.raises(InputError) as error:
        find_names(make_articles("x").drop(columns="text"))
    assert str(error.value) == "find_names needs the column 'text'; the table has 'article', 'outlet', 'event'"


def test_no_list_holds_a_name_twice_or_blank():
    lists = name_lists()
    assert all(name.strip() == name != "" for name in (*lists.listed, *lists.first_names, *lists.surnames))
    assert set(lists.first_names.values()) == {"m", "f", "b"}


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ABk .-'’\n&oﬁİ\x00") | st.sampled_from("ZÉß,"), max_size=60))
def test_hostile_text_never_fails_or_overlaps(text):
    found = find_names(make_articles(text), artefacts=NONE)
    done = 0
    for start, end, part in zip(found["start"], found["end"], found["text"], strict=True):
        assert done <= start < end
        assert part == text[start:end]
        done = end


@pytest.mark.parametrize("part", ["A. ", "Mr. ", "Ab-", "Kim of ", "A&", "U.S.-", "Kim Il Sung ", "of the ", "Putin "])
def test_time_grows_with_the_text_and_no_faster(part):
    def seconds(text: str) -> float:
        started = process_time()
        find_names(make_articles(text), artefacts=NONE)
        return process_time() - started

    seconds(part * 10)
    short, long = seconds(part * 20_000), seconds(part * 80_000)
    assert long < 10 * short + 0.5
