"""Beginnings and endings of made-up reports, each with what a reader should find.

The organs do not exist. The layouts are those that such pages have: metadata over,
under or beside the title, titles on two lines or on none, short names, mirrors.
"""

from dataclasses import dataclass
from datetime import date

BODY = (
    "\n一、概述\n{year}年,{we}认真贯彻落实《中华人民共和国政府信息公开条例》,加强组织领导,"
    "完善制度,主动公开政府信息136条,未收到政府信息公开申请。\n"
    "二、存在的主要问题和改进措施\n{we}公开的及时性还有不足,下一步将加强培训,提高公开质量。\n"
)


def body(year: int, we: str = "我局") -> str:
    return BODY.format(year=year, we=we)


@dataclass(frozen=True)
class Opening:
    name: str
    text: str
    agency: str
    year: int
    title: str
    issued_on: date | None = None
    signed_on: date | None = None
    index_no: str = ""
    doc_no: str = ""
    problems: tuple[str, ...] = ()


OPENINGS = (
    Opening(
        "title_then_text_then_signature",
        "云雾县水务局2011年政府信息公开工作年度报告\n"
        + body(2011)
        + "\n云雾县水务局\n二〇一二年二月十五日\n",
        agency="云雾县水务局",
        year=2011,
        issued_on=date(2012, 2, 15),
        signed_on=date(2012, 2, 15),
        title="云雾县水务局2011年政府信息公开工作年度报告",
    ),
    Opening(
        "year_before_name",
        "2016年度临溪市统计局政府信息公开工作年度报告\n发布时间:2017-02-27\n"
        + body(2016)
        + "                       临溪市统计局\n                         2017年1月6日",
        agency="临溪市统计局",
        year=2016,
        title="2016年度临溪市统计局政府信息公开工作年度报告",
        issued_on=date(2017, 2, 27),
        signed_on=date(2017, 1, 6),
    ),
    Opening(
        "labels_run_together",
        "石湾区民政局2019年度政府信息公开工作年度报告\n"
        "索 引 号:005254111/2020-00002主题分类:综合政务/政府信息公开年报\n"
        "发布机构:石湾区民政局关 键 词:公报公示\n"
        "文    号成文日期:2020-01-28发布日期:2020-01-30\n体    裁生效日期废止日期\n"
        "石湾区民政局2019年度政府信息公开工作年度报告\n" + body(2019),
        agency="石湾区民政局",
        year=2019,
        title="石湾区民政局2019年度政府信息公开工作年度报告",
        issued_on=date(2020, 1, 30),
        index_no="005254111/2020-00002",
    ),
    Opening(
        "labels_in_a_table_with_bars",
        "索 引 号: | yunwuwj2251670/2021-0000073 | 主题分类: | 其他; |\n"
        "发文机关: | 云雾县文化和旅游局 | 成文日期: | 2010-01-28 |\n"
        "发文字号: | 云文旅〔2010〕3号 | 公文类型: | ||\n"
        "标 题: | 云雾县文化局2009年政府信息公开工作年度报告 | ||\n"
        "发布日期: | 2010-01-29 | 效力状态: | |\n统一编号: |\n"
        "云雾县文化局2009年政府信息公开工作年度报告\n" + body(2009),
        agency="云雾县文化局",
        year=2009,
        issued_on=date(2010, 1, 29),
        title="云雾县文化局2009年政府信息公开工作年度报告",
        index_no="yunwuwj2251670/2021-0000073",
        doc_no="云文旅〔2010〕3号",
    ),
    Opening(
        "bars_without_colons",
        "北桥街道2023年政府信息公开工作年度报告\n"
        "| 索引号 | 620702081/2024-00007 | 发文字号 | |\n"
        "| 关键词 | | 发布机构 | 北桥街道办事处 |\n"
        "| 生成日期 | 2024-01-23 16:24:38 | 是否有效 | |\n" + body(2023, "我街道"),
        agency="北桥街道办事处",
        year=2023,
        title="北桥街道2023年政府信息公开工作年度报告",
        issued_on=date(2024, 1, 23),
        index_no="620702081/2024-00007",
    ),
    Opening(
        "short_name_completed_by_publisher",
        "• 网站无障碍\n  • 关怀版\n"
        "索 引 号: 00817774-0/2011-04285 分类: 信息公开年度报告\n"
        "发布机构: 临溪市卫生局 发文日期: 2011年1月23日\n"
        "名  称: 市卫生局2010年政府信息公开工作年度报告\n文  号: 主 题 词:\n\n"
        "市卫生局2010年政府信息公开工作年度报告\n" + body(2010),
        agency="临溪市卫生局",
        year=2010,
        issued_on=date(2011, 1, 23),
        title="市卫生局2010年政府信息公开工作年度报告",
        index_no="00817774-0/2011-04285",
        problems=("short_agency_name",),
    ),
    Opening(
        "short_name_completed_by_signature",
        "区财政局2013年政府信息公开年度报告\n"
        + body(2013)
        + "石湾区财政局\n二0一四年三月五日",
        agency="石湾区财政局",
        year=2013,
        title="区财政局2013年政府信息公开年度报告",
        issued_on=date(2014, 3, 5),
        signed_on=date(2014, 3, 5),
        problems=("short_agency_name",),
    ),
    Opening(
        "short_name_completed_by_the_place_in_the_text",
        "县畜牧局2012年度政府信息公开工作年度报告\n"
        "根据《云雾县人民政府办公室关于做好政府信息公开年度报告工作的通知》,在县委、"
        "县政府的领导下,县畜牧局围绕全县中心工作开展公开。\n" + body(2012),
        agency="云雾县畜牧局",
        year=2012,
        title="县畜牧局2012年度政府信息公开工作年度报告",
        problems=("short_agency_name", "date_unknown"),
    ),
    Opening(
        "abbreviation_spelled_out_by_source",
        "省外办2015年政府信息公开工作年度报告\n"
        "发布机构:贵州省信息中心\n"
        "发布日期:2016-03-02 09:12 来源:贵州省人民政府外事办公室 阅读: 字号:\n"
        + body(2015, "我办"),
        agency="贵州省人民政府外事办公室",
        year=2015,
        title="省外办2015年政府信息公开工作年度报告",
        issued_on=date(2016, 3, 2),
        problems=("short_agency_name",),
    ),
    Opening(
        "common_short_form",
        "临溪市人社局2018年度政府信息公开工作报告\n"
        "信息来源:临溪市人力资源和社会保障局 发布时间:2019-01-28"
        " 浏览次数: 【打印内容】 【关闭窗口】\n" + body(2018),
        agency="临溪市人力资源和社会保障局",
        year=2018,
        title="临溪市人社局2018年度政府信息公开工作报告",
        issued_on=date(2019, 1, 28),
        problems=("short_agency_name",),
    ),
    Opening(
        "place_alone_is_its_government",
        "云雾县2014年政府信息公开工作年度报告\n"
        "来源:云雾县人民政府办公室 日期:2015年3月30日\n" + body(2014, "我县"),
        agency="云雾县人民政府",
        year=2014,
        title="云雾县2014年政府信息公开工作年度报告",
        issued_on=date(2015, 3, 30),
    ),
    Opening(
        "no_title_signed_by_the_office",
        "根据《中华人民共和国政府信息公开条例》要求,现将我区2017年政府信息公开工作情况报告如下。\n"
        + body(2017, "我区")
        + "石湾区人民政府办公室\n2018年3月29日\n",
        agency="石湾区人民政府",
        year=2017,
        issued_on=date(2018, 3, 29),
        signed_on=date(2018, 3, 29),
        title="石湾区人民政府2017年政府信息公开工作年度报告",
        problems=("title_made",),
    ),
    Opening(
        "the_office_reports_for_itself",
        "石湾区人民政府办公室2020年政府信息公开工作年度报告\n"
        + body(2020, "我办")
        + "石湾区人民政府办公室\n2021年1月20日\n",
        agency="石湾区人民政府办公室",
        year=2020,
        title="石湾区人民政府办公室2020年政府信息公开工作年度报告",
        issued_on=date(2021, 1, 20),
        signed_on=date(2021, 1, 20),
    ),
    Opening(
        "no_title_department_told_in_the_opening",
        "点击收听年报语音朗读\n根据《中华人民共和国政府信息公开条例》规定,现公布临溪市审计局"
        "2013年政府信息公开工作年度报告。本报告所列数据的统计期限自2013年1月1日起,至2013年12月31日止。\n"
        + body(2013),
        agency="临溪市审计局",
        year=2013,
        title="临溪市审计局2013年政府信息公开工作年度报告",
        problems=("title_made", "date_unknown"),
    ),
    Opening(
        "title_on_two_lines",
        "云雾县供销合作社联合社\n2015年政府信息公开工作年度报告\n(2016年2月3日)\n"
        + body(2015, "我社"),
        agency="云雾县供销合作社联合社",
        year=2015,
        issued_on=date(2016, 2, 3),
        signed_on=date(2016, 2, 3),
        title="云雾县供销合作社联合社2015年政府信息公开工作年度报告",
    ),
    Opening(
        "title_on_three_lines",
        "临溪市气象局\n2020年度\n政府信息公开工作年度报告\n" + body(2020),
        agency="临溪市气象局",
        year=2020,
        title="临溪市气象局2020年度政府信息公开工作年度报告",
        problems=("date_unknown",),
    ),
    Opening(
        "year_in_brackets_behind",
        "临溪市交通运输局政府信息公开工作年度报告（２０２１年度）\n" + body(2021),
        agency="临溪市交通运输局",
        year=2021,
        title="临溪市交通运输局政府信息公开工作年度报告（２０２１年度）",
        problems=("date_unknown",),
    ),
    Opening(
        "name_of_the_peoples_government_before_disclosure",
        "云雾县人民政府信息公开工作年度报告(2008年度)\n" + body(2008, "我县"),
        agency="云雾县人民政府",
        year=2008,
        title="云雾县人民政府信息公开工作年度报告(2008年度)",
        problems=("date_unknown",),
    ),
    Opening(
        "trail_and_bare_button_over_the_title",
        "首页/ 政府信息公开 / 政府信息公开年报 / 镇街 / 2021年 / 正文\n\n"
        "柳湾镇2021年政府信息公开工作年度报告\n\n"
        "信息来源:云雾县融媒体中心 供稿:柳湾镇人民政府\n"
        "根据有关规定编制本报告。本报告中所列数据的统计期限自2021年1月1日起至2021年12月30日止。"
        "如有疑问,请与云雾县柳湾镇人民政府联系(地址:云雾县柳湾镇一号)。\n"
        + body(2021, "我镇"),
        agency="云雾县柳湾镇人民政府",
        year=2021,
        title="柳湾镇2021年政府信息公开工作年度报告",
        problems=("cutoff_before_year_end", "date_unknown"),
    ),
    Opening(
        "county_and_township_with_site_in_source",
        "云雾县柳湾镇2022年度政府信息公开工作年度报告\n\n"
        "信息来源:柳湾镇 作者:佚名 发布时间:2023-01-26 16:32 【 字体:\n"
        + body(2022, "我镇"),
        agency="云雾县柳湾镇人民政府",
        year=2022,
        title="云雾县柳湾镇2022年度政府信息公开工作年度报告",
        issued_on=date(2023, 1, 26),
    ),
    Opening(
        "department_page_of_a_government_site",
        "标题:临溪市教育局2017年政府信息公开工作年度报告\n来源:临溪市人民政府门户网站\n"
        "发布日期:20180322\n" + body(2017),
        agency="临溪市教育局",
        year=2017,
        title="临溪市教育局2017年政府信息公开工作年度报告",
        issued_on=date(2018, 3, 22),
    ),
    Opening(
        "vertical_management",
        "国家税务总局云雾县税务局2022年政府信息公开工作年度报告\n"
        + body(2022)
        + "国家税务总局云雾县税务局\n2023年1月19日",
        agency="国家税务总局云雾县税务局",
        year=2022,
        title="国家税务总局云雾县税务局2022年政府信息公开工作年度报告",
        issued_on=date(2023, 1, 19),
        signed_on=date(2023, 1, 19),
    ),
    Opening(
        "development_zone",
        "临溪经济技术开发区2019年政府信息公开工作年度报告\n" + body(2019, "我区"),
        agency="临溪经济技术开发区管理委员会",
        year=2019,
        title="临溪经济技术开发区2019年政府信息公开工作年度报告",
        problems=("date_unknown",),
    ),
    Opening(
        "ministry",
        "水利部2018年政府信息公开工作年度报告\n发布时间：2019－03－29　来源：办公厅\n"
        + body(2018, "我部"),
        agency="水利部",
        year=2018,
        title="水利部2018年政府信息公开工作年度报告",
        issued_on=date(2019, 3, 29),
    ),
    Opening(
        "full_width_figures_and_spaces_inside",
        "石湾区 城市管理局 ２０１４ 年政府信息公开 工作年度报告\n"
        + body(2014)
        + "石湾区城市管理局\n２０１５年３月１０日",
        agency="石湾区城市管理局",
        year=2014,
        issued_on=date(2015, 3, 10),
        signed_on=date(2015, 3, 10),
        title="石湾区城市管理局２０１４年政府信息公开工作年度报告",
    ),
    Opening(
        "mirror_with_the_name_in_the_signature",
        "http://www.bet-8888.com/2014年政府信息公开工作年度报告\n"
        + body(2014)
        + "临溪市林业局\n2015年3月3日",
        agency="临溪市林业局",
        year=2014,
        issued_on=date(2015, 3, 3),
        signed_on=date(2015, 3, 3),
        title="临溪市林业局2014年政府信息公开工作年度报告",
        problems=("address_in_place_of_name",),
    ),
    Opening(
        "mirror_with_the_name_nowhere",
        "WWW.9988ty.net2013年度政府信息公开年度报告\n"
        "根据《临溪市人民政府办公室关于做好2013年政府信息公开年度报告工作的通知》,"
        "现将WWW.9988ty.net2013年度政府信息公开情况报告如下。\n一、概述\n"
        "在市委、市政府领导下,我局按照《临溪市政务公开工作要点》要求,向省农业厅报送信息31条。"
        "市农业和水产局成立领导小组,将农业技术、水产养殖列为重点。市农水局门户网站开设专栏,"
        "公开水产品质量信息。局党组高度重视,全市农业系统参加培训。我局会同市环保局、市公安局等部门"
        "公布应急信息,发布农业政策解读3篇。\n二、下一步\n我局将继续公开农业补贴、水产执法信息。\n",
        agency="临溪市农业和水产局",
        year=2013,
        title="临溪市农业和水产局2013年度政府信息公开年度报告",
        problems=("address_in_place_of_name", "agency_inferred", "date_unknown"),
    ),
    Opening(
        "mirror_with_a_brand_for_a_name",
        "金沙娱乐城2012年政府信息公开工作年度报告\n"
        "来源:临溪市档案局 时间:2013-03-11 10:20\n" + body(2012),
        agency="临溪市档案局",
        year=2012,
        title="金沙娱乐城2012年政府信息公开工作年度报告",
        issued_on=date(2013, 3, 11),
        problems=("name_not_an_agency",),
    ),
    Opening(
        "no_date_and_no_signature",
        "关于云雾县人口和计划生育局2010年度政府信息公开工作情况的报告\n" + body(2010),
        agency="云雾县人口和计划生育局",
        year=2010,
        title="关于云雾县人口和计划生育局2010年度政府信息公开工作情况的报告",
        problems=("date_unknown",),
    ),
    Opening(
        "dated_before_the_year_ended",
        "临溪市物价局2016年政府信息公开工作年度报告\n发布日期:2016-12-20\n"
        + body(2016),
        agency="临溪市物价局",
        year=2016,
        title="临溪市物价局2016年政府信息公开工作年度报告",
        issued_on=date(2016, 12, 20),
        problems=("dated_before_period_end",),
    ),
    Opening(
        "title_year_is_not_the_periods",
        "临溪市民族宗教事务局2020年政府信息公开工作年度报告\n"
        "本报告所列数据的统计期限自2019年1月1日至2019年12月31日止。\n" + body(2020),
        agency="临溪市民族宗教事务局",
        year=2020,
        title="临溪市民族宗教事务局2020年政府信息公开工作年度报告",
        problems=("year_conflict", "date_unknown"),
    ),
    Opening(
        "government_inferred_from_we",
        "在县委、县政府的领导下,现将2015年度政府信息公开情况报告如下。\n一、概述\n"
        "我县印发《云雾县2015年政务公开工作要点》,云雾县政府网站全年公开信息4120条,"
        "我县各部门、各乡镇落实责任,我县行政服务中心设查阅点。\n二、不足\n我县公开不够及时。\n",
        agency="云雾县人民政府",
        year=2015,
        title="云雾县人民政府2015年政府信息公开工作年度报告",
        problems=("title_made", "agency_inferred", "date_unknown"),
    ),
    Opening(
        "place_alone_but_a_department_speaks",
        "云雾县2014年政府信息公开工作年度报告\n公开单位:水务局 "
        "发布机构:云雾县人民政府办公室 来源:云雾县水务局 发布日期:2015-02-10\n"
        + body(2014),
        agency="云雾县水务局",
        year=2014,
        title="云雾县2014年政府信息公开工作年度报告",
        issued_on=date(2015, 2, 10),
    ),
    Opening(
        "short_form_spelled_otherwise_here",
        "临溪市卫计局2015年政府信息公开工作年度报告\n"
        "发布机构:临溪市政务服务中心 来源:临溪市卫生计生局 发布日期:2016-02-10\n"
        + body(2015),
        agency="临溪市卫生计生局",
        year=2015,
        title="临溪市卫计局2015年政府信息公开工作年度报告",
        issued_on=date(2016, 2, 10),
        problems=("short_agency_name",),
    ),
    Opening(
        "new_area_with_a_government",
        "临溪新区2016年政府信息公开工作年度报告\n发布日期:2017-03-10\n"
        "临溪新区人民政府高度重视公开工作。\n" + body(2016, "我区"),
        agency="临溪新区人民政府",
        year=2016,
        title="临溪新区2016年政府信息公开工作年度报告",
        issued_on=date(2017, 3, 10),
    ),
    Opening(
        "government_in_short",
        "云雾县政府2011年政府信息公开工作年度报告\n发布日期:2012-03-10\n"
        + body(2011, "我县"),
        agency="云雾县人民政府",
        year=2011,
        title="云雾县政府2011年政府信息公开工作年度报告",
        issued_on=date(2012, 3, 10),
        problems=("short_agency_name",),
    ),
    Opening(
        "department_whose_office_answers_questions",
        "2018年政府信息公开工作年度报告\n发布日期:2019-03-10\n"
        "如有疑问,请与云雾县水务局办公室联系(地址:云雾县一号)。\n" + body(2018),
        agency="云雾县水务局",
        year=2018,
        title="2018年政府信息公开工作年度报告",
        issued_on=date(2019, 3, 10),
    ),
    Opening(
        "office_by_name_answers_questions",
        "2018年政府信息公开工作年度报告\n发布日期:2019-03-10\n"
        "如有疑问,请与临溪市人民政府外事办公室联系(地址:临溪市一号)。\n"
        + body(2018, "我办"),
        agency="临溪市人民政府外事办公室",
        year=2018,
        title="2018年政府信息公开工作年度报告",
        issued_on=date(2019, 3, 10),
    ),
    Opening(
        "name_at_the_head_of_the_page",
        "云雾县民政局\n网站首页\n2013年政府信息公开工作年度报告\n"
        "发布日期:2014-03-10\n" + body(2013),
        agency="云雾县民政局",
        year=2013,
        title="2013年政府信息公开工作年度报告",
        issued_on=date(2014, 3, 10),
    ),
    Opening(
        "reporter_and_day_on_the_form_alone",
        "2016年政府信息公开工作年度报告\n" + body(2016) + "政府信息公开情况统计表\n"
        "填报单位(盖章):云雾县水务局 | ||\n统计指标 | 单位 | 统计数 |\n"
        "联系电话:0990-1234567 填报日期:2017年2月16日 |\n",
        agency="云雾县水务局",
        year=2016,
        title="2016年政府信息公开工作年度报告",
        issued_on=date(2017, 2, 16),
    ),
    Opening(
        "short_source_completed_by_the_place_in_the_text",
        "来源:县水务局\n发布日期:2013-03-10\n"
        "按照《云雾县人民政府关于政府信息公开的通知》,现将2012年度工作报告如下。\n"
        + body(2012),
        agency="云雾县水务局",
        year=2012,
        title="云雾县水务局2012年政府信息公开工作年度报告",
        issued_on=date(2013, 3, 10),
        problems=("title_made",),
    ),
    Opening(
        "mirror_that_left_the_name_beside_its_address",
        "www.bet-8888.com云雾县林业局2014年政府信息公开工作年度报告\n"
        "发布日期:2015-03-10\n" + body(2014),
        agency="云雾县林业局",
        year=2014,
        title="云雾县林业局2014年政府信息公开工作年度报告",
        issued_on=date(2015, 3, 10),
        problems=("address_in_place_of_name",),
    ),
    Opening(
        "signature_without_a_day",
        "2014年政府信息公开工作年度报告\n发布日期:2015-03-10 来源:办公室\n"
        + body(2014)
        + "云雾县司法局\n",
        agency="云雾县司法局",
        year=2014,
        title="2014年政府信息公开工作年度报告",
        issued_on=date(2015, 3, 10),
    ),
    Opening(
        "document_number_none_and_day_of_making",
        "标题:云雾县审计局2019年政府信息公开工作年度报告\n"
        "索引号:990-02/2020-0001 文号:无 成文日期:2020年1月15日\n" + body(2019),
        agency="云雾县审计局",
        year=2019,
        title="云雾县审计局2019年政府信息公开工作年度报告",
        issued_on=date(2020, 1, 15),
        index_no="990-02/2020-0001",
    ),
    Opening(
        "street_office_in_short",
        "石湾区北桥街道办2017年政府信息公开工作年度报告\n发布日期:2018-03-10\n"
        + body(2017, "我街道"),
        agency="石湾区北桥街道办事处",
        year=2017,
        title="石湾区北桥街道办2017年政府信息公开工作年度报告",
        issued_on=date(2018, 3, 10),
        problems=("short_agency_name",),
    ),
    Opening(
        "county_department_put_out_by_its_city",
        "云雾县水务局2014年政府信息公开工作年度报告\n"
        "发布机构:临溪市云雾县水务局 发布日期:2015-02-10\n" + body(2014),
        agency="云雾县水务局",
        year=2014,
        title="云雾县水务局2014年政府信息公开工作年度报告",
        issued_on=date(2015, 2, 10),
    ),
    Opening(
        "government_report_put_out_by_a_department",
        "云雾县2014年政府信息公开工作年度报告\n"
        "发布机构:云雾县政务服务局 发布日期:2015-02-10\n" + body(2014, "我县"),
        agency="云雾县人民政府",
        year=2014,
        title="云雾县2014年政府信息公开工作年度报告",
        issued_on=date(2015, 2, 10),
    ),
    Opening(
        "office_in_the_title_that_no_place_goes_with",
        "办公室2014年政府信息公开工作年度报告\n"
        "发布机构:云雾县水务局 发布日期:2015-02-10\n公开信息。\n",
        agency="云雾县水务局",
        year=2014,
        title="办公室2014年政府信息公开工作年度报告",
        issued_on=date(2015, 2, 10),
        problems=("short_agency_name",),
    ),
    Opening(
        "short_name_whose_publisher_is_short_too",
        "区发改局2014年政府信息公开工作年度报告\n发布机构:区发展和改革局\n"
        + body(2014)
        + "石湾区发展和改革局\n2015年3月1日\n",
        agency="石湾区发展和改革局",
        year=2014,
        title="区发改局2014年政府信息公开工作年度报告",
        issued_on=date(2015, 3, 1),
        signed_on=date(2015, 3, 1),
        problems=("short_agency_name",),
    ),
    Opening(
        "no_title_signed_by_the_government",
        "现将2014年政府信息公开工作情况报告如下。\n"
        + body(2014, "我县")
        + "云雾县人民政府\n2015年3月1日\n",
        agency="云雾县人民政府",
        year=2014,
        title="云雾县人民政府2014年政府信息公开工作年度报告",
        issued_on=date(2015, 3, 1),
        signed_on=date(2015, 3, 1),
        problems=("title_made",),
    ),
    Opening(
        "no_title_signed_by_the_office_for_itself",
        "现将2014年政府信息公开工作情况报告如下。\n"
        + body(2014, "我办")
        + "云雾县人民政府办公室\n2015年3月1日\n",
        agency="云雾县人民政府办公室",
        year=2014,
        title="云雾县人民政府办公室2014年政府信息公开工作年度报告",
        issued_on=date(2015, 3, 1),
        signed_on=date(2015, 3, 1),
        problems=("title_made",),
    ),
    Opening(
        "government_that_speaks_more_than_its_service_centre",
        "现将2015年度政府信息公开情况报告如下。\n发布日期:2016-03-01\n一、概述\n"
        "我县印发《云雾县2015年政务公开工作要点》,我县公开信息4120条。"
        "县行政服务中心认真做好查阅。县行政服务中心积极受理申请。"
        "我县各部门、我县各乡镇落实责任,我县公开及时,我县办理及时,我县有序。\n",
        agency="云雾县人民政府",
        year=2015,
        title="云雾县人民政府2015年政府信息公开工作年度报告",
        issued_on=date(2016, 3, 1),
        problems=("title_made", "agency_inferred"),
    ),
)
