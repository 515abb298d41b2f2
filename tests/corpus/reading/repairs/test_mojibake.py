import pytest

from analysis.corpus.reading.repairs.mojibake import mend_mojibake

MEANT = "The chief didn’t wait. “We saw it,” Ana Ruiz said – it’s over. “It fell,” she added in Café Zoë."


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_text_decoded_in_the_wrong_encoding(encoding):
    wrong = MEANT.encode().decode(encoding, "replace")
    found, n = mend_mojibake(wrong)
    assert found == MEANT
    assert n == 9


def test_a_closing_mark_that_lost_its_last_byte():
    assert mend_mojibake("â€œWe saw it,â€ she said.")[0] == "“We saw it,” she said."


def test_a_database_that_spells_the_second_half_in_ascii():
    wrong = 'Putinâ€[TM]s â€˜beaconâ€[TM] fell â€" at last.'
    assert mend_mojibake(wrong)[0] == "Putin’s ‘beacon’ fell – at last."


def test_controls_that_were_dropped():
    wrong = "".join(letter for letter in MEANT.encode().decode("latin-1") if not "\x80" <= letter <= "\x9f")
    assert mend_mojibake(wrong)[0] == MEANT.replace(" – ", " – ")


def test_controls_are_what_windows_has_in_their_place():
    assert mend_mojibake("\x93We saw it,\x94 she said. It\x92s \x805.") == ("“We saw it,” she said. It’s €5.", 4)


def test_a_text_decoded_wrongly_twice():
    twice = "FranÃ\x83Â§ois left."
    assert mend_mojibake(twice)[0] == "François left."


@pytest.mark.parametrize(
    "text",
    [
        MEANT, "Plain.", "", "Le château, l’âne et la pâte « à la carte » – déjà vu à Paris, côté jardin.",
        "„Größe“ heißt es in der ÄRA; «Ñandú» está aquí. Çağlar İstanbul’da.", "Москва — столица. 平壤。",
        "ＦＵＬＬ ﬁne “quotes” ½ … \u00ad soft", "He paid £5 – or €6 (¥700).",
    ],
)  # fmt: skip
def test_what_is_right_stays(text):
    assert mend_mojibake(text) == (text, 0)


def test_only_the_wrong_line_is_touched():
    assert mend_mojibake("“Right,” he said.\nItâ€™s wrong.") == ("“Right,” he said.\nIt’s wrong.", 1)
