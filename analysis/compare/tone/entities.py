"""Who is who over the corpus: one name for a person in all articles, and whom a name means that a user types."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import pandas as pd

from ...corpus.events.of_article import number_events, set_apart
from ...shipped import read_lines
from ...tables import InputError, quoted
from ...voices.names.kinds import person_key
from ...voices.names.name_lists import fold_name, name_lists

# A surname that stands alone is the one's who has it in so many of the articles that print it as part of a full name.
_CLEAR = 0.75
# An entity that fewer articles of each event mention can be compared with nothing.
MIN_MENTIONED = 2
_SMALL_WORDS = frozenset("of the and for on us usa united states".split())
_COUNTRY = re.compile(r"^(?:the )?united states (?!of )|,? of the united states(?: of america)?$")
_FOLDED_PUNCTUATION = re.compile(r"[^\w']+")


def list_named(names: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Each name of an article once: article, event, name, kind. All that choosing entities needs of a partition."""
    named = names[["article", "name", "kind"]].drop_duplicates(ignore_index=True)
    return named.assign(event=named["article"].map(articles.set_index("article")["event"].astype("str")))


def choose_entities(
    named: pd.DataFrame, typed: Mapping[str, Sequence[str]] | None = None, *, least: int | None = None
) -> pd.DataFrame:
    """article, name, kind and entity of the names to look at: those that a user types, else those of several articles.

    `named` is what `list_named` finds in the whole corpus. With `least` an entity is named in so many articles of the
    corpus; without it in two on one event.
    """
    named = named.assign(one=name_entities(named))
    if typed is not None:
        entity_of = _match(named, typed)
    else:
        entity_of = _choose(named) if least is None else _choose_frequent(named, least)
    entities = [entity_of.get(key) for key in zip(named["one"], named["kind"], strict=True)]
    named["entity"] = pd.Series(entities, index=named.index, dtype="str")
    return named.loc[named["entity"].notna(), ["article", "name", "kind", "entity"]].reset_index(drop=True)


