"""Sentences as offices write them: all the figures in them, and no others."""

from decimal import Decimal

import pytest

from gongkai.reportreader.tests.sentences import claims_in

HEADING = "政府信息公开工作情况"
# Sentence → the figures that it states. A key is repeated where it states two.
STATED = {
    # How many items, over which channels.
    "我局全年共主动公开各类政府信息 1 036 条。": "proactive_total 1036",
    "今年以来，全镇主动公开的政府信息共计一百零八条。": "proactive_total 108",
    "主动公开信息总量为3.2万条。": "proactive_total 32000",
    "截至12月31日，共计公开信息458条（次）。": "proactive_total 458",
    "２０１８年，主动公开信息１２３条。": "proactive_total 123",
    "全县各级各部门累计主动公开政府信息近5万条。": "proactive_total 50000",
    "公开政府信息87条，其中概况类3条、业务类84条。": "proactive_total 87",
    "通过局官网发布工作动态信息356条。": "channel_website 356",
    "依托县政府门户网站公开各类信息214条。": "channel_website 214",
    "在市政府信息公开网上发布信息65条。": "channel_website 65",
    "政务微博共发布信息1,520条，政务微信推送图文880篇。": (
        "channel_weibo 1520, channel_wechat 880"
    ),
    "“清水发布”公众号全年推送文章312篇。": "channel_wechat 312",
    "微信公众号累计发布各类信息462条，关注用户1.3万人。": "channel_wechat 462",
    "全年主动公开信息600条，其中网站400条、微博120条、微信80条。": (
        "proactive_total 600, channel_website 400, channel_weibo 120, channel_wechat 80"
    ),
    "县政府公报全年刊登文件28件。": "channel_gazette 28",
    "通过其他渠道公开政府信息19条。": "channel_other 19",
    "制定规范性文件5件，主动公开规范性文件5件。": (
        "normative_documents_issued 5, normative_documents 5"
    ),
    "全年出台行政规范性文件三件，全部上网公开。": "normative_documents_issued 3",
    "公开重点领域信息129条。": "key_area_items 129",
    "向市政府办报送政务信息96条，被采用31条。": "submissions 96",
    # Explaining and answering.
    "发布政策解读材料24篇，其中图解8篇。": "interpretations 24",
    "编发各类政策解读稿件15件。": "interpretations 15",
    "全年召开新闻发布会6场次。": "press_conferences 6",
    "参加市政府新闻办组织的新闻发布会2次。": "press_conferences 2",
    "组织在线访谈4期，回应热点问题9个。": "interviews 4, responses 9",
    "做客政府网站开展在线访谈一次。": "interviews 1",
    "主动回应公众关注热点或重大舆情12次。": "responses 12",
    "承办市人大代表建议12件、政协委员提案7件。": (
        "proposals_deputies 12, proposals_cppcc 7"
    ),
    "全年共办理人大代表建议和政协提案19件。": "proposals_total 19",
    "办理人大建议、政协提案分别为6件和4件。": "proposals_deputies 6, proposals_cppcc 4",
    # Applications and how they ended.
    "2018年共收到政府信息公开申请35件。": "applications_received 35",
    "全年受理群众依申请公开事项8起，全部按期答复。": "applications_received 8",
    "我委共接收信息公开申请四十二件。": "applications_received 42",
    "本年新收政府信息公开申请11件，上年结转1件，结转下年度2件。": (
        "applications_received 11, applications.carried_in.total 1,"
        " applications.carried_out.total 2"
    ),
    "收到申请30件，其中当面申请2件、传真申请1件、网络申请20件、信函申请7件。": (
        "applications_received 30, applications_in_person 2, applications_by_fax 1,"
        " applications_by_network 20, applications_by_letter 7"
    ),
    "收到申请30件，通过网上提交的20件，以信函形式提交的10件。": (
        "applications_received 30, applications_by_network 20,"
        " applications_by_letter 10"
    ),
    "申请办结29件，其中按时办结27件，延期办结2件。": (
        "applications_closed 29, closed_on_time 27, closed_extended 2"
    ),
    "答复申请29件：属于已主动公开范围5件，同意公开14件，同意部分公开3件，不同意公开2件，"
    "不属于本行政机关公开3件，信息不存在1件，告知作出更改补充1件。": (
        "applications_replied 29, already_public 5, granted 14, granted_partial 3,"
        " refused 2, not_this_agency 3, not_exist 1, told_to_correct 1"
    ),
    "不予公开的申请3件，其中涉及商业秘密1件、涉及个人隐私2件。": (
        "refused 3, refused_trade_secret 1, refused_privacy 2"
    ),
    "全年未收到要求公开政府信息的申请。": "applications_received 0",
    "本年度没有收到任何形式的政府信息公开申请。": "applications_received 0",
    "2018年度我镇无依申请公开事项。": "applications_received 0",
    "政府信息公开申请受理数为0件。": "applications_received 0",
    # Reconsideration, suits, complaints.
    "因政府信息公开被申请行政复议3件，其中维持2件、纠错1件。": (
        "reviews 3, reviews_upheld 2, reviews_corrected 1"
    ),
    "因信息公开引发行政诉讼案件2件，法院均判决驳回原告诉讼请求。": "litigations 2",
    "政府信息公开类行政复议、行政诉讼各2件。": "reviews 2, litigations 2",
    "没有因政府信息公开引起的行政复议和行政诉讼案件。": "reviews 0, litigations 0",
    "行政复议0件、行政诉讼0件。": "reviews 0, litigations 0",
    "全年未发生因政府信息公开引发的举报投诉、行政复议或行政诉讼。": (
        "complaints 0, reviews 0, litigations 0"
    ),
    "收到政府信息公开方面的投诉1件。": "complaints 1",
    # Money, people, meetings.
    "依申请提供政府信息共收取检索、复制费用128元。": "fees_yuan 128",
    "全年信息公开工作没有产生任何收费。": "fees_yuan 0",
    "落实政务公开专项经费12.5万元。": "funds_yuan 125000",
    "全县设置政府信息公开查阅点26个。": "reading_points 26",
    "在档案馆、图书馆设立政府信息查阅场所两处。": "reading_points 2",
    "从事政府信息公开工作人员5人，其中专职1人、兼职4人。": (
        "staff_total 5, fulltime_staff 1, parttime_staff 4"
    ),
    "配备专职工作人员一名，兼职工作人员三名。": "fulltime_staff 1, parttime_staff 3",
    "全年召开政务公开工作推进会3次，举办业务培训班2期，培训186人次。": (
        "meetings 3, trainings 2, trainees 186"
    ),
    "组织开展政务公开业务培训4场次，参加培训320余人次。": "trainings 4, trainees 320",
    # Hotline and visits.
    "12345政务服务便民热线共受理诉求8,563件，办结8,541件。": (
        "hotline_received 8563, hotline_closed 8541"
    ),
    "门户网站总访问量达到126万人次。": "site_visits 1260000",
    "政府网站全年点击量突破300万次。": "site_visits 3000000",
    # Traditional characters, mirrors' readings, blanks.
    "全年主動公開政府信息２１５條，收到依申請公開７件。": (
        "proactive_total 215, applications_received 7"
    ),
    "2018年主動(dòng)公開政府信息(xī) 66 條(tiáo)。": "proactive_total 66",
}
SILENT = (
    "主动公开政府信息比上年增长12%。",
    "较上年多公开信息120条。",
    "去年收到政府信息公开申请26件。",
    "根据《条例》第二十条、第二十一条规定，及时公开信息。",
    "印发《政务公开工作要点》（云政办发〔2018〕36号）。",
    "办公地址：县行政中心3号楼5层502室，邮编：553000，电话：0858-8226150。",
    "每季度召开专题会议不少于1次。",
    "要求各部门每月报送信息不少于5条。",
    "走访群众1,260户，发放宣传资料3,000份。",
    "专栏页面点击量3,000次。",
    "制发公文300件，其中主动公开120件、依申请公开60件、不予公开120件。",
    "作为复议机关，共审理行政复议案件56件。",
    "全年办理行政许可1,250件、行政处罚38件。",
    "建立工作微信群15个，QQ群3个。",
    "微信公众号粉丝达2.6万人，阅读量超100万次。",
    "受理群众来信来访58件，办理低保申请216件。",
    "政策解读率100%，办结率100%。",
    "划分为8个大类、36个子栏目。",
    "统计期限自2018年1月1日起至2018年12月31日止。",
    "法定期限为15个工作日，经批准可延长15个工作日。",
    "争取扶持资金1,400余万元。",
    "举办农民技能培训12期，培训农民860人次。",
    "开展“一事一议”，做到一案一号一档。",
    "下一步，将召开政务公开培训会2次。",
)


