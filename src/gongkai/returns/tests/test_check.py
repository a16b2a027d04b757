"""A relation is judged only on known figures and speaks in plain sentences."""

from decimal import Decimal

import pytest

from gongkai.returns import BadValues, Form, check, judge, load_form


@pytest.fixture
def form() -> Form:
    return load_form("2014")


CHANNELS = {
    "channel_total": 976,
    "channel_gazette": 0,
    "channel_website": 927,
    "channel_weibo": 12,
    "channel_wechat": 37,
    "channel_other": 1,
}


def test_a_broken_sum_is_spelled_out(form: Form) -> None:
    (broken,) = check(form, CHANNELS).errors
    assert "976 ≠ 0 + 927 + 12 + 37 + 1" in broken.message
    assert broken.message.startswith("通过不同渠道和方式公开政府信息的情况 976 条")
    assert broken.keys == tuple(CHANNELS)


def test_a_sum_of_two_names_both(form: Form) -> None:
    figures = {"staff_total": 5, "fulltime_staff": 1, "parttime_staff": 3}
    (broken,) = check(form, figures).errors
    assert "“专职人员数＋兼职人数”：5 ≠ 1 + 3" in broken.message


@pytest.mark.parametrize("unknown", CHANNELS)
def test_a_row_left_out_is_unknown_not_zero(form: Form, unknown: str) -> None:
    known = {key: value for key, value in CHANNELS.items() if key != unknown}
    assert check(form, known).errors == ()
    assert check(form, known | {unknown: None}).errors == ()


def test_nothing_known_breaks_nothing(form: Form) -> None:
    result = check(form, {})
    assert (result.errors, result.warnings) == ((), ())


def test_judge_tells_kept_broken_and_unknown_apart(form: Form) -> None:
    (relation,) = (r for r in form.relations if r.left[0].key == "interviews_by_head")
    assert judge(form, relation, {"interviews": 1, "interviews_by_head": 1}) is True
    assert judge(form, relation, {"interviews": 0, "interviews_by_head": 1}) is False
    assert judge(form, relation, {"interviews": 0}) is None


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (-1, "小于 0"),
        (Decimal("1.5"), "不是整数"),
        ("1.5", "不是整数"),
        ("很多", "不是数字"),
        ("1,000", "不是数字"),
        ("", "不是数字"),
        ("１２", "不是数字"),
        (True, "不是数字"),
        (1.0, "不是数字"),
        ([1], "不是数字"),
        (Decimal("NaN"), "不是数字"),
        (Decimal("1e999999999"), "过大"),
        pytest.param(10**5000, "过大", id="long"),
    ],
)
def test_a_count_takes_whole_numbers_only(
    form: Form, value: object, problem: str
) -> None:
    with pytest.raises(BadValues) as caught:
        check(form, {"responses": value})
    (found,) = caught.value.problems
    assert found.key == "responses"
    assert found.problem == problem
    assert "不小于 0 的整数" in found.remedy
    assert "回应公众关注热点" in str(caught.value)


@pytest.mark.parametrize("value", [7, "7", Decimal(7), Decimal("7.0")])
def test_a_count_may_come_as_text(form: Form, value: object) -> None:
    assert check(form, {"responses": value}).errors == ()


@pytest.mark.parametrize("value", ["20000.50", Decimal("0.01"), 20000, "0"])
def test_money_takes_yuan_with_two_decimals(form: Form, value: object) -> None:
    assert check(form, {"funds_yuan": value}).errors == ()


@pytest.mark.parametrize("value", ["2.005", "-1", "2万元", 2.5])
def test_money_refuses_what_cannot_be_yuan(form: Form, value: object) -> None:
    with pytest.raises(BadValues, match="以元为单位"):
        check(form, {"funds_yuan": value})


def test_every_bad_value_is_reported_at_once(form: Form) -> None:
    with pytest.raises(BadValues) as caught:
        check(form, {"responses": -1, "meetings": "x", "trainees": 6})
    assert [p.key for p in caught.value.problems] == ["responses", "meetings"]


def test_an_unknown_key_is_refused_with_the_nearest_one(form: Form) -> None:
    with pytest.raises(BadValues, match="proactive_total") as caught:
        check(form, {"proactive_totel": 1})
    assert caught.value.problems[0].key == "proactive_totel"


@pytest.mark.parametrize("is_same_body", [True, False])
def test_what_goes_over_into_the_year_only_warns_after_a_merger(
    is_same_body: bool,
) -> None:
    key = "applications.carried_in.total"
    result = check(
        load_form("2021"),
        {key: 3},
        {"applications.carried_out.total": 2},
        is_same_body=is_same_body,
    )
    expected = result.errors if is_same_body else result.warnings
    assert [broken.keys[0] for broken in expected] == [key]
    assert len(result.errors) + len(result.warnings) == 1
