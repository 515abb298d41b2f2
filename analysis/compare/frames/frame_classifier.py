"""A classifier of frames that is learnt from a user's own labelled rows, and how often it is right."""

import numbers
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...corpus.tokens import count_words
from ...tables import InputError, need, quoted
from .frame_accuracy import measure_f1

# With fewer rows of a frame, some of the ten parts of the cross-validation would hold none of it.
MIN_ROWS = FOLDS = 10
# As many words as a headline has: the beginning of a text tells its frame more than the rest does.
OPENING = 12
# Only so many characters of a text are read: runs of letters of more would take gigabytes.
LONGEST = 20_000
# Texts whose features are held at once.
_BATCH = 5_000
# How much an error on a labelled row counts against large weights: a convention, no search within the folds. From .03
# to .3 macro-F1 on GVFC stays within a point or so, and well above the baselines.
_C = 0.1
_NAMED = {"text": "a text", "frame": "a frame", "article": "an article"}


class FrameModel(NamedTuple):
    """A classifier of frames with its measured accuracy, which `score_frames` takes.

    It holds words, arrays and a table: to keep it, write the parts of `_asdict()` in any form and give them to
    `FrameModel` again. A pickle of it might be read by no other version.
    """

    frames: tuple[str, ...]
    terms: dict[str, tuple[str, ...]]  # of each kind of feature ("letters of opening"), its words or runs of letters
    idf: dict[str, np.ndarray]  # of each kind, how rare each of its terms is
    weights: np.ndarray  # frames × terms of all kinds; of two frames, one row for the second
    offsets: np.ndarray  # of each row of the weights
    accuracy: pd.DataFrame  # see `learn_frames`
    words: float  # of the labelled rows, the median: on much shorter or longer texts the accuracy is another


def learn_frames(labelled: pd.DataFrame, *, seed: int = 0) -> FrameModel:
    """How well can frames be told from words, and which words tell them?

    Learns from rows that people have labelled with one frame each (`text`, `frame`, and `headline` where there is one;
    label what has no frame, too, as a frame of its own: every text is given one of them). Words, pairs of words and
    runs of two to five letters, of the whole text and once more of its opening (the headline, or else the first twelve
    words), weigh for a frame or against it; rare frames count as much as frequent ones. It is a verb of its own since
    what it gives is no table but a model: its `frames`, the weights of their terms, and always its `accuracy`, of which
    the columns below are. The same rows and seed give the same model.

    `accuracy` is measured by stratified ten-fold cross-validation: each row is judged by a classifier that has not seen
    it. Rows of one `article` stay in one fold; without that column, rows of the same text. It holds for rows like the
    labelled ones, whoever labelled them: other coders, other topics and texts of another length have other errors. One
    row per classifier and measure.

    Columns:
        classifier: learnt; and as baselines on the same folds tf_idf and tf_idf_balanced, scikit-learn's
            `TfidfVectorizer` and `LogisticRegression` without and with balanced classes, and majority, which always
            says the most frequent frame
        measure: macro_f1, the mean F1 of the frames; f1, of one frame; difference, macro_f1 of learnt less that of this
            baseline
        frame: of an f1; else empty
        value: 0 to 1; of a difference −1 to 1
        low: lower end of its 95 % interval, from 2,000 resamples of the rows, or of the articles, the same for all
            classifiers
        high: upper end
        n: labelled rows; of an f1 those of the frame

    Raises:
        InputError: if a column is missing or a cell empty, if there are fewer than two frames, or fewer than ten
            labelled rows of one

    Source: linear support vector machine, Fan and others (2008), LIBLINEAR, JMLR 9, on tf-idf

    Example:
        >>> texts = ["a new tax on steel", "the price of bread", "the court heard him", "a judge ruled"]
        >>> rows = pd.DataFrame({"text": [f"{text} {n}" for n in range(5) for text in texts],
        ...     "frame": ["cost", "cost", "law", "law"] * 5})
        >>> learn_frames(rows).accuracy.query("classifier == 'learnt'")[["measure", "frame", "value", "n"]]
            measure frame  value   n
        0  macro_f1          1.0  20
        1        f1  cost    1.0  10
        2        f1   law    1.0  10
    """
    _check(labelled, seed)
    texts = read_texts(labelled)
    for row in np.flatnonzero(texts["whole"] == "")[:1]:
        raise InputError(f"learn_frames needs a text in every row; row {row} has none")
    truth, frames = pd.factorize(labelled["frame"].astype("str"), sort=True)
    frames = tuple(frames)
    # In an order of their own, so that the order of the rows plays no part.
    order = texts.assign(truth=truth).sort_values(["whole", "opening", "truth"], kind="stable").index.to_numpy()
    texts, truth = texts.iloc[order].reset_index(drop=True), truth[order]
    groups = _group(labelled.iloc[order], texts)
    folds = _deal(truth, groups, seed)
    try:
        predicted = {name: _predict(make, texts, truth, folds) for name, make in _classifiers(seed).items()}
        classifier = _learnt(seed).fit(texts, truth)
    except ValueError as error:
        if "vocabulary" not in str(error):
            raise
        raise InputError("learn_frames needs rows with words of two or more letters; too few have one") from None
    predicted["majority"] = _majority(truth, folds)
    words = float(np.median(count_words(texts["whole"])))
    return FrameModel(frames, *_take_apart(classifier), measure_f1(truth, predicted, groups, frames, seed), words)


