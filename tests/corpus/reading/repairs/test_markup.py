"""HTML in the cells of a table, as interfaces and feeds give it."""

import time

import pytest

from analysis.corpus.reading.repairs.markup import take_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>It burned.</p><p>&ldquo;We saw it,&rdquo; she said.</p>", "It burned.\n“We saw it,” she said."),
        ('<div class="a"><p>They met.</p><ul><li>Nobody was hurt</li></ul></div>', "They met.\nNobody was hurt"),
        ("One line<br>another<br/>a third", "One line\nanother\na third"),
        ("It is <b>over</b>.\nThey left.", "It is over.\nThey left."),
        ("<p>A line\nof source</p>\n<p>Next</p>", "A line of source\nNext"),
        ('See <a href="https://a.org/?x=1&y=2">the report</a> of May.', "See the report of May."),
        ('<p>A<img alt="5 > 4" src="x.png">B</p>', "AB"),
        ("<p>Seen<script>if (a < b) { alert('x') }</script></p><style>p { top: 0 }</style><p>twice</p>", "Seen\ntwice"),
        ("<p>A<!-- <p>hidden</p> -->B</p>", "AB"),
        ("<![CDATA[<p>They met.</p>]]>", "They met."),
        ("&lt;p&gt;They met.&lt;/p&gt;&lt;p&gt;They left.&lt;/p&gt;", "They met.\nThey left."),
        ("It&#8217;s over &amp; done, &amp;quot;she&amp;quot; said.", 'It’s over & done, "she" said.'),
        ("<p>The mill burned on <a href='https://a.org/[+12 chars]", "The mill burned on [+12 chars]"),
        ("<table><tr><td>Ruiz</td><td>12</td></tr></table>", "Ruiz 12"),
    ],
)  # fmt: skip
def test_tags_go_and_paragraphs_stay(text, plain):
    found, n = take_markup(text)
    assert found == plain
    assert n > 0


@pytest.mark.parametrize(
    "text",
    [
        "Use the <b> tag to print a word in bold.", "If a < b and c > d, they said, a & c differ.", "AT&T; Q&A",
        "He wrote <name> and <address> there.", "A line with <br> in it.", "5 <6> 7", "Kim <kim@a.org> wrote.", "",
    ],
)  # fmt: skip
def test_a_text_that_only_speaks_of_tags_stays(text):
    assert take_markup(text) == (text, 0)


def test_a_block_quotation_gets_marks_unless_it_has_its_own():
    text = "<p>She said:</p><blockquote><p>We saw it.</p><p>It fell.</p></blockquote><blockquote>“Own.”</blockquote>End"
    assert take_markup(text)[0] == "She said:\n“We saw it.\n“It fell.”\n“Own.”\nEnd"


def test_the_signature_of_a_post_is_no_part_of_it():
    text = '<blockquote class="twitter-tweet"><p>They knew.</p>&mdash; Tom (@tom) <a href="x">May 1</a></blockquote>'
    assert take_markup(text)[0] == "“They knew.”\n— Tom (@tom) May 1"


@pytest.mark.parametrize("hostile", ["<p>" + "<a " * 200_000, "<p>" + "<!--" * 200_000, "<p><script>" * 100_000,
                                     "<p>" + "&" * 500_000 + ";", "<p>" + "<p \"" * 200_000 + ">"])  # fmt: skip
def test_a_hostile_text_takes_no_longer(hostile):
    start = time.perf_counter()
    take_markup(hostile)
    assert time.perf_counter() - start < 5