def _choose(named: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The entities to look at where none are given: those that two articles on one event mention."""
    acting = _acting(named)
    counts = acting.groupby(["event", "person", "one"])["article"].transform("nunique")
    chosen = acting[counts >= MIN_MENTIONED]
    return {(one, kind): one for one, kind in zip(chosen["one"], chosen["kind"], strict=True)}


def _choose_frequent(named: pd.DataFrame, least: int) -> dict[tuple[str, str], str]:
    """The entities that at least so many articles of the corpus mention."""
    acting = _acting(named)
    counts = acting.groupby(["person", "one"])["article"].transform("nunique")
    chosen = acting[counts >= least]
    return {(one, kind): one for one, kind in zip(chosen["one"], chosen["kind"], strict=True)}


def _acting(named: pd.DataFrame) -> pd.DataFrame:
    """Those who can be spoken of as somebody who acts: people, organisations, and what is a government somewhere."""
    named = named.assign(event=set_apart(number_events(named)[0], articles=named["article"]))
    governs = named["one"].isin(named.loc[named["kind"] == "government", "one"])
    acting = named[named["kind"].isin(("person", "organisation")) | governs]
    acting = acting[["article", "event", "one", "kind"]].drop_duplicates()
    return acting.assign(person=acting["kind"] == "person")


def _match(named: pd.DataFrame, typed: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], str]:
    """The entities that a user names, among those that are found."""
    found = named.assign(person=named["kind"] == "person").groupby(["person", "one"])["article"].nunique().reset_index()
    found = found.rename(columns={"one": "name", "article": "articles"})
    matched = match_entities(typed, found)
    keys = named[["one", "kind"]].drop_duplicates()
    return {
        (one, kind): matched[one, kind == "person"]
        for one, kind in zip(keys["one"], keys["kind"], strict=True)
        if (one, kind == "person") in matched
    }


def name_entities(named: pd.DataFrame) -> pd.Series:
    """The one name in the corpus of each row of `list_named`.

    A person's full printings are one if first and last word agree ("Donald J. Trump", "Donald Trump"), short first
    names counting as the long ones ("Joe", "Joseph"), and a `Jr.` only if one article prints both; the printing of most
    articles stands for all. A surname that an article never prints in full is the person's whom most articles of its
    event name in full by that surname, else the one's who has it in three of four such articles of the corpus, else it
    stays as it is. Organisations and places are one where their folded names are.
    """
    events = set_apart(number_events(named)[0], articles=named["article"])
    event_of = dict(zip(named["article"], events.tolist(), strict=True))
    rows = list(named[["article", "name", "kind"]].itertuples(index=False, name=None))
    both = _both(rows)
    keys = {pair: _key(*pair, both) for pair in {(name, kind) for _, name, kind in rows}}
    printings, bearers = defaultdict(Counter), defaultdict(lambda: defaultdict(set))
    for article, name, kind in rows:
        key = keys[name, kind]
        printings[key][name] += 1
        if kind == "person" and " " in key[1]:
            for event in {None, event_of.get(article)}:
                for word in _surnames(key[1]):
                    bearers[event, word][key].add(article)
    printed = {key: min(some, key=lambda name: (-some[name], -len(name), name)) for key, some in printings.items()}
    one = {}
    for article, name, kind in rows:
        key = keys[name, kind]
        if kind == "person" and " " not in key[1]:
            key = _bearer(bearers, event_of.get(article), key[1]) or key
        one[article, name, kind] = printed[key]
    return pd.Series(
        [one[row] for row in zip(named["article"], named["name"], named["kind"], strict=True)], dtype="str"
    )


def _bearer(bearers: Mapping, event: int | None, surname: str) -> tuple[str, str] | None:
    in_event, in_corpus = (bearers.get((where, surname), {}) for where in (event, None))
    if event is not None and in_event:
        counts = sorted((len(some) for some in in_event.values()), reverse=True)
        if len(counts) == 1 or counts[0] > counts[1]:
            return max(in_event, key=lambda key: len(in_event[key]))
    total = sum(len(some) for some in in_corpus.values())
    return next((key for key, some in in_corpus.items() if len(some) >= _CLEAR * total), None)


def _both(rows: Iterable[tuple[str, str, str]]) -> set[str]:
    """The keys of people whom an article names beside a junior of their name."""
    keys, fold = defaultdict(set), cache(person_fold)
    for article, name, kind in rows:
        if kind == "person":
            keys[article].add(fold(name))
    return {
        key.removesuffix(" jr") for some in keys.values() for key in some if key.removesuffix(" jr") in some - {key}
    }


def _key(name: str, kind: str, both: set[str]) -> tuple[str, str]:
    if kind != "person":
        return "other", fold_name(name)
    key = person_fold(name)
    return "person", key if key.removesuffix(" jr") in both else key.removesuffix(" jr")


def person_fold(name: str) -> str:
    """What the full printings of one person's name share over articles.

    >>> person_fold("Joseph R. Biden Jr."), person_fold("Joe Biden")
    ('joseph biden jr', 'joseph biden')
    """
    first, space, rest = person_key(name).partition(" ")
    return short_names().get(first, first) + space + rest if space else first


@cache
def short_names() -> dict[str, str]:
    """Short first names, each with the long one, in small letters."""
    lines = read_lines("short_names.txt")
    return dict(line.lower().split() for line in lines)


def _surnames(key: str) -> set[str]:
    """The words of a person's key by which alone the person may be called."""
    words = key.removesuffix(" jr").split(" ")
    return {words[-1]} | ({words[0]} if words[0] in _family_first() else set())


@cache
def _family_first() -> frozenset[str]:
    return frozenset(name.lower() for name in name_lists().words["family_first"])


def match_entities(typed: Iterable[str], found: pd.DataFrame) -> dict[tuple[str, bool], str]:
    """Which of the entities `found` (name, person, articles) each typed name means: (name, person) → typed name.

    People by full name, or by the last name alone (of several the one whom most articles name); everything else by
    its words, whatever their order ("Department of Justice", "Justice Department").
    """
    people, bodies, surnames, juniors = (defaultdict(list) for _ in range(4))
    found = found.sort_values(["articles", "name"], ascending=[False, True])
    for name, person in zip(found["name"], found["person"], strict=True):
        if person:
            people[person_fold(name)].append(name)
            juniors[person_fold(name).removesuffix(" jr")].append(name)
            for word in _surnames(person_fold(name)):
                surnames[word].append(name)
        else:
            bodies[_content(name)].append(name)
    typed = list(typed)
    # A lone "Obama" is whoever is typed with that name, if one is, and nobody typed is called so in full.
    sharing = Counter(word for name in typed for word in _surnames(person_fold(name)))
    matched = {}
    for name in typed:
        key = person_fold(name)
        means = people[key] or juniors[key.removesuffix(" jr")] or surnames[key][:1]
        if " " in key and not means:
            means = [one for word in sorted(_surnames(key)) if sharing[word] == 1 for one in people[word]]
        for one in means:
            matched.setdefault((one, True), name)
        for one in bodies[_content(name)]:
            matched.setdefault((one, False), name)
    return matched


def phrases_of(name: str, others: Sequence[str] = ()) -> set[str]:
    """The words, folded, that mean an entity wherever they stand: its name, its other names, a party's members.

    >>> sorted(phrases_of("Democratic Party"))
    ['democratic party', 'democrats']
    """
    phrases = {fold_phrase(one) for one in (name, *others)}
    phrases |= {_COUNTRY.sub("", phrase) for phrase in phrases}
    if name.islower():
        phrases |= {phrase + "s" for phrase in phrases if not phrase.endswith("s")}
    phrases |= {
        phrase.removesuffix(" party").removesuffix("ic") + "s" for phrase in phrases if phrase.endswith(" party")
    }
    return phrases - {""}


def fold_phrase(text: str) -> str:
    """Letters, digits and apostrophes in small letters without accents, one space between words."""
    return _FOLDED_PUNCTUATION.sub(" ", fold_name(text)).strip()


def _content(name: str) -> tuple[str, ...]:
    listed = name_lists().listed.get(name)
    words = fold_phrase(listed.name if listed else name).split()
    return tuple(sorted(word for word in words if word not in _SMALL_WORDS) or words)


def read_entities(entities: Iterable[str] | Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Each entity that a user names, with its other names; or an error that says what they may be."""
    if isinstance(entities, str):
        raise InputError(f"entities is the string '{entities}', but must be a list of names")
    if isinstance(entities, pd.DataFrame):
        raise InputError(
            f"entities is a table with the columns {quoted(entities.columns)}, but must be a list of names, such as "
            "one of its columns"
        )
    others = entities if isinstance(entities, Mapping) else dict.fromkeys(entities, ())
    for name, more in others.items():
        if not isinstance(name, str) or not fold_phrase(name):
            raise InputError(f"entities holds {name!r}, but must hold names")
        if isinstance(more, str):
            raise InputError(f"the other names of '{name}' are the string '{more}', but must be a list of names")
    return {name: tuple(more) for name, more in others.items()}
