import pandas as pd
import pytest
from conftest import make_articles

from analysis import InputError, find_names, find_quotes


def speakers(text: str) -> list[tuple[str, str]]:
    """Each speaker as printed, and the name it stands for."""
    quotes = find_quotes(make_articles(text))
    quotes = quotes[quotes["speaker"].notna()]
    places = zip(quotes["speaker_start"], quotes["speaker_end"], quotes["speaker"], strict=True)
    return [(text[start:end], speaker) for start, end, speaker in places]


KIM = "Kim Jong Un met Vladimir Putin. "


@pytest.mark.parametrize(
    ("text", "printed", "speaker"),
    [
        (KIM + 'Putin said: "We agree."', "Putin", "Vladimir Putin"),
        (
            KIM + '"We agree," Russian President Vladimir Putin said.',
            "Russian President Vladimir Putin",
            "Vladimir Putin",
        ),
        ('"We agree," North Korea\'s state news agency KCNA said.', "North Korea's state news agency KCNA", "KCNA"),
        (KIM + '"We agree," the Russian leader said.', "the Russian leader", "the Russian leader"),
        (KIM + '"We agree," a spokesman for Putin said.', "a spokesman for Putin", "a spokesman for Putin"),
        (KIM + '"We agree," they said.', "they", "they"),
        (KIM + '"We agree," I said.', "I", "I"),
        ('The U.S. said: "We agree."', "U.S.", "United States"),
    ],
)
def test_a_printed_speaker_is_the_name_at_its_head(text, printed, speaker):
    assert (printed, speaker) in speakers(text)


@pytest.mark.parametrize(
    ("text", "printed", "speaker"),
    [
        ('"I agree," Kim Jong Un told Vladimir Putin. "We will help", he said.', "he", "Kim Jong Un"),
        ('Angela Merkel met Emmanuel Macron. "We agree," she said.', "she", "Angela Merkel"),
        ('Angela Merkel met Emmanuel Macron. "We agree," he said.', "he", "Emmanuel Macron"),
        ('Emmanuel Macron came. "We agree," she said.', "she", "she"),
        ('Ms. Zuiop met Mr. Qwert. "We agree," she said.', "she", "Zuiop"),
        ('Vladimir Putin came. "Angela left," a spokesman said. "We agree," he added.', "he", "he"),
        ('Mr. Macron said no. "Boris Johnson is right." It rained. "We agree," he said.', "he", "Macron"),
        ('Vladimir Putin came.\n\nIt rained in Berlin.\n\n"We agree," he said.', "he", "Vladimir Putin"),
        ('Donald Trump won. Though he did not name Marco Rubio, he said: "I agree."', "he", "Donald Trump"),
        ('Antonin Scalia wrote. The Fisher case was heard. "I agree," he said.', "he", "Antonin Scalia"),
        ('"We agree," he said.', "he", "he"),
    ],
)
def test_a_pronoun_is_the_nearest_earlier_speaker_or_subject(text, printed, speaker):
    assert speakers(text)[-1] == (printed, speaker)


def test_a_pronoun_is_not_looked_for_far_back():
    near = "Vladimir Putin came.\n\n" + '"We agree," he said.'
    far = "Vladimir Putin came.\n\n" + "Angela Merkel left.\n\n" * 2 + '"We agree," he said.'
    assert speakers(near) == [("he", "Vladimir Putin")]
    assert speakers(far) == [("he", "he")]


def test_the_person_before_an_apposition_speaks():
    text = (
        'Chang Ho-jin, the South Korean adviser and a former ambassador to Russia warned him against going "too far".'
    )
    assert speakers(text) == [("Chang Ho-jin", "Chang Ho-jin")]


def test_pronouns_of_the_seeds(seeds):
    quotes = find_quotes(seeds)
    for outlet, words, speaker in [
        ("E", "I have no doubt it will become a driving force", "Kim Jong Un"),
        ("E", "that Russia would not rule out developing", "Vladimir Putin"),
        ("C", "expresses full support and solidarity", "Kim Jong Un"),
        ("C", "engine for accelerating", "KCNA"),
        ("D", "should take into consideration which among", "Chang Ho-jin"),
        ("A", "Western deliveries of advanced", "Vladimir Putin"),
    ]:
        rows = quotes[(quotes["outlet"] == outlet) & quotes["text"].str.contains(words)]
        assert rows["speaker"].tolist() == [speaker]


def test_names_may_be_given_and_none_leave_the_speakers_as_printed(seeds):
    names = find_names(seeds)
    pd.testing.assert_frame_equal(find_quotes(seeds, names=names), find_quotes(seeds))
    quotes = find_quotes(seeds, names=names.iloc[:0])
    texts = seeds.set_index("article")["text"]
    named = quotes[quotes["speaker"].notna()]
    assert named["speaker"].tolist() == [
        texts[article][start:end]
        for article, start, end in zip(named["article"], named["speaker_start"], named["speaker_end"], strict=True)
    ]


def test_a_missing_column_is_named(seeds):
    with pytest.raises(InputError) as error:
        find_quotes(seeds, names=find_names(seeds).drop(columns="name"))
    assert str(error.value) == (
        "find_quotes needs the column 'name'; the table has 'article', 'outlet', 'event', 'start', 'end', 'text', "
        "'kind'"
    )
