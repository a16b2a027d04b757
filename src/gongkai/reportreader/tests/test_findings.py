"""What does not agree is found and quoted; what adds up is not reported."""

from decimal import Decimal

import pytest

from gongkai.reportreader import Finding, SourceText, analyse
from gongkai.reportreader.contents import is_identity_number
from gongkai.reportreader.tests.tables import rows_of, with_bars
from gongkai.returns import load_form

BODY = """{agency}{year}年政府信息公开工作年度报告
{date}
本报告所列数据的统计期限自{year}年1月1日起至{last}止。
一、总体情况
{text}
二、依申请公开情况
全年未收到政府信息公开申请，未收取任何费用。
三、行政复议、行政诉讼情况
未发生因政府信息公开引起的行政复议和行政诉讼。
四、存在的主要问题及改进措施
{plan}
五、其他需要报告的事项
无。
"""


def report(
    text: str = "全年工作正常。",
    *,
    agency: str = "云雾县林业局",
    year: int = 2016,
    date: str = "",
    last: str = "",
    plan: str = "更新不够及时，今后加以改进。",
) -> str:
    return BODY.format(
        agency=agency,
        year=year,
        date=f"发布日期：{date}" if date else "",
        last=last or f"{year}年12月31日",
        text=text,
        plan=plan,
    )


def findings(text: str, previous: dict[str, Decimal] | None = None) -> list[Finding]:
    return list(analyse(SourceText("报告.txt", text), previous=previous).findings)


def codes(text: str) -> list[str]:
    return [finding.code for finding in findings(text)]


@pytest.mark.parametrize(
    "text",
    [
        "热线平台受理2670件，办结2523件，办结率94.49%。",
        "热线平台受理2670件，办结2523件，办结率94.5%。",
        "热线平台受理2670件，办结2523件，办结率94%。",
        "共受理3件，办结2件，其余1件结转下年，办结率100%。",
        "主动公开信息120条，比上年的100条增加20条。",
        "主动公开信息120条，比2015年的100条增长20%。",
        "共发布信息30条，其中政策类10条，动态类20条。",
        "共发布信息30条，其中政策类10条，动态类15条。",
        "共公开信息30条，其中网站30条，微信25条。",
        "收到来信9件，其中咨询5件，建议3件，其他1件。",
        "主动公开政府信息215条。全年主动公开政府信息215条。",
        "联系电话：0859-8226150，咨询电话：13985941234。",
        "2015年，本局主动公开政府信息180条。2016年主动公开政府信息215条。",
        "截至2016年底累计主动公开政府信息1200条，2016年主动公开政府信息215条。",
        "办理信件9件，上年结转1件，其中网上5件，邮寄5件。",
        "微博发布30条（各平台有多有少，其中腾讯31条，新浪32条）。",
        "根据《关于编制2015年政府信息公开年度报告的通知》编制本报告。",
    ],
)
def test_what_adds_up_is_not_reported(text: str) -> None:
    assert codes(report(text)) == []


@pytest.mark.parametrize(
    ("text", "code", "quotes"),
    [
        (
            "热线平台受理2670件，办结2523件，办结率98%。",
            "rate",
            ["2670件", "2523件", "98%"],
        ),
        (
            "主动公开信息120条，比上年的100条增长30%。",
            "growth",
            ["120条", "100条", "30%"],
        ),
        (
            "主动公开信息120条，比上年的100条增加25条。",
            "growth",
            ["120条", "100条", "25条"],
        ),
        (
            "共发布信息30条，其中政策类20条，动态类15条。",
            "parts_total",
            ["30条", "20条", "15条"],
        ),
        (
            "全年主动公开政府信息215条。2016年共主动公开政府信息251条。",
            "prose_conflict",
            ["主动公开政府信息215条", "主动公开政府信息251条"],
        ),
        (
            "全年共收到政府信息公开申请3件。",
            "prose_conflict",
            [
                "共收到政府信息公开申请3件",
                "全年未收到政府信息公开申请，未收取任何费用。",
            ],
        ),
        (
            "申请人张某，手机13985941234。",
            "mobile_number",
            ["13985941234"],
        ),
        (
            "申请人身份证号11010519491231002X。",
            "identity_number",
            ["11010519491231002X"],
        ),
    ],
)
def test_contradiction_is_quoted(text: str, code: str, quotes: list[str]) -> None:
    source = report(text)
    found = findings(source)
    assert [finding.code for finding in found] == [code]
    assert sorted(quote.text for quote in found[0].quotes) == sorted(quotes)
    assert all(source[q.start : q.end] == q.text for q in found[0].quotes)


