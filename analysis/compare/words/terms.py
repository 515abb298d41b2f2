"""Words and short phrases: how often each group prints them, and how that sets it apart from the others."""

import numbers
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...tables import COUNTS, InputError, by_columns, need
from .cells import check_prior, spread_counts
from .keyness import class_tf_idf
from .tallies import finish_counts, tally_terms
from .term_pairs import pair_groups

REST = "rest"


def count_terms(
    spans: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    ngrams: int = 1,
    fold: bool | Sequence[str] = True,
    collocations: pd.DataFrame | Sequence[str] = (),
    least: int = 1,
) -> pd.DataFrame:
    """How often does each outlet print each word?

    Counts the words of the rows it is given, and nothing else: select a voice, or text nobody copied, beforehand.
    `ngrams=2` counts pairs of neighbouring words too, `ngrams=3` also triples; none crosses from one row to the next.
    With `fold` printings of one word are counted as one, and `tabulate_folds` lists which: case and the possessive,
    spelling (`defence` as *defense*: the American form is shown) and plurals (`sanctions` as *sanction*, but not
    `news`, `politics` or the name `Gates`). `fold=("case", "spelling")` leaves plurals apart, `fold=False` counts words
    as printed. `collocations`, the table of `find_collocations` or a list, are counted as one term each, the longest
    first, from left to right, and their words are not counted there. Terms in fewer than `least` articles (of all
    groups together; 1: all) have no row, and what has a row is the same without them: with 2, most pairs of a large
    corpus need no memory. A count says what was printed, not what was meant, and a rate from one article says nothing
    of the outlet. Sorted by group, n from high to low, and term.

    Columns:
        those of `by`: the group
        term: a word or a phrase, folded
        n: how often, at least 1
        rate: per 1,000 words of the group, for phrases too
        articles: of the group, that have the term
        articles_total: of the group, that have a word
        dispersion: deviation of proportions over the group's articles, 0 to 1: 0 if the term is spread as the words
            are, near 1 if it stands in one short article; always 0 in a group of one article
        stop_word: whether the word, or the first or last of a phrase, is a function word such as *the*

    Raises:
        InputError: if a column is missing or an option is none of those

    Source: dispersion, Gries (2008), International Journal of Corpus Linguistics 13(4)

    Example:
        >>> spans = {"outlet": ["A", "B"], "article": ["1", "2"], "text": ["A deal. The deals", "Kim's deal"]}
        >>> count_terms(pd.DataFrame(spans))
          outlet  term  n   rate  articles  articles_total  dispersion  stop_word
        0      A  deal  2  500.0         1               1         0.0      False
        1      A     a  1  250.0         1               1         0.0       True
        2      A   the  1  250.0         1               1         0.0       True
        3      B  deal  1  500.0         1               1         0.0      False
        4      B   kim  1  500.0         1               1         0.0      False
    """
    by = by_columns(by)
    need(spans, *by, "article", "text", verb="count_terms")
    if isinstance(ngrams, bool) or ngrams not in (1, 2, 3):
        raise InputError(f"ngrams is {ngrams!r}, but must be 1, 2 or 3: the longest phrase to count, in words")
    if isinstance(least, bool) or not isinstance(least, numbers.Integral) or least < 1:
        raise InputError(f"least is {least!r}, but must be a whole number of articles from 1 on")
    if isinstance(collocations, pd.DataFrame):
        need(collocations, "phrase", verb="count_terms with collocations")
        collocations = collocations["phrase"].tolist()
    collocations = [collocations] if isinstance(collocations, str) else list(collocations)
    return finish_counts(tally_terms(spans, by, ngrams, fold, collocations=collocations, least=int(least)), by)


