"""The text of a report in pieces, its figures marked."""

import pytest

from gongkai.reports import marking
from gongkai.reports.marking import Mark, pieces


def mark(start: int, end: int) -> Mark:
    name = f"m{start}-{end}"
    return Mark(start, end, name, f"#{name}", "open", "")


@pytest.mark.parametrize(
    "marks",
    [
        [],
        [mark(0, 3)],
        [mark(2, 8), mark(4, 6)],
        [mark(1, 5), mark(3, 9), mark(5, 9)],
        [mark(4, 6), mark(4, 6)],
        [mark(0, 10)],
    ],
)
def test_no_sign_is_lost_or_doubled(marks: list[Mark]) -> None:
    text = "一二三四五六七八九十"
    found = list(pieces(text, marks, 1))
    assert "".join(piece.text for piece in found) == text
    anchors = [anchor for piece in found for anchor in piece.anchors]
    assert sorted(anchors) == sorted(one.anchor for one in marks)


def test_the_inner_of_two_marks_is_the_link() -> None:
    outer, inner = mark(2, 8), mark(4, 6)
    found = list(pieces("一二三四五六七八九十", [outer, inner], 1))
    links = [piece.mark for piece in found]
    assert links == [None, outer, inner, outer, None]


def test_a_long_text_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "PART", 4)
    text, one = "一二三四五六七八九十", mark(3, 6)
    parts = [list(pieces(text, [one], number)) for number in (1, 2, 3)]
    assert marking.parts_in(text) == 3
    joined = ["".join(piece.text for piece in part) for part in parts]
    assert joined == ["一二三四", "五六七八", "九十"]
    anchors = [[a for piece in part for a in piece.anchors] for part in parts]
    assert anchors == [["m3-6"], [], []]
    assert [piece.mark for piece in parts[1]] == [one, None]


def test_lines_with_bars_become_a_table_with_the_marks_in_its_cells() -> None:
    text = "前言\n规章 | 0 | 12 |\n后记"
    place = text.index("12")
    one = Mark(place, place + 2, "a", "#a", "open", "")
    first, table, last = marking.blocks(pieces(text, [one], 1))
    told = [
        [["".join(p.text for p in cell) for cell in row] for row in block.rows]
        for block in (first, table, last)
    ]
    assert told == [[["前言"]], [["规章", "0", "12"]], [["后记"]]]
    assert [p.mark for p in table.rows[0][2] if p.text] == [one]
    assert [p.anchors for p in table.rows[0][2] if p.anchors] == [("a",)]
