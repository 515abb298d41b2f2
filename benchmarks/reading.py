"""How long does one large file of a news database take to read, and how much memory? One run, one JSON.

    python benchmarks/reading.py [--articles 20000]

The file is invented here: a Nexis text file of so many articles of some 5,000 characters, all different, wrapped at 72
characters, with the fields that Nexis prints. It is read in a process of its own, start and imports included; `peak` is
the largest memory of that process, in MiB. `decoded` is the time to decode the same bytes and split them into words in
the same run, so that two machines can be compared. Run by hand: never a test.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from datetime import date, timedelta
from pathlib import Path

OUTLETS = ("Northvale Post", "The Daily Echo", "Quay Times", "Harbour Gazette (Northvale)")
RIGHTS = "All Rights Reserved"
READ = "import sys; from analysis import read_articles; print(len(read_articles(sys.argv[1])))"
WORDS = (
    "mill fire quay council mayor Northvale river school bridge market harbour roof smoke wires owners workers town "
    "said told reporters Monday Tuesday nobody everybody hurt burned closed opened rebuilt praised lost found after "
    "before because although while the a of in on at with and but for from it they he she was were has had will would"
).split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nexis.txt"
        write_nexis(path, options.articles)
        begun = time.perf_counter()
        words = len(path.read_text(encoding="utf-8").split())
        decoded = time.perf_counter() - begun
        begun = time.perf_counter()
        read = subprocess.run([sys.executable, "-c", READ, str(path)], check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - begun
        figures = {
            "megabytes": round(path.stat().st_size / 1e6, 1),
            "words": words,
            "articles": options.articles,
            "read": int(read.stdout),
            "seconds": round(seconds, 1),
            "decoded": round(decoded, 2),
            "peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        }
    print(json.dumps(figures, indent=2))


def write_nexis(path: Path, articles: int) -> None:
    """Invented articles as Nexis writes them; the same for the same number."""
    draw = random.Random(0)
    with open(path, "w", encoding="utf-8", newline="\r\n") as file:
        for number in range(1, articles + 1):
            day = date(2020, 1, 1) + timedelta(days=number % 1_000)
            outlet = OUTLETS[number % len(OUTLETS)]
            paragraphs = [invent_paragraph(draw) for _ in range(9)]
            words = sum(len(paragraph.split()) for paragraph in paragraphs)
            file.write(
                f"\n\n{f'{number} of {articles} DOCUMENTS':^72}\n\n\n{outlet:^72}\n\n{f'{day:%B %-d, %Y %A}':^72}\n\n"
                f"Mill news number {number}\n\nBYLINE: Tom Odell\n\nSECTION: NEWS; Pg. 1\n\nLENGTH: {words} words\n\n"
            )
            file.write("\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs))
            file.write(
                f"\n\nLOAD-DATE: {day:%B %-d, %Y}\n\nLANGUAGE: ENGLISH\n\nSUBJECT: FIRES (90%); OWNERS (78%)\n\n"
                f"PUBLICATION-TYPE: Newspaper\n\n\n{f'Copyright {day.year} {outlet}':^72}\n{RIGHTS:^72}\n"
            )


def invent_paragraph(draw: random.Random) -> str:
    sentences = (" ".join(draw.choices(WORDS, k=draw.randint(8, 28))) for _ in range(5))
    return " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in sentences)


if __name__ == "__main__":
    main()