def read_texts(table: pd.DataFrame) -> pd.DataFrame:
    """The two texts that are weighed: `opening` (the headline, else the first words), `whole` (both)."""
    texts = _read_column(table, "text")
    headlines = _read_column(table, "headline")
    first = texts.str.split(n=OPENING).str[:OPENING].str.join(" ")
    opening = headlines.where(headlines != "", first)
    whole = (headlines + "\n" + texts).str.strip()
    return pd.DataFrame({"opening": opening.astype("str"), "whole": whole.astype("str")})


def _read_column(table: pd.DataFrame, name: str) -> pd.Series:
    """The texts of a column, numbered from 0 and cut off where they are too long; empty ones if there is none."""
    if name not in table.columns:
        return pd.Series([""] * len(table), dtype="str")
    # Half a surrogate pair is no character, and no Arrow string can hold it.
    cut = (str(text)[:LONGEST].encode("utf-8", "replace").decode("utf-8") for text in table[name].fillna(""))
    return pd.Series([text.strip() for text in cut], dtype="str")


def predict_frames(model: FrameModel, table: pd.DataFrame) -> np.ndarray:
    """Which frame each text is given: true in one column of each row. Each distinct text is judged once."""
    texts = read_texts(table)
    codes, _ = pd.factorize(texts["opening"] + "\x1f" + texts["whole"])
    distinct = texts.iloc[np.unique(codes, return_index=True)[1]]
    frame_of_text = np.empty(len(distinct), dtype=np.int64)
    for first in range(0, len(distinct), _BATCH):
        batch = slice(first, first + _BATCH)
        frame_of_text[batch] = weigh_frames(model, distinct.iloc[batch]).argmax(axis=1)
    return frame_of_text[codes][:, None] == np.arange(len(model.frames))


def weigh_frames(model: FrameModel, texts: pd.DataFrame) -> np.ndarray:
    """How much the words of each text (row) of `read_texts` weigh for each frame (column)."""
    from scipy.sparse import hstack

    features = []
    for kind, column, vectorizer in _vectorizers(model.terms):
        vectorizer.idf_ = model.idf[kind]
        features.append(vectorizer.transform(texts[column]))
    weighed = hstack(features, format="csr") @ model.weights.T + model.offsets
    return weighed if len(model.frames) > 2 else np.hstack((-weighed, weighed))


def _take_apart(classifier) -> tuple[dict, dict, np.ndarray, np.ndarray]:
    """What a fitted classifier has learnt, without the classes of the package that learnt it."""
    features, machine = classifier[0], classifier[-1]
    fitted = {kind: vectorizer for kind, vectorizer, _ in features.transformers_ if kind != "remainder"}
    terms = {kind: tuple(map(str, vectorizer.get_feature_names_out())) for kind, vectorizer in fitted.items()}
    idf = {kind: vectorizer.idf_ for kind, vectorizer in fitted.items()}
    return terms, idf, machine.coef_, machine.intercept_


