"""The table of report years 2014-2018 (国办发〔2014〕32号)."""

from pathlib import Path

import pytest

from gongkai.returns import Form, Strength, check, form_in_force, load_form
from gongkai.returns.checking import Figure
from gongkai.returns.tests.vectors import seed_003

REPOSITORY = Path(__file__).parents[4]
SEEDS = REPOSITORY.parent / "shared" / "seeds"

ROWS = """
1 -  1.1 proactive_total  1.1.1 normative_documents  1.1.2 normative_documents_issued
1.2 channel_total  1.2.1 channel_gazette  1.2.2 channel_website  1.2.3 channel_weibo
1.2.4 channel_wechat  1.2.5 channel_other  1.3 proposals_total
1.3.1 proposals_deputies  1.3.2 proposals_cppcc  2 response_total  2.1 responses
2.2 response_channel_total  2.2.1 press_conferences  2.2.1.1 press_conferences_by_head
2.2.2 interviews  2.2.2.1 interviews_by_head  2.2.3 interpretations
2.2.4 weibo_wechat_responses  2.2.5 other_responses  3 applications_section
3.1 applications_received  3.1.1 applications_in_person  3.1.2 applications_by_fax
3.1.3 applications_by_network  3.1.4 applications_by_letter  3.2 applications_closed
3.2.1 closed_on_time  3.2.2 closed_extended  3.3 applications_replied
3.3.1 already_public  3.3.2 granted  3.3.3 granted_partial  3.3.4 refused
3.3.4.1 refused_state_secret  3.3.4.2 refused_trade_secret  3.3.4.3 refused_privacy
3.3.4.4 refused_security_stability  3.3.4.5 refused_not_government_information
3.3.4.6 refused_other_law  3.3.5 not_this_agency  3.3.6 not_exist
3.3.7 told_to_correct  3.3.8 told_other_route  4 reviews  4.1 reviews_upheld
4.2 reviews_corrected  4.3 reviews_other  5 litigations  5.1 litigations_upheld
5.2 litigations_corrected  5.3 litigations_other  6 complaints  7 fees_yuan  8 -
8.1 dedicated_bodies  8.2 reading_points  8.3 staff_total  8.3.1 fulltime_staff
8.3.2 parttime_staff  8.4 funds_yuan  9 -  9.1 meetings  9.2 trainings  9.3 trainees
"""


@pytest.fixture
def form() -> Form:
    return load_form("2014")


def test_every_row_stands_at_its_code(form: Form) -> None:
    words = ROWS.split()
    expected = [
        (code, None if key == "-" else key)
        for code, key in zip(words[::2], words[1::2], strict=True)
    ]
    assert [(row.code, row.key) for row in form.rows] == expected


def test_labels_are_the_official_words(form: Form) -> None:
    text = "".join(row.label for row in form.rows)
    assert "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）" in text
    assert "危及国家安全、公共安全、经济安全和社会稳定" in text
    assert "（一）维持具体行政行为或者驳回原告诉讼请求数" in text


def test_headings_without_a_figure_are_the_first_eighth_and_ninth(form: Form) -> None:
    assert [row.code for row in form.rows if row.key is None] == ["1", "8", "9"]
    assert form.by_key["response_total"].header
    assert form.by_key["applications_section"].header


def test_money_is_printed_in_ten_thousands_and_kept_in_yuan(form: Form) -> None:
    money = [row for row in form.rows if row.unit == "万元"]
    assert [row.key for row in money] == ["fees_yuan", "funds_yuan"]
    assert {row.json_unit for row in money} == {"元"}


def test_indent_follows_the_code(form: Form) -> None:
    assert form.by_key["fees_yuan"].depth == 0
    assert form.by_key["refused_state_secret"].depth == 3


def test_the_block_on_proposals_is_optional(form: Form) -> None:
    optional = [row.code for row in form.rows if row.optional]
    assert optional == ["1.3", "1.3.1", "1.3.2"]


def test_head_and_foot_hold_the_places_for_names_and_dates(form: Form) -> None:
    assert [b.label for b in form.head] == ["年度", "填报单位（盖章）"]
    foot = ["单位负责人", "审核人", "填报人", "联系电话", "填报日期"]
    assert [b.label for b in form.foot] == foot


@pytest.mark.parametrize("year", range(2014, 2019))
def test_in_force_from_2014_to_2018(year: int, form: Form) -> None:
    assert form_in_force(year) == form


