"""A quote is the source's own words, not the folded ones."""

from gongkai.reportreader import Quote, SourceText
from gongkai.reportreader.lines import Page
from gongkai.reportreader.quoting import quote


def test_quote_gives_the_words_as_printed() -> None:
    source = SourceText("a.txt", "于２０１５年３月公开")
    assert quote(source, 1, 6) == Quote("２０１５年", 1, 6)


def test_lines_are_quoted_without_the_blanks_around_them() -> None:
    page = Page(SourceText("a.txt", "\r\n　　概　述 \r\n\n完"))
    assert [line.text for line in page.lines] == ["概 述", "完"]
    assert page.quote_line(page.lines[0]) == Quote("概　述", 4, 7)


def test_every_kind_of_line_end_ends_a_line() -> None:
    page = Page(SourceText("a.txt", "a\rb\nc\x0bd\x0ce\u2028f\u2029g"))
    assert "".join(line.text for line in page.lines) == "abcdefg"
    assert len(page.lines) == 7
