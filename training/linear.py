"""Makes the model "linear": from NewsMTSC and sentences of NYT editorials to `analysis/data/models/linear.npz`.

    python training/linear.py --gold FOLDER --vectors FOLDER

FOLDER of --gold holds newsmtsc.train, .dev_mt, .dev_rw and nyt_editorials as Parquet; that of --vectors holds
`vocab.txt` and `model.safetensors` of all-MiniLM-L6-v2, of which only the vectors of its word pieces are read. They
tell which words are alike, and are folded into one weight a word: the file has no vectors. Everything is chosen on the
training part, by cross-validation in which no sentence stands on both sides; dev is scored once, at the end, from the
written file, and printed as JSON with the difference between the file and scikit-learn's own prediction.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd
import scipy.sparse as sp
from held_out import write_figures
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.compare.tone import linear
from analysis.compare.tone import linear_features as features
from analysis.shipped import DATA

CLASSES = (-1, 0, 1)
# Chosen by cross-validation on train: these or their neighbours are within half a point of macro-F1.
DIMENSIONS = 96
C = 0.3
ALPHA = 4.0
SHARE = {"features": 1 / 6, "vectors": 1.0, "sums": 2.0}
SHARE_TEXTS = {"features": 1 / 6, "vectors": 2.0, "sums": 2.0}
FOLDS = 5
SEED = 0
GOAL = 0.63


def read_gold(gold: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    parts = {part: pd.read_parquet(gold / f"newsmtsc.{part}.parquet") for part in ("train", "dev_mt", "dev_rw")}
    dev = pd.concat([parts[part].assign(part=part) for part in ("dev_mt", "dev_rw")], ignore_index=True)
    train = parts["train"].drop_duplicates(["sentence", "from", "to"])
    train = train[~train["sentence"].isin(dev["sentence"])].reset_index(drop=True)
    return train, dev, pd.read_parquet(gold / "nyt_editorials.parquet")


def choose_words(texts: list[str], lexicon: dict[str, float], pieces: list[str]) -> list[str]:
    """Words printed twice in small letters, those of the lexicon, and whole words of the encoder; but no names."""
    small, large = Counter(), Counter()
    for text in texts:
        tokens = [token.replace("’", "'") for token in features.TOKEN.findall(text)]
        small.update(token for token in tokens if not token[0].isupper() and not token[0].isdigit())
        large.update(token.lower() for token in tokens[1:] if token[0].isupper())
    lists = [(DATA / f"{name}.txt").read_text(encoding="utf-8") for name in ("surnames", "first_names", "places")]
    names = {word.lower() for text in lists for word in text.split()}
    names |= {word for word, count in large.items() if count > small[word]}
    known = {word for word, count in small.items() if count > 1 and not (word.isalpha() and large[word] > count)}
    alone = {piece for piece in pieces if piece.isalpha() and piece.isascii() and len(piece) > 2} - names
    return sorted(known | alone | {word for word in lexicon if word.isalpha() and word.islower()})


def read_vectors(folder: Path, pieces: list[str], words: list[str]) -> np.ndarray:
    """The vector of each word, the mean of its pieces', in few dimensions; 0 for marks and function words."""
    with open(folder / "model.safetensors", "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        begin = file.tell()
        (name,) = (name for name in header if name.endswith("embeddings.word_embeddings.weight"))
        start, end = header[name]["data_offsets"]
        file.seek(begin + start)
        table = np.frombuffer(file.read(end - start), np.float32).reshape(header[name]["shape"])
    numbers = {piece: number for number, piece in enumerate(pieces)}
    function = set((DATA / "stop_words.txt").read_text(encoding="utf-8").split())
    vectors = np.zeros((features.FIRST + len(words), table.shape[1]))
    for place, word in enumerate(words, start=features.FIRST):
        if word[0].isalpha() and word not in function and (parts := split_pieces(word, numbers)):
            vectors[place] = table[parts].mean(axis=0)
    there = vectors.any(axis=1)
    vectors[there] -= vectors[there].mean(axis=0)
    vectors[there] /= np.linalg.norm(vectors[there], axis=1, keepdims=True)
    few = np.zeros((len(vectors), DIMENSIONS))
    few[there] = PCA(DIMENSIONS, svd_solver="full").fit_transform(vectors[there])
    return few


def split_pieces(word: str, numbers: dict[str, int]) -> list[int]:
    """The longest pieces from the left on, as the encoder's tokenizer has it; none if one is missing."""
    found, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in numbers:
                found.append(numbers[piece])
                start = end
                break
        else:
            return []
    return found


class Matrix:
    """The features of training texts as scikit-learn takes them, and its coefficients as the file holds them."""

    def __init__(self, words, vocabulary, vectors, share, *, mentions):
        self.vocabulary, self.vectors, self.share, self.mentions = vocabulary, vectors, share, mentions
        rows, keys, _ = features.list_features(words, vocabulary, mentions=mentions)
        distinct, which = np.unique(keys, return_inverse=True)
        texts = np.bincount(np.unique(np.stack([which, rows]), axis=1)[0])  # in how many texts each stands
        self.keys = distinct[texts >= 2]
        self.scale = (np.log((1 + len(words.counts)) / (1 + texts[texts >= 2])) + 1) * share["features"]

    def make(self, words) -> sp.csr_matrix:
        rows, keys, values = features.list_features(words, self.vocabulary, mentions=self.mentions)
        places = np.searchsorted(self.keys, keys)
        known = self.keys.take(places, mode="clip") == keys
        shape = (len(words.counts), len(self.keys))
        parts = [sp.csr_matrix((values[known], (rows[known], places[known])), shape=shape) @ sp.diags_array(self.scale)]
        for places, shares in features.place_words(words, mentions=self.mentions):
            position = (words.row[places], words.word[places])
            inside = sp.csr_matrix((shares, position), shape=(len(words.counts), len(self.vectors)))
            parts.append(sp.csr_matrix(inside @ self.vectors * self.share["vectors"]))
        parts.append(sp.csr_matrix(features.sum_valences(words, self.vocabulary) * self.share["sums"]))
        return sp.hstack(parts).tocsr()

    def fold(self, coefficients: np.ndarray, intercept: np.ndarray) -> dict[str, np.ndarray]:
        """The arrays of the file: one weight a feature and class, and one a word, region and class."""
        regions = len(features.REGIONS) if self.mentions else 1
        first, last = len(self.keys), len(self.keys) + regions * DIMENSIONS
        of_vectors = coefficients[:, first:last].T.reshape(regions, DIMENSIONS, -1) * self.share["vectors"]
        table = np.einsum("wd,rdc->wrc", self.vectors, of_vectors).reshape(len(self.vectors), -1)
        rows = np.flatnonzero(table.any(axis=1))
        return {
            "keys": np.diff(self.keys, prepend=0),
            "features": (coefficients[:, :first] * self.scale).T.astype(np.float32),
            "rows": rows.astype(np.int32),
            "words": table[rows].astype(np.float32),
            "sums": coefficients[:, last:].T * self.share["sums"],
            "intercept": np.asarray(intercept, float),
        }


def fit_classes(matrix, truth) -> LogisticRegression:
    return LogisticRegression(C=C, class_weight="balanced", max_iter=1000, tol=1e-5).fit(matrix, truth)


def cross_validate(matrix, truth, groups) -> np.ndarray:
    """The log-odds of each row by a model that has not seen its sentence."""
    found = np.empty((len(truth), 3))
    for seen, unseen in GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(matrix, truth, groups):
        found[unseen] = fit_classes(matrix[seen], truth[seen]).decision_function(matrix[unseen])
    return found


def fit_temperature(logits: np.ndarray, truth: np.ndarray) -> float:
    """What to divide the log-odds by, so that unseen sentences are as likely as possible."""
    rows = np.arange(len(truth))
    return float(
        minimize_scalar(
            lambda temperature: -log_softmax(logits / temperature, axis=1)[rows, truth + 1].mean(),
            bounds=(0.2, 5),
            method="bounded",
        ).x
    )


def measure_calibration(chances: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """Expected calibration error of the likeliest class in ten bins of equal mass, and what chance makes of it."""
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == truth + 1
    order = np.argsort(sure, kind="stable")

    def error(hits: np.ndarray) -> float:
        bins = np.array_split(order, 10)
        return sum(abs(hits[one].mean() - sure[one].mean()) * len(one) for one in bins) / len(order)

    random = np.random.default_rng(SEED)
    perfect = [error(random.random(len(sure)) < sure) for _ in range(2000)]
    return {"ece": round(error(right), 4), "ece_if_perfect": round(float(np.mean(perfect)), 4)}


def measure(chances: np.ndarray, truth: np.ndarray) -> dict:
    told = np.array(CLASSES)[chances.argmax(axis=1)]
    classes = f1_score(truth, told, average=None, labels=CLASSES)
    named = dict(zip(("negative", "neutral", "positive"), classes.round(4).tolist(), strict=True))
    macro = round(float(f1_score(truth, told, average="macro")), 4)
    return {"rows": len(truth), "macro_f1": macro, **named, **measure_calibration(chances, truth)}


def read_mentions(vocabulary, table):
    return features.read_words(vocabulary, *(table[name].tolist() for name in ("sentence", "from", "to")))


def train_mentions(vocabulary, vectors, train, dev) -> tuple[dict, dict, np.ndarray]:
    """The weights, what cross-validation says, and the pipeline's own probabilities on dev."""
    words, truth = read_mentions(vocabulary, train), train["polarity"].to_numpy()
    matrix = Matrix(words, vocabulary, vectors, SHARE, mentions=True)
    made = matrix.make(words)
    logits = cross_validate(made, truth, pd.factorize(train["sentence"])[0])
    temperature = fit_temperature(logits, truth)
    classifier = fit_classes(made, truth)
    ours = softmax(classifier.decision_function(matrix.make(read_mentions(vocabulary, dev))) / temperature, axis=1)
    weights = matrix.fold(classifier.coef_ / temperature, classifier.intercept_ / temperature)
    return weights, {"temperature": temperature, **measure(softmax(logits / temperature, axis=1), truth)}, ours


def train_texts(vocabulary, vectors, table) -> tuple[dict, np.ndarray, np.ndarray]:
    """The weights, what each text is rated without its article, and the ridge's own values."""
    words, truth = features.read_words(vocabulary, table["text"].tolist()), table["rating"].to_numpy() / 4
    matrix = Matrix(words, vocabulary, vectors, SHARE_TEXTS, mentions=False)
    made, found = matrix.make(words), np.empty(len(truth))
    for seen, unseen in GroupKFold(10, shuffle=True, random_state=SEED).split(made, truth, table["article"]):
        found[unseen] = Ridge(ALPHA, solver="lsqr", tol=1e-8).fit(made[seen], truth[seen]).predict(made[unseen])
    ridge = Ridge(ALPHA, solver="lsqr", tol=1e-8).fit(made, truth)
    weights = matrix.fold(ridge.coef_[None], np.atleast_1d(ridge.intercept_))
    return weights, found, ridge.predict(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder of labelled news as Parquet")
    parser.add_argument("--vectors", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, default=linear.PATH)
    options = parser.parse_args()

    train, dev, editorials = read_gold(options.gold)
    lexicon = SentimentIntensityAnalyzer().lexicon
    pieces = (options.vectors / "vocab.txt").read_text(encoding="utf-8").split("\n")
    words = choose_words([*train["sentence"].unique(), *editorials["text"]], lexicon, pieces)
    # As the file has them, so that training and use see the same numbers.
    valence = np.array([lexicon.get(word, 0) for word in words], np.float32)
    vocabulary = features.make_vocabulary(words, valence.astype(float))
    vectors = read_vectors(options.vectors, pieces, words)

    mentions, validated, ours = train_mentions(vocabulary, vectors, train, dev)
    texts, without, rated = train_texts(vocabulary, vectors, editorials)
    named = {
        f"{name}.{key}": value
        for name, part in (("mentions", mentions), ("texts", texts))
        for key, value in part.items()
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    listed = np.frombuffer("\n".join(words).encode("utf-8"), np.uint8)
    np.savez_compressed(options.out, format=linear.FORMAT, words=listed, valence=valence, **named)

    begin = perf_counter()
    linear.read_linear.cache_clear()
    linear.PATH = options.out
    linear.read_linear()
    loaded, processor = perf_counter() - begin, process_time()
    given = linear.score_mentions(*(dev[name].tolist() for name in ("sentence", "from", "to")))
    processor = process_time() - processor
    scored = linear.score_texts(editorials["text"].tolist())
    truth, mt = dev["polarity"].to_numpy(), (dev["part"] == "dev_mt").to_numpy()
    figures = options.out.with_suffix(".json")
    report = {
        "train_cross_validated": validated,
        "dev": measure(given, truth),
        "dev_mt": measure(given[mt], truth[mt]),
        "dev_rw": measure(given[~mt], truth[~mt]),
        "nyt_editorials_r_by_article": round(write_figures(figures, "linear", editorials, without), 4),
        "file": {
            "bytes": options.out.stat().st_size,
            "words": len(words),
            "features": [len(part["keys"]) for part in (mentions, texts)],
            "seconds_to_load": round(loaded, 3),
            "mentions_per_processor_second": round(len(dev) / processor),
        },
        "largest_difference_from_scikit_learn": {
            "score_mentions": float(np.abs(given - ours).max()),
            "score_texts": float(np.abs(scored - np.clip(rated, -1, 1)).max()),
        },
    }
    print(json.dumps(report, indent=1))
    if max(report["largest_difference_from_scikit_learn"].values()) > 1e-6:
        raise SystemExit("the written file does not say what scikit-learn says")
    if report["dev"]["macro_f1"] < GOAL:
        raise SystemExit(f"macro-F1 on dev is below {GOAL}")


if __name__ == "__main__":
    main()
