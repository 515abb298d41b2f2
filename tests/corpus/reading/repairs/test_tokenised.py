import pandas as pd
import pytest

from analysis import find_quotes
from analysis.corpus.reading.repairs.tokenised import LEAST, is_tokenised, join_tokens


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('He disagreed . " We will not pay , " he said . They left , " all of us " .',
         'He disagreed. "We will not pay," he said. They left, "all of us".'),
        ("He disagreed . `` We will not pay , '' he said . They left .",
         "He disagreed. “We will not pay,” he said. They left."),
        ("It 's over . They do n't know . The workers ' mill , -LRB- burned -RRB- , fell .",
         "It's over. They don't know. The workers' mill, (burned), fell."),
        ("It ’ s over . “ We won , ” he said . They paid $ 5 , or 6 % .",
         "It’s over. “We won,” he said. They paid $5, or 6%."),
        ("Left @-@ wing , he said . Who ? Me ! And : you ; they .", "Left-wing, he said. Who? Me! And: you; they."),
    ],
)  # fmt: skip
def test_words_and_marks_are_joined(text, printed):
    assert join_tokens(text)[0] == printed


def test_marks_open_and_close_line_by_line():
    text = 'He said " no " , and left , alone .\n" Yes , " she said .'
    assert join_tokens(text)[0] == 'He said "no", and left, alone.\n"Yes," she said.'


def test_as_many_spaced_stops_as_make_a_text_tokenised():
    assert not is_tokenised("One ." * (LEAST - 1))
    assert not is_tokenised(" ".join(["One ."] * (LEAST - 1)))
    assert is_tokenised(" ".join(["One ."] * LEAST))
    half = " ".join(["One ."] * LEAST + ["Two."] * LEAST)
    assert is_tokenised(half)
    assert not is_tokenised(half + " Three.")


@pytest.mark.parametrize("text", ["And so . . . they left . . . again.", "Il dit : « non » ; qui ? Moi !", "a , b"])
def test_printed_texts_stay(text):
    assert join_tokens(text) == (text, 0)


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("``", "''")])
def test_both_quotations_are_found(opening, closing):
    text = f"He disagreed . {opening} We will not pay a cent , {closing} he said . Mr. Harlan told reporters that "
    text += f"{opening} the plan is dead {closing} and left ."
    quotes = find_quotes(pd.DataFrame({"article": ["a"], "text": [join_tokens(text)[0]]}))
    marked = quotes[quotes["kind"] != "reported"]["text"].str.strip('"“”').tolist()
    assert marked == ["We will not pay a cent,", "the plan is dead"]