@pytest.mark.parametrize("year", [2008, 2013, 2019])
def test_not_in_force_before_or_after(year: int, form: Form) -> None:
    assert form_in_force(year) != form


def test_a_real_filing_breaks_no_error_and_one_warning(form: Form) -> None:
    result = check(form, seed_003(form))
    assert result.errors == ()
    (broken,) = result.warnings
    assert broken.keys == ("channel_website", "proactive_total")
    assert broken.strength is Strength.WARNING
    assert (
        "政府网站公开政府信息数 927 条大于主动公开政府信息数 645 条" in broken.message
    )


@pytest.mark.parametrize(
    ("key", "broken"),
    [
        ("normative_documents", "normative_documents <= proactive_total"),
        ("channel_total", "channel_total ="),
        ("proposals_total", "proposals_total ="),
        ("response_channel_total", "response_channel_total ="),
        ("press_conferences_by_head", "press_conferences_by_head <="),
        ("interviews_by_head", "interviews_by_head <= interviews"),
        ("applications_received", "applications_received ="),
        ("applications_closed", "applications_closed ="),
        ("applications_replied", "applications_replied ="),
        ("refused", "refused ="),
        ("reviews", "reviews ="),
        ("litigations", "litigations ="),
        ("staff_total", "staff_total ="),
    ],
)
def test_each_sum_and_part_is_held_to_as_an_error(
    form: Form, key: str, broken: str
) -> None:
    result = check(form, seed_003(form) | {key: 9999})
    assert any(str(e.relation).startswith(broken) for e in result.errors)


@pytest.mark.parametrize(
    ("figures", "broken"),
    [
        ({"proactive_total": 977}, "proactive_total <= channel_total"),
        ({"normative_documents": 1}, "normative_documents <= normative_documents_issu"),
        ({"channel_gazette": 646}, "channel_gazette <= proactive_total"),
        ({"channel_weibo": 646}, "channel_weibo <= proactive_total"),
        ({"channel_wechat": 646}, "channel_wechat <= proactive_total"),
        ({"channel_other": 646}, "channel_other <= proactive_total"),
        ({"response_total": 2}, "response_total = responses + response_channel_total"),
        ({"applications_section": 2}, "applications_section = applications_received"),
        ({"applications_closed": 2}, "applications_closed <= applications_received"),
        ({"applications_replied": 2}, "applications_replied = applications_closed"),
    ],
)
def test_each_likely_slip_is_held_to_as_a_warning(
    form: Form, figures: dict[str, Figure], broken: str
) -> None:
    result = check(form, seed_003(form) | figures)
    assert any(str(w.relation).startswith(broken) for w in result.warnings)


def test_a_row_is_found_under_half_width_brackets_and_its_misprint(form: Form) -> None:
    (row,) = form.rows_labelled(
        "(一)主动公开政府信息数 (不同渠道和方式公开相同信息计1条)"
    )
    assert row.key == "proactive_total"
    (row,) = form.rows_labelled("制发规范文件性文件总数")
    assert row.key == "normative_documents_issued"


def test_a_label_of_two_sections_gives_both_rows(form: Form) -> None:
    found = form.rows_labelled("(二)被依法纠错数")
    assert [row.key for row in found] == ["reviews_corrected", "litigations_corrected"]


def test_every_line_of_a_real_table_is_a_row(form: Form) -> None:
    lines = _table_of_seed("003_")
    assert len(lines) == len(form.rows)
    for row, (label, *_) in zip(form.rows, lines, strict=True):
        assert row in form.rows_labelled(label)


def test_the_vector_is_what_the_real_table_says(form: Form) -> None:
    vector = seed_003(form)
    for row, cells in zip(form.rows, _table_of_seed("003_"), strict=True):
        if row.key:
            scale = 10_000 if row.is_money else 1
            assert vector[row.key] == int(cells[-1]) * scale


def _table_of_seed(prefix: str) -> list[list[str]]:
    """The cells that are filled, line by line."""
    files = sorted(SEEDS.glob(f"{prefix}*.txt")) if SEEDS.is_dir() else []
    if not files:
        pytest.skip("the real reports are not part of the repository")
    text = files[0].read_text("utf-8")
    table = text[text.index("统计指标 |") : text.index("单位负责人")]
    lines = [line.split("|") for line in table.splitlines()[1:]]
    return [[cell for cell in cells if cell.strip()] for cells in lines]
