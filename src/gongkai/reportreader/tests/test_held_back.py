"""Sentences held back while the patterns were written: how well does it read new ones?

Do not change a pattern for one of these; write new sentences when they are used up.
"""

from decimal import Decimal

from gongkai.reportreader.tests.sentences import claims_in

HEADING = "政府信息公开工作情况"
PRECISION = 0.95
RECALL = 0.90
HELD_BACK = {
    "一年来，全区共主动公开政府信息9,806条，同比增加6.3%。": "proactive_total 9806",
    "本年度面向社会公开政务信息七十六条。": "proactive_total 76",
    "全年公开各类政府信息共计1.5万余条次。": "proactive_total 15000",
    "我局门户网站累计更新发布信息742条，政务微信发布信息208条。": (
        "channel_website 742, channel_wechat 208"
    ),
    "官方微博全年发博文1,106条。": "channel_weibo 1106",
    "在县政府网站公示公开信息51条，张贴公告36张。": "channel_website 51",
    "起草并印发规范性文件4件，已按规定备案。": "normative_documents_issued 4",
    "重点领域公开信息208条，涉及财政、安全生产等9个方面。": "key_area_items 208",
    "全年累计向上级报送各类信息73篇，采用19篇。": "submissions 73",
    "对12份政策性文件进行了解读，发布解读稿件18篇。": "interpretations 18",
    "全年组织新闻发布会（含通气会）8场。": "press_conferences 8",
    "主要负责人出席新闻发布会1次，接受在线访谈2次。": (
        "press_conferences_by_head 1, interviews 2"
    ),
    "及时回应群众关切的热点问题27个。": "responses 27",
    "收到市人大代表建议21件、市政协提案34件，均已办复。": (
        "proposals_deputies 21, proposals_cppcc 34"
    ),
    "2018年，全市行政机关共受理信息公开申请1,106件。": "applications_received 1106",
    "共收到书面政府信息公开申请7件，网络申请9件。": "applications_by_network 9",
    "申请渠道中，信函5件、网络12件、现场3件。": (
        "applications_by_letter 5, applications_by_network 12, applications_in_person 3"
    ),
    "已办结申请18件，转下年度继续办理2件。": (
        "applications_closed 18, applications.carried_out.total 2"
    ),
    "予以公开的申请11件，部分公开的4件，不予公开的3件。": (
        "granted 11, granted_partial 4, refused 3"
    ),
    "所申请信息不存在的2件，建议通过其他途径办理的1件。": (
        "not_exist 2, told_other_route 1"
    ),
    "从未接到过要求公开政府信息的申请。": "applications_received 0",
    "今年我乡没有收到群众提出的信息公开申请。": "applications_received 0",
    "因政府信息公开申请提起行政复议的有1件，提起行政诉讼的有2件。": (
        "reviews 1, litigations 2"
    ),
    "政府信息公开方面没有行政复议、行政诉讼案件发生。": "reviews 0, litigations 0",
    "全年没有收到关于政府信息公开工作的举报和投诉。": "complaints 0",
    "对依申请公开政府信息一律不收费。": "fees_yuan 0",
    "本年度依申请公开政府信息收取费用共计36.5元。": "fees_yuan 36.5",
    "全年政务公开工作经费支出8万元。": "funds_yuan 80000",
    "设有政府信息公开查阅场所4个。": "reading_points 4",
    "现有政府信息公开专职人员2人，兼职人员19人。": (
        "fulltime_staff 2, parttime_staff 19"
    ),
    "先后召开政务公开专题会议五次，开展业务培训三期。": "meetings 5, trainings 3",
    "举办全县政务公开培训班1期，参训人员105人。": "trainings 1, trainees 105",
    "12345热线全年受理群众来电15,320件。": "hotline_received 15320",
    "政府门户网站年访问量86.4万人次。": "site_visits 864000",
    "其中自然人申请28件，商业企业申请3件。": (
        "applications.new_received.natural_person 28,"
        " applications.new_received.enterprise 3"
    ),
    "慰问困难群众320户，发放慰问金16万元。": "",
    "印发文件56份，其中主动公开30份、不予公开26份。": "",
    "公众号现有粉丝8,600人，单篇最高阅读量1.2万次。": "",
    "信访局全年接待来访群众1,260批次。": "",
    "各单位每周更新信息不得少于2条。": "",
    "共清理规范性文件128件，废止19件。": "",
    "会议室位于3楼306室，联系电话0851-85991234。": "",
}


def test_sentences_that_no_pattern_was_written_for() -> None:
    right = told = true = 0
    for text, words in HELD_BACK.items():
        pairs = (entry.split() for entry in words.split(",") if entry.strip())
        expected = {(key, Decimal(value)) for key, value in pairs}
        found = {
            (claim.indicator, claim.value)
            for claim in claims_in(text, heading=HEADING, year=2018)
        }
        right += len(found & expected)
        told += len(found)
        true += len(expected)
    assert right / told >= PRECISION
    assert right / true >= RECALL
