"""Every quotation of the five seeds as a careful reader gives it: who speaks, with which verb, through whom.

Each row was checked against its article by eye: where the code gives another answer, the code is wrong.
"""

import pandas as pd
import pytest

from analysis import find_quotes

# outlet, text with its marks, kind, speaker as printed, verb, channel, closed; in the order of the texts.
QUOTATIONS = [
    ("A", '"alliance"', "mixed", "Kim", "said", None, True),
    ("A", '"comprehensive strategic partnership"', "scare", None, None, None, True),
    (
        "A",
        '"The comprehensive partnership agreement signed today provides, among other things, for mutual '
        'assistance in the event of aggression against one of the parties to this agreement,"',
        "direct",
        "Putin",
        "said",
        None,
        True,
    ),
    (
        "A",
        '"In connection with this, Russia does not exclude for itself the development of '
        "military-technical cooperation with the Democratic People's Republic of Korea,\"",
        "direct",
        "Putin",
        "said",
        None,
        True,
    ),
    (
        "B",
        '"The comprehensive partnership agreement signed today provides, among other things, for mutual '
        'assistance in the event of aggression against one of the parties to this agreement,"',
        "direct",
        "Putin",
        "quoted",
        "state news agency TASS",
        True,
    ),
    ("B", "“defensive”", "mixed", "North Korean leader Kim Jong Un", "said", None, True),
    ("B", "“dearest friend of the Korean people”", "mixed", "North Korean leader Kim Jong Un", "praising", None, True),
    (
        "B",
        "“This powerful treaty represents... nothing less than a truly constructive, forward-looking, "
        "exclusively peace-loving and defensive document designed to protect and defend the fundamental "
        "interests of the peoples of the two countries,”",
        "direct",
        "Kim",
        "quoted",
        "Russian news agencies",
        True,
    ),
    ("B", "“strategic partnership”", "scare", None, None, None, True),
    ("B", "“new era”", "mixed", "Kim", "hailed", None, True),
    (
        "B",
        "“North Korea expresses full support and solidarity to the Russian government”",
        "mixed",
        "Kim",
        "saying",
        None,
        True,
    ),
    ("B", "“consistent and unwavering”", "mixed", "Putin", "saying", None, True),
    ("C", '"alliance"', "mixed", "the North's Kim Jong Un", "calling", None, True),
    ("C", '"comprehensive strategic partnership"', "mixed", "Kim", "announcing", None, True),
    (
        "C",
        '"The comprehensive partnership agreement signed today provides, among other things, for mutual '
        'assistance in the event of aggression against one of the parties to this agreement,"',
        "direct",
        "Putin",
        "said",
        None,
        True,
    ),
    ("C", '"strictly peace-loving and defensive"', "mixed", "Kim", "calling", None, True),
    (
        "C",
        '"Our two countries\' relations have been elevated to the new higher level of an alliance,"',
        "direct",
        "Kim",
        "said",
        None,
        True,
    ),
    ("C", '"unconditional support"', "mixed", "Kim", "expressed", None, True),
    ("C", '"all of Russia\'s policies"', "mixed", "Kim", "expressed", None, True),
    ("C", '"a full support and firm alliance"', "mixed", "Kim", "expressed", None, True),
    (
        "C",
        '"We highly appreciate your consistent and unwavering support for Russian policy, including in '
        'the Ukrainian direction,"',
        "direct",
        "Putin",
        "quoted",
        "Russian state news agency RIA",
        True,
    ),
    ("C", '"special military operation"', "mixed", "Moscow", "called", None, True),
    (
        "C",
        '"And I want to reaffirm that we will unconditionally and unwaveringly support all of Russia\'s policies,"',
        "direct",
        "Kim",
        "told",
        None,
        True,
    ),
    (
        "C",
        '"expresses full support and solidarity to the Russian government, army and people in carrying '
        "out a special military operation in Ukraine to protect sovereignty, security interests, as well "
        'as territorial integrity"',
        "mixed",
        "he",
        "said",
        None,
        True,
    ),
    ("C", '"pent-up inmost thoughts"', "mixed", "North Korean state media", "said", None, True),
    (
        "C",
        '"engine for accelerating the building of a new multi-polar world"',
        "mixed",
        "North Korea's state news agency KCNA",
        "said",
        None,
        True,
    ),
    ("C", '"Welcome Putin"', "scare", None, None, None, True),
    (
        "C",
        '"develop alternative trade and mutual settlement mechanisms not controlled by the West"',
        "mixed",
        "he",
        "promised",
        None,
        True,
    ),
    ("C", '"build an equal and indivisible security architecture in Eurasia"', "mixed", "he", "promised", None, True),
    ("D", '"breakthrough"', "mixed", "Russian President Vladimir Putin", "said", None, True),
    (
        "D",
        '"peaceful and defensive in nature."',
        "mixed",
        "The North Korean leader Kim Jong Un",
        "described",
        None,
        True,
    ),
    (
        "D",
        '"the provision of mutual assistance in the event of aggression against one of the parties to this agreement."',
        "mixed",
        "Putin",
        "said",
        None,
        True,
    ),
    ("D", '"Welcome Putin"', "mixed", "thousands of North Koreans", "chanted", None, True),
    ("D", '"the dearest friend of the Korean people"', "mixed", "Kim", "described", None, True),
    (
        "D",
        '"at this moment, when the whole world is paying close attention to Pyongyang, where the '
        "friendship mission from Russia has arrived, I stand with Russian comrades – our most honest "
        'friends and comrades."',
        "mixed",
        "Kim",
        "saying",
        None,
        True,
    ),
    ("D", '"beyond a certain point"', "mixed", "Chang Ho-jin", "warned", None, True),
    (
        "D",
        '"should take into consideration which among North Korea and South Korea will be more important '
        'to it, once Russia ends its war with Ukraine."',
        "mixed",
        "He",
        "said",
        None,
        True,
    ),
    ("D", '"unwavering"', "mixed", "Putin", "thanked", None, True),
    (
        "D",
        '"fight against the imperialist hegemonistic policies of the U.S. and its satellites against the '
        'Russian Federation."',
        "mixed",
        "the Russian leader",
        "say",
        None,
        True,
    ),
    (
        "D",
        '"in desperation, to develop and to strengthen relations with countries that can provide it with '
        'what it needs to continue the war of aggression that it started against Ukraine."',
        "mixed",
        "U.S. State Secretary Antony Blinken",
        "said",
        None,
        True,
    ),
    (
        "D",
        '"North Korea is providing significant munitions to Russia and other weapons for use in Ukraine. '
        "Iran has been providing weaponry, including drones, that have been used against civilians and "
        'civilian infrastructure,"',
        "direct",
        "Blinken",
        "told",
        None,
        True,
    ),
    (
        "D",
        '"We are of course also concerned about the potential support that Russia provides to North '
        "Korea when it comes to supporting their missile and nuclear programs.'",
        "direct",
        "Stoltenberg",
        "said",
        None,
        False,
    ),
    ("E", "“comprehensive strategic partnership”", "scare", None, None, None, True),
    ("E", "“strongest ever treaty”", "mixed", "Kim", "called", None, True),
    (
        "E",
        '“I have no doubt it will become a driving force accelerating the creation of a new multipolar world,"',
        "direct",
        "he",
        "quoted",
        None,
        True,
    ),
    ("E", "“Welcome Putin”", "mixed", "Huge crowds", "chanting", None, True),
    (
        "E",
        "“fight against the imperialist hegemonistic policies of the U.S. and its satellites against the "
        "Russian Federation.”",
        "mixed",
        "he",
        "said",
        None,
        True,
    ),
]
# Whom a pronoun or a role stands for, by outlet and the beginning of the quotation, for the test that resolves names.
RESOLVED = {
    ("C", '"expresses full support'): "Kim Jong Un",
    ("C", '"develop alternative trade'): "Vladimir Putin",
    ("C", '"build an equal'): "Vladimir Putin",
    ("D", '"should take into consideration'): "Chang Ho-jin",
    ("D", '"fight against the imperialist'): "Vladimir Putin",
    ("E", "“I have no doubt"): "Kim Jong Un",
    ("E", "“fight against the imperialist"): "Vladimir Putin",
}
# outlet, reported clause, speaker, channel: what the articles report without marks and a reader must not miss.
REPORTED = [
    ("A", "Moscow could develop military and technical cooperation with Pyongyang", "Putin", None),
    ("A", "included a mutual defence clause in the case of aggression against either country", "Putin", None),
    ("C", "included defensive elements", "the Russian leader", None),
    ("C", "the pact would expand cooperation in the areas of politics, economy and defence", "Kim", None),
    (
        "C",
        "Moscow was fighting the hegemonic, imperialist policy of the United States and its allies",
        "Putin",
        "Russian media",
    ),
    (
        "C",
        "they fear Russia could provide aid for North Korea's missile and nuclear programmes",
        "The United States and its allies",
        None,
    ),
    ("C", "weapons transfers", "Moscow and Pyongyang", None),
    ("D", "that Kyiv should use this occasion to rapproche Seoul", "many", None),
    (
        "E",
        "that security and international issues took up a large part of the talks with Kim",
        "Putin",
        "Russian state media",
    ),
    (
        "E",
        "that Russia would not rule out developing military-technical cooperation with North Korea under the deal",
        "He",
        None,
    ),
    ("E", "that the agreement was of a peaceful and defensive nature", "Kim", None),
    (
        "E",
        "Russia and North Korea also signed agreements on cooperation in the fields of healthcare, medical education, "
        "and science",
        "Russian state media",
        None,
    ),
]