def compare_terms(
    counts: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    against: str = REST,
    prior: str | float = "pooled",
    prior_size: float = 100,
) -> pd.DataFrame:
    """Which words set each outlet apart from all the others together, or from each of them?

    `against` says whom each group is set against: "rest" (all the others together), "each" (every other, pair by pair)
    or one group, by its name. The columns are the same, and so are the rows of two groups. There is a row for each term
    that one of the two sides prints, so that n = 0 shows what a group does not print: groups × terms rows against the
    rest, groups² × terms against each, so leave out the rare terms of a large corpus first (`count_terms(…, least=5)`).
    Sorted by group, the one it is set against, n from high to low, and term. With one group there is nobody to compare
    it with: against the rest every measure but tf_idf and c_tf_idf is NA, against each there is no row.

    All measures (keyness) are effects of pooled counts: words of one article are no independent draws, and none of them
    is a test. A group's total is its words (1,000 n / rate), for phrases too, as any of its words may begin one: terms
    that were left out before still count in it.

    The prior of the log-odds (shrinkage) is the same whatever `against` is, so that pairs can be compared.
    `prior="pooled"` adds to each side `prior_size` words in the mix of all groups; a number adds that much to each term
    given, whatever its frequency. 100 words are a tenth to a quarter of a news article: enough that a word seen once
    does not lead, too few to drown one article. It is a convention, and the order of the words depends on it: with 10
    rare words lead, with 1,000 frequent ones.

    Columns:
        those of `by`: the group
        against: rest, or the other group
        term: as counted
        n: how often the group prints it
        n_against: how often the other side does
        rate: per 1,000 words of the group
        rate_against: per 1,000 words of the other side; NA where there is none
        articles: of the group, that have the term
        articles_total: of the group, that have a word
        tf_idf: n × (ln((1 + N)/(1 + df)) + 1) for N groups, df of which have the term, each group scaled to length 1
            over the terms given, as scikit-learn's `TfidfTransformer` does (so shared words stay above 0), whatever
            `against` is
        log_odds: log-odds-ratio under an informative Dirichlet prior, any number; above 0: more in this group
        log_odds_low: log_odds less 1.96 standard deviations (variance of four terms)
        log_odds_high: log_odds and 1.96 standard deviations
        z: log_odds over its standard deviation
        g2: log-likelihood ratio of the 2 × 2 table, with the sign of the difference
        log_ratio: log2 of the ratio of the two rates (1: twice as often), −inf and inf where one side has none
        log_ratio_low: lower end of its 95 % interval for all terms of that length at once (Clopper–Pearson at α/2m);
            may be −inf
        log_ratio_high: upper end; may be inf
        dispersion: as counted; NA where n = 0
        stop_word: as counted; only with a column `stop_word`
        c_tf_idf: class-based tf-idf, n / words × ln(1 + A/f), where f is how often all groups print the term and A the
            mean number of words of a group, rounded down: large for what a group prints often and all together seldom

    Raises:
        InputError: if a column is missing, for a term that is given twice for a group, a prior that is not above 0, or
            an `against` that is none of those

    Source: Monroe, Colaresi and Quinn (2008), Political Analysis 16(4); Dunning (1993), Computational Linguistics
        19(1); Evert, Dykes and Peters (2018); Grootendorst (2022), arXiv 2203.05794; the formulas stand in `keyness`

    Example:
        >>> counts = pd.DataFrame({"outlet": ["A", "A", "B"], "term": ["deal", "pact", "pact"], "n": [6, 2, 8],
        ...     "rate": [750.0, 250.0, 1000.0], "articles": 1, "articles_total": 1})
        >>> compare_terms(counts)[["outlet", "against", "term", "n", "log_odds", "g2", "log_ratio"]].round(2)
          outlet against  term  n  log_odds     g2  log_ratio
        0      A    rest  deal  6      0.24  12.17        inf
        1      A    rest  pact  2     -0.24 -12.17       -2.0
        2      B    rest  pact  8      0.24  12.17        2.0
        3      B    rest  deal  0     -0.24 -12.17       -inf
    """
    by = by_columns(by)
    need(counts, *by, *COUNTS[1:], verb="compare_terms")
    check_prior(prior, prior_size)
    cells = spread_counts(counts, by, verb="compare_terms")
    of_group, words = cells.values["n"], cells.words[:, None]
    if isinstance(against, str) and against == REST:
        group, sides = np.arange(len(of_group)), np.full(len(of_group), REST, dtype=object)
        n_against, words_against = of_group.sum(axis=0) - of_group, words.sum() - words
    else:
        group, other = pair_groups(cells.keys, against)
        sides, n_against, words_against = cells.keys.iloc[other, 0], of_group[other], words[other]
    n, both, total = of_group[group], of_group[group] + n_against, words[group] + words_against
    measures = cells.measure(n, words[group], both, total, cells.weigh(prior, prior_size))
    if len(cells.keys) == 1:  # not compared is NA, not 0
        measures = dict.fromkeys(measures, np.full(n.shape, np.nan))
    with np.errstate(invalid="ignore"):
        rate_against = 1000 * n_against / words_against

    row, term = np.nonzero(both)
    order = np.lexsort((term, -n[row, term], row))
    row, term = row[order], term[order]
    here, pair = (group[row], term), (row, term)
    table = cells.keys.take(group[row]).reset_index(drop=True)
    table["against"] = pd.Series(sides, dtype="str").take(row).array
    table["term"] = cells.names.take(term)
    table["n"], table["n_against"] = n[pair].astype(np.int64), n_against[pair].astype(np.int64)
    table["rate"], table["rate_against"] = cells.values["rate"][here], rate_against[pair]
    table["articles"] = cells.values["articles"][here].astype(np.int64)
    table["articles_total"] = cells.articles_total[group[row]]
    table["tf_idf"] = _tf_idf(of_group)[here]
    for name, values in measures.items():
        table[name] = values[pair]
    table["dispersion"] = cells.values["dispersion"][here]
    if cells.stop_words is not None:
        table["stop_word"] = cells.stop_words[term]
    table["c_tf_idf"] = class_tf_idf(of_group, words)[here]
    return table


def _tf_idf(n: np.ndarray) -> np.ndarray:
    """As scikit-learn's `TfidfTransformer`, which takes more than a second to import."""
    groups = len(n)
    weighed = n * (np.log((1 + groups) / (1 + (n > 0).sum(axis=0))) + 1)
    # Summed one after the other, as there: numpy's own sum goes by pairs, and the last digit is another.
    lengths = np.sqrt(np.cumsum(weighed**2, axis=1)[:, -1:])
    return np.divide(weighed, lengths, out=np.zeros_like(weighed), where=lengths > 0)
