"""Make the invented corpus that ships with the package: python benchmarks/invent.py

Writes analysis/data/invented/articles.jsonl: forty events that never happened, told by four outlets that do not exist.
What is built in, so that a reader knows what a comparison should find:

- The Quill Lantern words half of its events harshly: two sentences of its own, elsewhere calm, are harsh ones.
- The Osmer Bellman and the Tashel Courant take the facts of most events word for word from an agency, the Merrow Wire;
  the Yarrow Harbinger of a few; the Quill Lantern of none.
- Otherwise all four draw from the same sentences by lot. The Yarrow Harbinger tells fewer events than the others.

The same seed gives the same bytes with every version of Python that Parallax runs on.
"""

import json
import random
import tomllib
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "analysis" / "data" / "invented" / "articles.jsonl"
SEED = 7
FIRST_DAY = date(2031, 3, 3)  # years ahead: nobody takes these for news
DAYS_APART = 3
EVENTS_EACH = 4  # of each topic
WIRE = "Merrow Wire"
# Outlet: how many it tells of the events that others tell too, and of how many in ten it takes the facts from the wire.
OUTLETS = {"Osmer Bellman": (35, 7), "Quill Lantern": (35, 0), "Tashel Courant": (35, 7), "Yarrow Harbinger": (24, 2)}
ALONE = 4  # events that one outlet tells alone, each outlet one of them
HARSH = "Quill Lantern"
SAID = (
    "“{quote}” {last} said.",
    "{person} said: “{quote}”",
    "“{quote}” said {person}.",
    "{last} told reporters: “{quote}”",
)


def make_events(texts: dict, lot: random.Random) -> list[dict]:
    """Forty events, each with a place, a person and numbers that no other has."""
    places, people = (lot.sample(texts[name], len(texts[name])) for name in ("places", "people"))
    numbers, costs = lot.sample(range(21, 99), 40), lot.sample(range(3, 99), 40)
    topics = lot.sample(texts["topics"] * EVENTS_EACH, len(texts["topics"]) * EVENTS_EACH)
    events = []
    for i, topic in enumerate(topics):
        day = FIRST_DAY + timedelta(days=DAYS_APART * i + lot.randrange(2))
        slots = {
            "place": places[i], "other": places[(i + 17) % len(places)], "person": people[i],
            "last": people[i].split()[-1], "firm": texts["firms"][(7 * i + i // 20) % len(texts["firms"])],
            "n": numbers[i], "cost": costs[i], "day": f"{day:%A}", "month": f"{day + timedelta(days=75):%B}",
        }  # fmt: skip
        name = f"{topic['name']}-{places[i].lower().replace(' ', '-')}"
        events.append({"name": name, "day": day, "topic": topic, "slots": slots})
    return events


def choose_tellers(count: int, lot: random.Random) -> list[list[str]]:
    """For each event the outlets that tell it: one of them for a few, two or more for the others."""
    order = lot.sample(range(count), count)
    alone = dict(zip(order[:ALONE], OUTLETS, strict=True))
    told = {outlet: set(lot.sample(order[ALONE:], events)) for outlet, (events, _) in OUTLETS.items()}
    tellers = [[alone[i]] if i in alone else [outlet for outlet in OUTLETS if i in told[outlet]] for i in range(count)]
    if any(len(outlets) < 2 for i, outlets in enumerate(tellers) if i not in alone):
        raise SystemExit("an event has too few outlets: choose another seed")
    return tellers


def tell_event(event: dict, tellers: list[str], texts: dict, *, harsh: bool, lot: random.Random) -> list[dict]:
    """The articles of one event."""
    topic, slots = event["topic"], event["slots"]
    heads, leads, facts, said = (
        lot.sample(list(each), 4) for each in (topic["heads"], topic["leads"], topic["facts"], SAID)
    )
    quote, rows = lot.choice(topic["quotes"]), []
    for place, outlet in enumerate(OUTLETS):
        copied = lot.randrange(10) < OUTLETS[outlet][1]
        calm = [lot.choice(topic["calm"]), lot.choice(texts["calm"]), lot.choice(topic["calm"])]
        harder = [lot.choice(topic["harsh"]), lot.choice(texts["harsh"])]
        later = lot.randrange(2)
        if outlet not in tellers:
            continue
        closing = harder if harsh and outlet == HARSH else list(dict.fromkeys(calm))
        paragraphs = [leads[place], topic["wire"] if copied else facts[place], said[place], " ".join(closing)]
        words = {**slots, "quote": quote[:-1] + "," if "” " in said[place] else quote}
        rows.append(
            {
                "id": f"{event['name']}-{outlet.split()[-1].lower()}",
                "outlet": outlet,
                "event": event["name"],
                "title": heads[place].format(**words),
                "published": (event["day"] + timedelta(days=later)).isoformat(),
                "agency": WIRE if copied else None,
                "language": "en",
                "text": "\n\n".join(paragraph.format(**words) for paragraph in paragraphs),
            }
        )
    return rows


def make_corpus() -> str:
    """The whole corpus as JSON lines."""
    texts, lot = tomllib.loads((HERE / "invent.toml").read_text(encoding="utf-8")), random.Random(SEED)
    events = make_events(texts, lot)
    tellers = choose_tellers(len(events), lot)
    told = [i for i, outlets in enumerate(tellers) if HARSH in outlets]
    harsh = set(lot.sample(told, len(told) // 2))
    rows = []
    for i, event in enumerate(events):
        rows += tell_event(event, tellers[i], texts, harsh=i in harsh, lot=lot)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    TARGET.write_text(make_corpus(), encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")