def stated(text: str) -> set[tuple[str, Decimal]]:
    return {
        (claim.indicator, claim.value)
        for claim in claims_in(text, heading=HEADING, year=2018)
    }


@pytest.mark.parametrize("text", STATED)
def test_figures_of_a_sentence(text: str) -> None:
    pairs = (entry.split() for entry in STATED[text].split(","))
    assert stated(text) == {(key, Decimal(value)) for key, value in pairs}


@pytest.mark.parametrize("text", SILENT)
def test_sentence_without_a_figure(text: str) -> None:
    assert stated(text) == set()


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("主动公开政府信息350条。", True),
        ("主动公开政府信息350余条。", False),
        ("主动公开政府信息约350条。", False),
        ("主动公开政府信息近350条。", False),
        ("主动公开政府信息350多条。", False),
        ("主动公开政府信息350条以上。", False),
        ("主动公开政府信息达350条。", True),
    ],
)
def test_roughly_is_said(text: str, exact: bool) -> None:
    (claim,) = claims_in(text, heading=HEADING)
    assert claim.value == 350
    assert claim.exact is exact


def test_what_adds_up_over_years_is_cumulative() -> None:
    text = "自条例施行以来，累计主动公开政府信息5200条。"
    (claim,) = claims_in(text, heading=HEADING, year=2018)
    assert claim.value == 5200
    assert claim.scope == "cumulative"


def test_another_year_is_not_claimed() -> None:
    text = "2016年主动公开政府信息180条，2017年主动公开政府信息215条。"
    found = claims_in(text, heading=HEADING, year=2017)
    assert [claim.value for claim in found] == [215]


@pytest.mark.parametrize("answer", ["无。", "本年度无。", "没有。", "未发生此类情况。"])
def test_bare_answer_is_about_its_heading(answer: str) -> None:
    heading = "因政府信息公开申请行政复议、提起行政诉讼的情况"
    found = {(c.indicator, c.value) for c in claims_in(answer, heading=heading)}
    assert found == {("reviews", Decimal(0)), ("litigations", Decimal(0))}


def test_quote_is_the_words_with_the_number() -> None:
    text = "2018年，我局主动公开政府信息 215 条，其他工作正常。"
    (claim,) = claims_in(text, heading=HEADING, year=2018)
    assert claim.quote.text == "主动公开政府信息 215 条"
    assert text[claim.quote.start : claim.quote.end] == claim.quote.text
