"""What reading says beside the articles: what was not read, what was decided on the way, what was mended."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .formats import add_problem, show


class Said(list):
    """A list that goes with its table: pandas deep-copies `attrs` at every step, seconds where a million texts were
    mended, so that this one gives itself. Nobody changes it once the articles are read."""

    def __deepcopy__(self, memo: dict) -> "Said":
        return self


@dataclass
class Log:
    """Lists, which become the `attrs` of the articles."""

    problems: list[dict] = field(default_factory=Said)
    notes: list[dict] = field(default_factory=Said)
    corrections: list[dict] = field(default_factory=Said)
    files: list[dict] = field(default_factory=Said)
    _told: dict[str, tuple[dict, list[str]]] = field(default_factory=dict)
    _bundles: list[tuple[str, str, int, list[int]]] = field(default_factory=list)

    def problem(self, source: str, sentence: str) -> None:
        """Something was not read, or is missing: the command ends with the exit code 2."""
        add_problem(self.problems, source, sentence)

    def note(self, source: str, sentence: str) -> None:
        """Something was decided that the reader may want to know, and nothing is missing."""
        self.notes.append({"source": source, "note": sentence})

    def note_of_table(self, name: str, sentence: str) -> None:
        """Like `note`; the same said of many tables is one note, which names the first and counts the others."""
        note, names = self._told.setdefault(sentence, ({"source": name}, []))
        names.append(name)
        if len(names) == 1:
            self.notes.append(note)
        more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        note["note"] = f"'{names[0]}'{more}: {sentence}"

    def correct(self, article: str, what: str, n: int, before: str, after: str) -> None:
        """A text was mended `n` times in this way, of which `before` and `after` show the first."""
        example = {"before": show(before)[1:-1], "after": show(after)[1:-1]}
        self.corrections.append({"kind": "repair", "article": article, "what": what, "n": n, **example})

    def count_bundle(self, name: str, kind: str, stated: int, numbers: list[int]) -> None:
        """Keep in mind how many articles a database's file says it holds, and the numbers of those that were read."""
        self._bundles.append((name, kind, stated, numbers))

    def say_missing(self) -> None:
        """A problem for each file of a database that says it holds more, or fewer, articles than were read of it.

        A database gives a long search in parts (1 to 500 of 740, then 501 to 740): a part is none where the others lie
        beside it.
        """
        parts: dict[str, set[int]] = {}
        for _, kind, _, numbers in self._bundles:
            if numbers and numbers[0] > 1:
                parts.setdefault(kind, set()).update(numbers)
        for name, kind, stated, numbers in self._bundles:
            first = numbers == list(range(1, len(numbers) + 1))
            beside = first and set(range(len(numbers) + 1, stated + 1)) <= parts.get(kind, set())
            if stated != len(numbers) and not (beside and stated > len(numbers)):
                says = f"'{name}' ({kind}) says that it holds {stated:,} articles, and {len(numbers):,} were read"
                expected = "expected as many: look for those that are missing, or download them anew"
                self.problem(name, f"{says}; {expected}")

    def count_files(self, rows: list[dict]) -> None:
        """List of which file how many articles were read, and what kind of file it is: a database's, or its suffix."""
        files: dict[str, dict] = {}
        for row in rows:
            form = row.get("form") or PurePosixPath(row["file"]).suffix[1:].lower()
            files.setdefault(row["file"], {"file": row["file"], "form": form, "articles": 0})["articles"] += 1
        self.files += files.values()