def test_parts_by_channel_must_make_the_whole() -> None:
    text = report().replace(
        "未收到政府信息公开申请",
        "收到政府信息公开申请9件，其中网络申请5件、信函申请3件",
    )
    assert codes(text) == ["parts_total"]
    assert codes(text.replace("9件", "8件")) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last": "2016年11月30日"}, "cutoff_before_year_end"),
        ({"date": "2016-12-20"}, "dated_before_period_end"),
        ({"date": "2017-05-20"}, "late"),
        ({"plan": "改进措施。2016年，我局将进一步完善制度。"}, "wrong_year"),
        ({"text": "现公布云雾县林业局2015年度政府信息公开年度报告。"}, "wrong_year"),
    ],
)
def test_dates_and_years(changes: dict[str, str], code: str) -> None:
    assert codes(report(**changes)) == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("agency", "year", "date", "late"),
    [
        ("云雾县林业局", 2016, "2017-03-31", False),
        ("云雾县林业局", 2021, "2022-02-15", True),
        ("云雾县林业局", 2021, "2022-01-31", False),
        ("云雾县人民政府", 2021, "2022-02-15", False),
        ("云雾县人民政府", 2021, "2022-04-02", True),
        ("云雾县林业局", 2016, "2020-07-01", False),  # the page moved
    ],
)
def test_day_of_publication(agency: str, year: int, date: str, late: bool) -> None:
    found = codes(report(agency=agency, year=year, date=date))
    assert ("late" in found) is late


def test_missing_contents_of_a_whole_report() -> None:
    filling = "本局认真落实各项工作，不断完善制度，加强学习宣传。" * 40
    text = report(filling).replace("，未收取任何费用", "")
    assert codes(text) == ["content_missing"]
    assert "收费" in findings(text)[0].message
    assert codes(report(filling)) == []


def printed(form: str, values: dict[str, int]) -> str:
    return with_bars(rows_of(form, values))


def test_form_of_another_year() -> None:
    keys = [str(row.key) for row in load_form("2014").figures]
    table = printed("2014", dict.fromkeys(keys, 0))
    assert "wrong_form" in codes(report(year=2021) + table)
    assert "wrong_form" not in codes(report(year=2016) + table)
    assert "wrong_form" not in codes(report(year=2019) + table)


def test_broken_relation_of_the_form_quotes_its_figures() -> None:
    keys = [str(row.key) for row in load_form("2014").figures]
    values = dict.fromkeys(keys, 0) | {"staff_total": 5, "parttime_staff": 4}
    found = findings(report() + printed("2014", values))
    assert [finding.code for finding in found] == ["relation_broken"]
    assert sorted(quote.text for quote in found[0].quotes) == ["0", "4", "5"]
    values["fulltime_staff"] = 1
    assert codes(report() + printed("2014", values)) == []


def test_carried_over_figures_of_two_years() -> None:
    keys = [str(row.key) for row in load_form("2021").figures]
    text = report(year=2022) + printed("2021", dict.fromkeys(keys, 0))
    assert findings(text) == []
    before = {"applications.carried_out.total": Decimal(4)}
    found = findings(text, before)
    assert [finding.code for finding in found] == ["relation_broken"]


def test_figure_out_of_line_with_last_year_and_peers() -> None:
    source = SourceText("报告.txt", report("全年主动公开政府信息9000条。"))
    last_year = {"proactive_total": Decimal(90)}
    found = analyse(source, previous=last_year).findings
    assert [(f.code, f.severity) for f in found] == [("out_of_line", "notice")]
    peers = [{"proactive_total": Decimal(n)} for n in (80, 90, 100, 110, 120)]
    assert [f.code for f in analyse(source, peers=peers).findings] == ["out_of_line"]
    assert analyse(source, peers=peers[:4]).findings == ()


def test_figure_of_a_day_in_the_year_beside_the_years_own_is_no_cutoff() -> None:
    early = "截至2016年11月底，政府网站公开信息520条。"
    assert codes(report(early)) == ["cutoff_before_year_end"]
    assert codes(report(f"{early}2016年，政府网站公开信息689条。")) == []


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (
            [
                "工作开展情况",
                "主动公开",
                "申请办理",
                "复议诉讼",
                "不足之处",
                "其他事项",
            ],
            0,
        ),
        (["总体情况", "主动公开", "申请办理", "复议诉讼", "存在的主要问题"], 1),
        (["总体情况", "主动公开", "申请办理", "存在的主要问题", "其他事项"], 1),
        # The end of the text may have been lost.
        (["总体情况", "主动公开", "申请办理", "复议诉讼"], 0),
    ],
)
def test_headings_of_the_format(headings: list[str], missing: int) -> None:
    opening = (
        "云雾县林业局2022年政府信息公开工作年度报告\n本报告包括总体情况、主动公开、"
        "申请、行政复议和诉讼、存在的主要问题、其他需要报告的事项六个部分。\n"
    )
    filling = "本局认真落实各项工作，不断完善制度，加强学习宣传。" * 9
    chapters = (
        f"{number}、{heading}\n{filling}\n"
        for number, heading in zip("一二三四五六", headings, strict=False)
    )
    text = opening + "".join(chapters) + "云雾县林业局\n2023年1月10日\n"
    assert codes(text) == ["content_missing"] * missing


