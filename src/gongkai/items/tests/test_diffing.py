"""A reader sees at once what changed, and no change of substance goes unseen."""

from gongkai.items.diffing import (
    FieldChange,
    FileChange,
    FileSeen,
    body_lines,
    compare_bodies,
    compare_fields,
    compare_files,
    mark_words,
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_equal_bodies_have_no_changes() -> None:
    assert compare_bodies(paragraphs("一", "二"), "<p>一</p>\n<p>二</p>") == []


def test_a_changed_paragraph_shows_both_states_with_its_words_marked() -> None:
    old = paragraphs("各乡镇：", "补贴标准为每亩120元，于6月底前发放。", "特此通知。")
    new = paragraphs("各乡镇：", "补贴标准为每亩150元，于6月底前发放。", "特此通知。")
    lines = compare_bodies(old, new)
    assert [line.op for line in lines] == ["same", "removed", "added", "same"]
    assert ("removed", "120") in lines[1].parts
    assert ("added", "150") in lines[2].parts
    assert (lines[1].number, lines[2].number) == (2, 2)


def test_marked_parts_join_to_the_very_paragraphs() -> None:
    before, after = "新增12户，名单见附件。", "名单见附件，新增13户。"
    old, new = mark_words(before, after)
    assert "".join(text for _op, text in old) == before
    assert "".join(text for _op, text in new) == after


def test_paragraphs_far_from_a_change_are_counted_not_shown() -> None:
    texts = [f"第{number}条 内容如下。" for number in range(20)]
    changed = [*texts]
    changed[10] = "完全不同的另外一段文字"
    lines = compare_bodies(paragraphs(*texts), paragraphs(*changed))
    assert lines[0].op == "skipped"
    assert lines[0].number == 9
    assert lines[-1].number == 8


def test_a_new_paragraph_and_a_lost_one() -> None:
    added = compare_bodies(paragraphs("甲", "乙"), paragraphs("甲", "丙丙丙", "乙"))
    assert [line.op for line in added] == ["same", "added", "same"]
    removed = compare_bodies(paragraphs("甲", "丙丙丙", "乙"), paragraphs("甲", "乙"))
    assert [line.op for line in removed] == ["same", "removed", "same"]


def test_a_table_row_is_a_line() -> None:
    table = (
        "<table><tr><th>乡镇</th><th><p>金额</p></th></tr>"
        "<tr><td>柳溪</td><td>5</td></tr></table>"
    )
    assert body_lines(table) == ["乡镇 │ 金额", "柳溪 │ 5"]


def test_a_link_that_leads_elsewhere_is_a_change() -> None:
    old = '<p>见<a href="https://a.gov.cn/">官网</a></p>'
    new = '<p>见<a href="https://b.example/">官网</a></p>'
    assert [line.op for line in compare_bodies(old, new)] == ["removed", "added"]


def test_another_picture_is_a_change() -> None:
    assert compare_bodies('<p><img src="/f/a/1.png"></p>', "<p></p>")


def test_only_changed_fields_are_listed() -> None:
    rows = [("标题", "甲", "乙"), ("文号", "", None), ("日期", None, "2026-01-01")]
    assert compare_fields(rows) == [
        FieldChange("标题", "甲", "乙"),
        FieldChange("日期", "", "2026-01-01"),
    ]


def test_files_added_removed_replaced_and_renamed() -> None:
    before = [
        FileSeen("名单.xlsx", "1"),
        FileSeen("表.pdf", "2"),
        FileSeen("旧.pdf", "3"),
    ]
    after = [
        FileSeen("名单.xlsx", "9"),
        FileSeen("附表.pdf", "2"),
        FileSeen("新.pdf", "4"),
    ]
    assert compare_files(before, after) == [
        FileChange("replaced", "名单.xlsx", "名单.xlsx"),
        FileChange("renamed", "表.pdf", "附表.pdf"),
        FileChange("removed", "旧.pdf", ""),
        FileChange("added", "", "新.pdf"),
    ]
