"""The policy for bodies, and their plain text."""

import pytest

from gongkai.items.reading.text import (
    html_pieces,
    html_to_text,
    link_targets,
    sanitise,
    with_reachable_tables,
)


@pytest.mark.parametrize(
    "html",
    [
        "<p>正文</p>",
        "<h2>一</h2><ul><li>甲</li></ul><ol><li>乙</li></ol>",
        "<table><caption>表</caption><thead><tr>"
        '<th scope="col" colspan="2">项目</th></tr></thead>'
        '<tbody><tr><td rowspan="2">一</td><td>二</td></tr></tbody></table>',
        '<p><img src="/f/abc-1/图 1.png" alt="图"></p>',
        '<p><img src="picture:12" alt="示意图"></p>',
    ],
)
def test_structure_and_own_pictures_stay(html: str) -> None:
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p onclick=x style='color:red' class=a>正文</p>", "<p>正文</p>"),
        ("<script>alert(1)</script><p>正文</p>", "<p>正文</p>"),
        ("<style>p{}</style>正文", "正文"),
        ('<img src="https://elsewhere.example/a.png">', ""),
        ('<img src="data:image/png;base64,AAAA" alt="x">', ""),
        ('<img src="/sign-out">', ""),
        ('<img src="/f/../sign-out">', ""),
        ('<img src="/f/a/..">', ""),
        ('<img alt="a > src=">', ""),
        ("<iframe src=//a></iframe><svg onload=x></svg>", ""),
        ("<td colspan=2>x</td>", "x"),
        ("<h1>标题</h1>", "<h2>标题</h2>"),
        ('<p id="top">x</p>', "<p>x</p>"),
        (
            "<table><tr><td colspan=99999>x",
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
        ),
    ],
)
def test_everything_else_goes(html: str, clean: str) -> None:
    assert sanitise(html) == clean


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "//elsewhere.example", "data:text/html,x", "#top"]
)
def test_a_bad_link_loses_its_target(target: str) -> None:
    assert "href" not in sanitise(f'<a href="{target}">x</a>')


def test_links_carry_rel() -> None:
    clean = sanitise('<a href="https://example.gov.cn/" target="_blank">x</a>')
    assert clean == '<a href="https://example.gov.cn/" rel="noopener noreferrer">x</a>'


def test_footnote_links_stay() -> None:
    html = '<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup>'
    assert 'href="#footnote-1"' in sanitise(html)


def test_sanitising_twice_changes_nothing() -> None:
    once = sanitise(
        '<h1>a</h1><p>b<img src="picture:1" alt="&quot;&lt;"></p><a href=/x>y'
    )
    assert sanitise(once) == once


def test_plain_text_keeps_breaks_and_cells() -> None:
    html = (
        "<p>第一段<br>续行</p><p>第二<strong>段</strong></p>"
        "<table><caption>表名</caption><tr><th>项目</th><th>数</th></tr>"
        "<tr><td><p>甲</p><p>乙</p></td><td>3</td></tr></table><p>A &amp; B</p>"
    )
    assert html_to_text(html) == (
        "第一段\n续行\n第二段\n表名\n项目\t数\n甲\n乙\t3\nA & B"
    )


def test_text_of_a_table_in_a_cell_stays_apart() -> None:
    inner = "<table><tr><td>2</td></tr></table>"
    html = f"<table><tr><td>1{inner}3</td><td>4</td></tr></table>"
    assert html_to_text(html).split() == ["1", "2", "3", "4"]


def test_places_are_told_in_words() -> None:
    html = "<p>甲</p><table><tr><td>乙</td><td>丙</td></tr></table>"
    assert [piece.where for piece in html_pieces(html)] == [
        "第 1 段",
        "表 1 第 1 行第 1 格",
        "表 1 第 1 行第 2 格",
    ]


def test_a_picture_without_a_description_is_called_a_picture() -> None:
    assert sanitise('<img src="picture:1">') == '<img src="picture:1" alt="插图">'
    once = sanitise('<img src="picture:1">')
    assert sanitise(once) == once


def test_scripts_and_comments_are_no_text_and_a_picture_tells_its_name() -> None:
    html = '<script>x</script><!-- y --><p>图<img src="picture:1" alt="示意"></p>'
    assert html_to_text(html) == "图示意"


def test_link_targets_are_found() -> None:
    assert link_targets('<a href="tel:1&amp;2">x</a>') == ["tel:1&2"]


def test_plain_text_of_nothing() -> None:
    assert html_to_text("") == ""
    assert html_to_text("无标签") == "无标签"


def test_a_table_can_be_reached_by_keyboard() -> None:
    html = with_reachable_tables(sanitise("<table><tbody><tr><td>a<tr></table>"))
    assert html.startswith('<table tabindex="0"><tbody>')
