"""Keyness: how far a word's use in one group differs from its use in the others.

Pure functions of counts, which broadcast. `f` is how often the word occurs in the group, `f1` how many words the
group has, `f2` how often the word occurs in all groups, `n` how many words all groups have: the frequency signature
of Evert (2004), The Statistics of Word Cooccurrences.
"""

import numpy as np
import pandas as pd

# Every interval is a 95 % interval; Z is the quantile of the normal distribution that goes with it.
ALPHA = 0.05
Z = 1.959963984540054


def signed_g2(f, f1, f2, n) -> np.ndarray:
    """Log-likelihood ratio of the 2 × 2 table of word × group, negative where the group uses the word less.

    G² = 2 Σ O ln(O/E) over all four cells, with 0 ln 0 = 0 (Dunning 1993, Computational Linguistics 19(1)).
    """
    from scipy import special  # half as long to import as pandas, and most notebooks compare no words

    f, f1, f2, n = (np.asarray(count, dtype=float) for count in (f, f1, f2, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = f1 * f2 / n
        observed = (f, f1 - f, f2 - f, n - f1 - f2 + f)
        cells = (expected, f1 - expected, f2 - expected, n - f1 - f2 + expected)
        g2 = 2 * sum(special.xlogy(o, o / np.where(o > 0, e, 1)) for o, e in zip(observed, cells, strict=True))
    # Where the use is equal, rounding can leave a zero of either sign, or one just below.
    return np.sign(f - expected) * np.maximum(g2, 0)


def log_odds(y1, n1, y2, n2, *, prior, prior_total, variance_terms: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds-ratio of a word under a Dirichlet prior, δ, and its approximate variance.

    δ = ln((y1 + a)/(n1 + a0 − y1 − a)) − ln((y2 + a)/(n2 + a0 − y2 − a)). The variance has four terms, one over each
    of these numerators and denominators; with `variance_terms=2` only the numerators' (equations 16, 19 and 20 of
    Monroe, Colaresi and Quinn 2008, Political Analysis 16(4)). NaN where there is no other word to set it against.
    """
    y1, n1, y2, n2 = (np.asarray(count, dtype=float) for count in (y1, n1, y2, n2))
    used1, used2 = y1 + prior, y2 + prior
    with np.errstate(divide="ignore", invalid="ignore"):
        other1, other2 = n1 - y1 + (prior_total - prior), n2 - y2 + (prior_total - prior)
        delta = np.log(used1 / other1) - np.log(used2 / other2)
        variance = 1 / used1 + 1 / used2
        if variance_terms == 4:
            variance = variance + 1 / other1 + 1 / other2
    return np.where(np.isfinite(delta), delta, np.nan), variance


def log_ratio(f, f1, f2, n) -> np.ndarray:
    """Log2 of the word's relative frequency in the group over that in the others: 1 means twice as often.

    −inf where the group never has the word, inf where only the group has it (Hardie 2014, "Log Ratio: an informal
    introduction", CASS).
    """
    f, f1, f2, n = (np.asarray(count, dtype=float) for count in (f, f1, f2, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2((f / f1) / ((f2 - f) / (n - f1)))


def normalised_pmi(f, f1, f2, n) -> np.ndarray:
    """How closely two words are tied: ln(f n / (f1 f2)) / −ln(f / n), from −1 (never together) to 1 (never apart).

    0 where they meet as often as by chance, and 1 where there is nothing but the two (Bouma 2009, "Normalized
    (pointwise) mutual information in collocation extraction", GSCL).
    """
    f, f1, f2, n = (np.asarray(count, dtype=float) for count in (f, f1, f2, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        tied = np.log(f * n / (f1 * f2)) / -np.log(f / n)
    return np.where(f == 0, -1.0, np.where(f == n, 1.0, tied))


def class_tf_idf(n, words) -> np.ndarray:
    """Class-based tf-idf of each group (row) and term (column): n / words × ln(1 + A/f).

    f is how often all groups print the term, A the mean number of words of a group, rounded down as in BERTopic
    (Grootendorst 2022, arXiv 2203.05794).
    """
    n, words = np.asarray(n, dtype=float), np.asarray(words, dtype=float)
    mean = np.floor(words.mean()) if words.size else 0
    with np.errstate(divide="ignore"):
        return n / words * np.log1p(mean / n.sum(axis=0))


def bound_log_ratio(f, f1, f2, n, *, tail: float | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest log-ratio that the counts are compatible with, at `tail` on either side.

    Clopper–Pearson bounds of q, the group's part of the word's occurrences, turned into a ratio of frequencies:
    q/(1 − q) · (n − f1)/f1. With tail = α/2m the interval holds for m words at once (Bonferroni): the conservative
    log-ratio LRC of Evert, Dykes and Peters (2018), "A quantitative evaluation of keyword measures for corpus-based
    discourse analysis", without its clamping at 0.
    """
    from scipy import special

    f, f1, f2, n, tail = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in (f, f1, f2, n, tail)))
    # The quantile is slow, and most words share their two counts with many others; hashing finds them, as sorting is
    # slow too.
    cells = np.zeros(f.size, dtype=np.int64)
    for part in (f, f2, tail):
        codes, values = pd.factorize(part.ravel(), use_na_sentinel=False)
        cells, known = pd.factorize(cells * max(len(values), 1) + codes)
    first = np.empty(len(known), dtype=np.int64)
    first[cells[::-1]] = np.arange(f.size)[::-1]
    inside, whole, side = (part.ravel()[first] for part in (f, f2, tail))
    inverse = cells.reshape(f.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(inside > 0, special.betaincinv(inside, whole - inside + 1, side), 0)
        high = np.where(inside < whole, special.betainccinv(inside + 1, whole - inside, side), 1)
        scale = np.log2((n - f1) / f1)
        return tuple(np.log2(q / (1 - q))[inverse] + scale for q in (low, high))
