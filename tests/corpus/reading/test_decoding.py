"""Text that Windows-1252 would read as gibberish is not read; text of the languages it was made for is."""

import pytest
from corpus.reading.test_articles import read_with_problems, write

from analysis import read_articles
from analysis.corpus.reading.decoding import decode

RUSSIAN = "Россия и Северная Корея подписали договор, сообщили в среду лидеры обеих стран. "
GREEK = "Η Ρωσία και η Βόρεια Κορέα υπέγραψαν συμφωνία, ανακοίνωσαν την Τετάρτη οι ηγέτες των δύο χωρών. "
JAPANESE = "ロシアと北朝鮮は水曜日、包括的戦略パートナーシップ条約に署名した。両首脳が明らかにした。"
CHINESE = "俄罗斯和朝鲜周三签署了全面战略伙伴关系条约，两国领导人在会谈后宣布。"
KOREAN = "러시아와 북한은 수요일에 포괄적 전략 동반자 조약에 서명했다고 두 정상이 밝혔다. "


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "iso8859-5"), (RUSSIAN, "cp866"), (GREEK, "cp1253"),
        (JAPANESE, "cp932"), (JAPANESE, "euc-jp"), (CHINESE, "gb18030"), (CHINESE, "big5"), (KOREAN, "cp949"),
    ],
)  # fmt: skip
def test_other_scripts_in_a_code_of_their_own_are_not_read(tmp_path, text, encoding):
    data = (text * 3).encode(encoding, "replace")
    articles, (problem,) = read_with_problems(write(tmp_path, a__txt="Words", b__txt=data))
    start, _, end = problem.partition("(")
    assert start == "'b.txt' is in an encoding that can't be told "
    assert end.partition("%")[2] == " of its letters are not ASCII); expected text in UTF-8, UTF-16 or Windows-1252"
    assert articles["article"].tolist() == ["a"]


def test_the_whole_sentence(tmp_path):
    table = f"text\n{'дом' * 30}\n".encode("cp1251")
    assert read_with_problems(write(tmp_path, a__txt="Words", b__csv=table))[1] == [
        "'b.csv' is in an encoding that can't be told (96% of its letters are not ASCII); "
        "expected text in UTF-8, UTF-16 or Windows-1252"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Það er ljóst að bæði ríkin hafa þörf fyrir öfluga áætlun, sagði ráðherra við Ríkisútvarpið í gær, þá síðast. ",
        "À l’été, l’Élysée a révélé qu’un traité, négocié à Pyongyang, était prêt : « c’est créé », a-t-il répété. ",
        "Über Öl, Äpfel und Süßes sprach die Ministerin für Wälder – „natürlich“ – erst später in Köln…",
        "A coligação não votou a moção: são questões de opinião, e não há solução, informação ou decisão já. ",
        "“What?” — “No…” — “Yes!” • • • • “Go” — “I” — " + "—" * 200 + "•" * 200,
    ],
)
def test_the_languages_of_windows_1252_are_read(tmp_path, text):
    data = (text * 3).encode("cp1252")
    assert read_articles(write(tmp_path, a__txt=data))["text"].tolist() == [text * 3]


@pytest.mark.parametrize(
    ("above", "plain", "read"), [(30, 70, True), (31, 69, False), (19, 0, True), (20, 0, False)]
)  # fmt: skip
def test_more_than_thirty_per_cent_and_at_least_twenty_letters(above, plain, read):
    data = b"\xe4" * above + b" " + b"a" * plain
    if read:
        assert decode(data, "a.txt") == "ä" * above + " " + "a" * plain
    else:
        with pytest.raises(ValueError, match=r"^'a.txt' is in an encoding that can't be told "):
            decode(data, "a.txt")