def test_nought_too_many_since_last_year_is_out_of_line() -> None:
    source = SourceText("报告.txt", report("全年主动公开政府信息3260条。"))
    for last_year, codes in ((326, ["out_of_line"]), (327, [])):
        previous = {"proactive_total": Decimal(last_year)}
        found = analyse(source, previous=previous).findings
        assert [finding.code for finding in found] == codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Each part with its own share, of a whole told in the sentence before.
        ("主动公开48条。公开的信息中,甲类10条,占20.8%,乙类3条,占6.3%。", []),
        ("共收到来信40件，其中咨询10件，占25%，建议6件，占15%。", []),
        ("共收到来信40件，其中咨询10件，占总数的35%。", ["rate"]),
        (
            "2016年受理申请12件，其中网络6件、信函6件，接到申请，迅速安排，明确责任，"
            "公开12件。",
            [],
        ),
        (
            "2016年下半年发布信息30条，其中政策类10条，动态类15条，其他类4条。",
            ["parts_total"],
        ),
    ],
)
def test_lists_and_shares(text: str, found: list[str]) -> None:
    assert [code for code in codes(report(text)) if code != "prose_conflict"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2015年收到申请2件，2016年收到申请3件，同比增长50%。", []),
        ("2015年，我局没有发生因政府信息公开引起的行政复议。", []),
        ("一、2015年工作概况\n本局认真工作。", ["wrong_year"]),
        ("一、2015年以来的制度建设\n本局认真工作。", []),
        ("（一）2015年存在问题的整改情况\\n已经改进。", []),
        ("一、2017年主要任务\\n加强培训。", []),
        ("一、2017年工作打算\n2017年将加强培训。", []),
    ],
)
def test_other_years_where_they_belong(text: str, found: list[str]) -> None:
    assert [code for code in codes(report(text)) if code == "wrong_year"] == found


def test_identity_number_is_told_by_its_check_digit() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("110105194913310029")


def test_verdicts_survive_a_second_run() -> None:
    text = report("热线平台受理2670件，办结2523件，办结率98%。")
    first, again = findings(text), findings("\n\n" + text)
    assert first[0].fingerprint == again[0].fingerprint
    other = report("热线平台受理2670件，办结2523件，办结率97%。")
    assert findings(other)[0].fingerprint != first[0].fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "本报告由云雾县林业局编制的2015年度政府信息公开年度报告改写而成。",
        "我局编制了《云雾县林业局2015年政府信息公开工作年度报告》。",
        "現(xiàn)公布本局2015年度政府信息公開年度報(bào)告。",
    ],
)
def test_report_that_calls_itself_another_years_is_found(text: str) -> None:
    assert codes(report(text)) == ["wrong_year"]


def test_period_up_to_new_years_day_is_up_to_the_years_end() -> None:
    assert codes(report(last="2017年1月1日")) == []
    assert codes(report(last="2017年1月2日")) == ["year_conflict"]


def test_years_of_a_school_end_in_the_next() -> None:
    text = (
        "云雾大学2016-2017学年信息公开工作年度报告\n统计期限自2016年9月1日起至"
        "2017年8月31日止。\n一、概述\n学校网站公开信息300条。\n"
    )
    assert codes(text) == []
    assert codes(text.replace("2016-2017学年", "2016年度")) == ["year_conflict"]


def test_figure_of_a_channel_told_again_is_no_other_total() -> None:
    text = "2016年共主动公开政府信息304条，其中通过网站公开信息165条。"
    assert codes(report(f"{text}\n2016年共主动公开政府信息165条。")) == []
    assert codes(report(f"{text}\n2016年共主动公开政府信息166条。")) == [
        "prose_conflict"
    ]


def test_period_of_a_school_without_a_title_is_no_conflict() -> None:
    text = (
        "本报告由学校办公室按《高等学校信息公开办法》编制，统计期限自2016年9月1日起"
        "至2017年8月31日止。\n一、概述\n学校网站公开信息300条。\n二、依申请公开情况\n"
        "未收到信息公开申请。\n三、复议、诉讼情况\n没有发生。\n"
    )
    assert "year_conflict" not in codes(text)


def test_parts_of_a_part_do_not_count_twice() -> None:
    text = "2016年受理申请9件，其中同意公开5件，不予公开4件（{}件涉及隐私，1件涉密）。"
    assert "parts_total" not in codes(report(text.format(3)))
    text = "2016年受理申请9件，其中同意公开6件，不予公开4件（3件涉及隐私，1件涉密）。"
    assert "parts_total" in codes(report(text))
