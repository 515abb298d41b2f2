"""The file that says which words are labels of one thing: every way it can be wrong has its sentence."""

import re

import pytest
from conftest import ROOT, SEEDS

from analysis import InputError, read_concepts, tabulate_labels

EXAMPLE = 'a table for each concept, such as [pact] with labels = ["pact", "deal"]'


def write(folder, text):
    (folder / "c.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "c.toml"


def message_of(path):
    with pytest.raises(InputError) as error:
        read_concepts(path)
    return str(error.value)


def test_the_seeds_bring_two_concepts():
    concepts = read_concepts(SEEDS / "concepts.toml")
    assert list(concepts) == ["pact", "war"]
    assert concepts["pact"]["labels"][:3] == ["pact", "deal", "treaty"]
    assert concepts["war"]["conflict"] == {"near": ["Ukraine", "Ukrainian"]}


def test_the_example_of_the_readme_is_read(tmp_path):
    examples = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (example,) = (example for example in examples if "[pact]" in example)
    assert read_concepts(write(tmp_path, example))["pact"]["treaty"] == {"forms": ["treaties", "accord"]}


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path):
    path = write(tmp_path, '\ufeff[pact]\r\nlabels = ["pact", "deal"]\r\n')
    assert read_concepts(path) == {"pact": {"labels": ["pact", "deal"]}}


PACT = '[pact]\nlabels = ["pact", "deal"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"'c.toml' names no concept; expected {EXAMPLE}"),
        (b"\xff\xfe", f"'c.toml' is not in UTF-8; expected a TOML file with {EXAMPLE}"),
        (
            "[pact]\nlabels = [pact]",
            f"'c.toml' can't be read as TOML (Invalid value (at line 2, column 11)); expected {EXAMPLE}",
        ),
        ('labels = ["a"]', f"'c.toml', concept 'labels': ['a'] is no table; expected {EXAMPLE}"),
        ("[pact]", f"'c.toml', concept 'pact': there are no labels; expected {EXAMPLE}"),
        ('[pact]\nlabel = ["a"]', "'c.toml', concept 'pact': the key 'label' is not known; did you mean 'labels'?"),
        ("[pact]\nlabels = []", f"'c.toml', concept 'pact': labels is empty; expected {EXAMPLE}"),
        (
            '[pact]\nlabels = "pact"',
            "'c.toml', concept 'pact': labels is 'pact', but must be a list of words or phrases",
        ),
        (
            '[pact]\nlabels = ["pact", "–"]',
            "'c.toml', concept 'pact': labels has '–', but must be a list of words or phrases",
        ),
        (
            '[pact]\nlabels = ["pact", 1961]',
            "'c.toml', concept 'pact': labels has 1961, but must be a list of words or phrases",
        ),
        (
            PACT + 'notnear = ["1961"]',
            "'c.toml', concept 'pact': the key 'notnear' is not known; did you mean 'not_near'?",
        ),
        (
            PACT + "zzz = 1",
            "'c.toml', concept 'pact': the key 'zzz' is not known; expected one of 'labels', 'not_in', 'near', "
            "'not_near'",
        ),
        (
            PACT + '[pact.deals]\nforms = ["deals"]',
            "'c.toml', concept 'pact': the key 'deals' is not among its labels; did you mean 'deal'?",
        ),
        (
            PACT + '[pact.deal]\nform = ["deals"]',
            "'c.toml', concept 'pact', label 'deal': the key 'form' is not known; did you mean 'forms'?",
        ),
        (
            PACT + 'deal = ["deals"]',
            "'c.toml', concept 'pact', label 'deal': ['deals'] is no table; expected one with keys of 'forms', "
            "'not_in', 'near', 'not_near'",
        ),
        (
            PACT + '[pact.deal]\nforms = ["Pact"]',
            "'c.toml', concept 'pact': 'Pact' stands under 'pact' already; expected each label and form once",
        ),
        (
            '[pact]\nlabels = ["pact", "pact"]',
            "'c.toml', concept 'pact': 'pact' stands under 'pact' already; expected each label and form once",
        ),
        (
            PACT + 'not_in = ["1961"]',
            "'c.toml', concept 'pact': not_in has '1961', but needs phrases with a label in them, and this holds none",
        ),
        (
            PACT + '[pact.deal]\nnot_in = ["pact"]',
            "'c.toml', concept 'pact', label 'deal': not_in has 'pact', but needs phrases with a label in them, and "
            "this is itself one",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path, text, message):
    assert message_of(write(tmp_path, text)) == message


def test_a_file_that_is_not_there(tmp_path):
    path = tmp_path / "none.toml"
    assert message_of(path) == f"'{path}' does not exist; expected a TOML file with {EXAMPLE}"
    assert message_of(tmp_path) == f"'{tmp_path}' can't be opened (Is a directory); expected a TOML file with {EXAMPLE}"
    assert message_of(7) == "read_concepts needs the path of a TOML file, but was given a int"


def test_a_file_nested_a_thousand_deep_is_refused(tmp_path):
    assert message_of(write(tmp_path, "a = " + "[" * 20_000)).startswith("'c.toml' can't be read as TOML (")


def test_a_dict_is_held_to_the_same_rules(spans):
    with pytest.raises(InputError) as error:
        tabulate_labels(spans, {"pact": {"labels": ["pact"], "nera": ["Kim"]}})
    assert str(error.value) == "concepts, concept 'pact': the key 'nera' is not known; did you mean 'near'?"
    with pytest.raises(InputError) as error:
        tabulate_labels(spans, ["pact"])
    assert str(error.value) == (
        "tabulate_labels needs the path of a TOML file or the dict read from it, but was given a list"
    )
