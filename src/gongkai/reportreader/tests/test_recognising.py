"""What a report says of itself is found, and what it does not say is not made up."""

from dataclasses import fields
from datetime import date

import pytest

from gongkai.reportreader import Quote, Recognition, SourceText, recognise
from gongkai.reportreader.tests.openings import OPENINGS, Opening, body


def recognised(text: str) -> Recognition:
    return recognise(SourceText("report.txt", text))


def codes(told: Recognition) -> tuple[str, ...]:
    return tuple(problem.code for problem in told.problems)


def quotes_of(told: Recognition) -> list[Quote]:
    values = [getattr(told, field.name) for field in fields(told)]
    found = [value for value in values if isinstance(value, Quote)]
    found += told.agency_evidence
    found += [quote for problem in told.problems for quote in problem.quotes]
    return found + ([told.period.quote] if told.period else [])


each_opening = pytest.mark.parametrize(
    "opening", OPENINGS, ids=[opening.name for opening in OPENINGS]
)


@each_opening
def test_opening_tells_what_a_reader_finds(opening: Opening) -> None:
    told = recognised(opening.text)
    assert told.agency == opening.agency
    assert told.year == opening.year
    assert told.title == opening.title
    assert told.issued_on == opening.issued_on
    assert told.signed_on == opening.signed_on
    assert told.index_no == opening.index_no
    assert told.doc_no == opening.doc_no
    assert codes(told) == opening.problems


@each_opening
def test_evidence_stands_in_the_text_where_it_says(opening: Opening) -> None:
    told = recognised(opening.text)
    assert told.agency_evidence
    assert told.year_evidence
    for quote in quotes_of(told):
        assert quote.text
        assert opening.text[quote.start : quote.end] == quote.text


@each_opening
def test_windows_line_ends_change_nothing_but_places(opening: Opening) -> None:
    told = recognised(opening.text.replace("\n", "\r\n"))
    assert (told.agency, told.year, told.title) == (
        opening.agency,
        opening.year,
        opening.title,
    )
    assert codes(told) == opening.problems


def test_evidence_of_a_name_is_the_name_as_printed() -> None:
    told = recognised("云雾县 水务局2011年政府信息公开工作年度报告\n")
    assert [quote.text for quote in told.agency_evidence] == ["云雾县 水务局"]


def test_evidence_of_a_name_with_the_year_inside_is_the_title() -> None:
    title = "云雾县2011年水务局政府信息公开工作年度报告"
    told = recognised(title)
    assert told.agency == "云雾县水务局"
    assert [quote.text for quote in told.agency_evidence] == [title]


def test_evidence_of_a_date_is_the_date_as_printed() -> None:
    told = recognised(
        "云雾县水务局2011年政府信息公开工作年度报告\n二〇一二年二月十五日"
    )
    assert told.issued_evidence
    assert told.issued_evidence.text == "二〇一二年二月十五日"


def test_year_of_the_period_where_the_title_gives_none() -> None:
    told = recognised(
        "云雾县水务局政府信息公开工作年度报告\n发布日期:2019-03-01\n"
        "本报告数据的统计期限自2017年1月1日起至12月31日止。\n"
    )
    assert told.year == 2017
    assert told.period
    assert (told.period.first, told.period.last) == (
        date(2017, 1, 1),
        date(2017, 12, 31),
    )


def test_year_that_the_opening_reports_on_not_the_one_it_plans_for() -> None:
    told = recognised(
        "云雾县水务局政府信息公开工作年度报告\n"
        "按照2018年政府信息公开要点,现将我局2017年度政府信息公开情况报告如下。\n"
    )
    assert told.year == 2017


def test_year_before_the_day_of_issue_where_no_word_gives_it() -> None:
    told = recognised("云雾县水务局政府信息公开工作年度报告\n发布日期:2019-03-01\n")
    assert told.year == 2018
    assert told.year_evidence
    assert told.year_evidence.text == "2019-03-01"


def test_day_of_the_label_goes_before_the_day_of_the_signature() -> None:
    text = "云雾县水务局2018年政府信息公开工作年度报告\n{}云雾县水务局\n2019年1月5日\n"
    labelled = recognised(text.format("成文日期:2019-01-07\n"))
    assert (labelled.issued_on, labelled.signed_on) == (
        date(2019, 1, 7),
        date(2019, 1, 5),
    )
    assert recognised(text.format("")).issued_on == date(2019, 1, 5)


def test_day_of_publishing_goes_before_the_day_of_making() -> None:
    told = recognised(
        "成文日期:2019-01-07 发布日期:2019-01-09\n"
        "云雾县水务局2018年政府信息公开工作年度报告\n"
    )
    assert told.issued_on == date(2019, 1, 9)


def test_text_about_something_else_is_no_report() -> None:
    told = recognised("随便一句话。\n再来一句,没有别的意思。")
    assert (told.agency, told.year, told.issued_on) == ("", None, None)
    assert (told.regime, told.form_in_force) == (None, None)
    assert {"not_a_report", "agency_unknown", "year_unknown"} <= set(codes(told))


def test_address_is_never_an_agency() -> None:
    told = recognised("www.bet-8888.com2014年政府信息公开工作年度报告\n我们做得很好。")
    assert told.agency == ""
    assert "agency_unknown" in codes(told)
    assert told.title == "www.bet-8888.com2014年政府信息公开工作年度报告"


def test_author_whose_place_nothing_tells_is_no_agency() -> None:
    told = recognised(
        "2014年政府信息公开工作年度报告\n"
        "市农业局认真公开农业信息。市农业局积极公开农业补贴。我局公开农业政策。\n"
    )
    assert (told.agency, told.agency_evidence) == ("", ())
    assert "agency_unknown" in codes(told)


def test_department_that_gives_no_name_is_not_taken_for_its_government() -> None:
    told = recognised(
        "2014年政府信息公开工作年度报告\n我局公开信息,云雾县和我县群众满意。"
        "我局办理及时,我局有序,我局认真。\n"
    )
    assert told.agency == ""


def test_figures_to_the_last_day_of_the_year_are_no_problem() -> None:
    told = recognised(
        "云雾县水务局2018年政府信息公开工作年度报告\n发布日期:2019-01-09\n"
        "统计期限自2018年1月1日至2018年12月31日止。\n"
    )
    assert codes(told) == ()


def test_report_dated_after_an_early_last_day_has_one_problem_only() -> None:
    told = recognised(
        "云雾县水务局2018年政府信息公开工作年度报告\n发布日期:2018-12-25\n"
        "统计期限自2018年1月1日至2018年12月20日止。\n"
    )
    assert codes(told) == ("cutoff_before_year_end",)


def test_chapters_are_the_headings_of_two_levels() -> None:
    told = recognised(
        "云雾县水务局2018年政府信息公开工作年度报告\n"
        "一、概述\n我局公开信息。\n(一)主动公开\n1.网站\n二、不足\n仍有不足。\n"
    )
    assert [(chapter.text, chapter.level) for chapter in told.chapters] == [
        ("一、概述", 1),
        ("(一)主动公开", 2),
        ("二、不足", 1),
    ]


def test_regime_and_form_follow_the_year() -> None:
    title = "云雾县水务局{}年政府信息公开工作年度报告\n"
    told = recognised(title.format(2018) + body(2018))
    assert (told.regime, told.form_in_force, told.form) == ("2008", "2014", None)
    told = recognised(title.format(2021) + body(2021))
    assert (told.regime, told.form_in_force) == ("2019", "2021")