@pytest.fixture(scope="module")
def found(seeds) -> pd.DataFrame:
    quotes = find_quotes(seeds).merge(seeds[["article", "text"]], on="article", suffixes=("", "_of_article"))
    # What the table says stands in the text at the places it gives.
    places = zip(quotes["text_of_article"], quotes["speaker_start"], quotes["speaker_end"], strict=True)
    printed = [None if pd.isna(start) else text[start:end] for text, start, end in places]
    return quotes.assign(speaker=pd.Series(printed, dtype=object)).astype(object).where(quotes.notna(), None)


@pytest.mark.parametrize("row", QUOTATIONS, ids=lambda row: f"{row[0]} {row[1][:40]}")
def test_quotation(found, row):
    outlet, text, *expected = row
    columns = ["kind", "speaker", "verb", "channel", "closed"]
    rows = found[(found["outlet"] == outlet) & (found["text"] == text) & (found["kind"] != "reported")]
    assert rows[columns].values.tolist() == [expected]


def test_no_other_quotation_is_found(found):
    marked = found[found["kind"] != "reported"]
    assert list(zip(marked["outlet"], marked["text"], strict=True)) == [row[:2] for row in QUOTATIONS]


@pytest.mark.parametrize("row", REPORTED, ids=lambda row: f"{row[0]} {row[1][:40]}")
def test_reported_clause(found, row):
    outlet, text, *expected = row
    rows = found[(found["outlet"] == outlet) & (found["text"] == text)]
    assert rows[["kind", "speaker", "channel"]].values.tolist() == [["reported", *expected]]


@pytest.mark.parametrize(("place", "name"), RESOLVED.items(), ids=lambda part: str(part)[:40])
def test_a_pronoun_or_role_is_resolved_to_whom_it_stands_for(seeds, place, name):
    quotes = find_quotes(seeds)
    outlet, beginning = place
    (speaker,) = quotes.loc[(quotes["outlet"] == outlet) & quotes["text"].str.startswith(beginning), "speaker"]
    assert speaker == name


def test_every_speaker_with_a_name_stands_under_it(seeds):
    """However often an article varies Kim, Kim Jong Un, the North Korean leader Kim Jong Un: it is one person."""
    quotes = find_quotes(seeds)
    named = set(quotes["speaker"].dropna())
    for name in ("Kim Jong Un", "Vladimir Putin", "Antony Blinken", "Jens Stoltenberg", "Chang Ho-jin", "KCNA"):
        assert name in named
        last = name.split()[0] if name.startswith("Kim") else name.split()[-1]
        assert {other for other in named if last in other.replace("-", " ").split()} <= {name}