def _check(labelled: pd.DataFrame, seed: int) -> None:
    need(labelled, "text", "frame", verb="learn_frames")
    if not isinstance(seed, numbers.Integral) or seed < 0:
        raise InputError(f"seed is {seed!r}, but must be a whole number from 0 on")
    for column in [name for name in _NAMED if name in labelled.columns]:
        empty = labelled[column].isna()
        if column == "frame":
            empty |= labelled[column].astype("str").str.strip() == ""
        for row in np.flatnonzero(empty)[:1]:
            raise InputError(f"learn_frames needs {_NAMED[column]} in every row; row {row} has none")
    rows = labelled["frame"].astype("str").value_counts().sort_index()
    if len(rows) < 2:
        raise InputError(f"learn_frames needs at least two frames to tell apart; the rows have {quoted(rows.index)}")
    few = rows[rows < MIN_ROWS]
    if len(few):
        listed = ", ".join(f"'{frame}' has {n}" for frame, n in few.items())
        raise InputError(f"learn_frames needs {MIN_ROWS} labelled rows of each frame; {listed}")


def _group(labelled: pd.DataFrame, texts: pd.DataFrame) -> np.ndarray:
    """A number for each row; rows that would give each other away have the same."""
    own = labelled["article"].astype("str") if "article" in labelled.columns else texts["whole"]
    return pd.factorize(own.to_numpy(dtype=object))[0]


def _deal(truth: np.ndarray, groups: np.ndarray, seed: int) -> np.ndarray:
    """The fold of each row."""
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    number = len(np.unique(groups))
    if number < FOLDS:
        raise InputError(f"learn_frames needs rows of {FOLDS} articles or texts; there are {number}")
    alone = number == len(groups)
    splitter = (StratifiedKFold if alone else StratifiedGroupKFold)(FOLDS, shuffle=True, random_state=int(seed))
    folds = np.empty(len(truth), dtype=np.int64)
    for fold, (_, held) in enumerate(splitter.split(truth, truth, None if alone else groups)):
        folds[held] = fold
    return folds


def _classifiers(seed: int) -> dict:
    """name → a function that makes the classifier, unfitted."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    def plain(**options):
        whole = FunctionTransformer(_whole)
        return make_pipeline(whole, TfidfVectorizer(), LogisticRegression(max_iter=1000, **options))

    return {
        "learnt": lambda: _learnt(seed),
        "tf_idf_balanced": lambda: plain(class_weight="balanced"),
        "tf_idf": plain,
    }


def _whole(texts: pd.DataFrame) -> pd.Series:
    return texts["whole"]


def _learnt(seed: int):
    from sklearn.compose import ColumnTransformer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    features = [(kind, vectorizer, column) for kind, column, vectorizer in _vectorizers()]
    # The solver visits the rows in a random order.
    return make_pipeline(ColumnTransformer(features), LinearSVC(C=_C, class_weight="balanced", random_state=int(seed)))


def _vectorizers(terms: dict[str, tuple[str, ...]] | None = None) -> list[tuple]:
    """Kind of feature, the column that it is read from, and what turns that into numbers, of all terms or of these."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    options = {"words": {"ngram_range": (1, 2)}, "letters": {"analyzer": "char_wb", "ngram_range": (2, 5)}}
    found = []
    for column in ("opening", "whole"):
        for unit, chosen in options.items():
            kind = f"{unit} of {column}"
            vocabulary = {} if terms is None else {"vocabulary": terms[kind]}
            found.append((kind, column, TfidfVectorizer(sublinear_tf=True, **chosen, **vocabulary)))
    return found


def _predict(make, texts: pd.DataFrame, truth: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """What each row is called by a classifier fitted on the other folds."""
    frame_of_row = np.empty_like(truth)
    for fold in range(FOLDS):
        held = folds == fold
        others = np.unique(truth[~held])
        if len(others) == 1:  # all rows of the other frames stand in this fold
            frame_of_row[held] = others[0]
        elif held.any():
            frame_of_row[held] = make().fit(texts[~held], truth[~held]).predict(texts[held])
    return frame_of_row


def _majority(truth: np.ndarray, folds: np.ndarray) -> np.ndarray:
    frame_of_row = np.empty_like(truth)
    for fold in range(FOLDS):
        frame_of_row[folds == fold] = np.bincount(truth[folds != fold]).argmax()
    return frame_of_row
