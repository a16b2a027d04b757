# ruff: noqa: E501 - sentences stand on a line each
"""What the county publishes: titles and texts, made from a seed so that runs agree."""

import io
import random
from dataclasses import dataclass
from datetime import date, timedelta

import xlsxwriter

from gongkai.items.choices import Kind

VILLAGES = ("柳溪村", "石桥村", "青龙湾村", "双河村", "大坪村", "杏花村", "老鹰岩村")
TERMS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}


@dataclass(frozen=True)
class Text:
    """One item to be: what the clerk would type."""

    agency: str
    column: str
    kind: str
    title: str
    body: str
    made_on: date
    topic: str
    doc_no: str = ""
    genre: str = ""
    table: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class Pattern:
    agency: str
    column: str
    kind: str
    title: str
    topic: str
    paragraphs: tuple[str, ...]
    sign: str = ""
    genre: str = "通知"
    has_table: bool = False


PATTERNS = (
    Pattern(
        "qinghe",
        "normative",
        Kind.NORMATIVE,
        "青禾县人民政府关于印发《青禾县{field}管理办法》的通知",
        "综合政务",
        (
            "各乡镇人民政府，县政府各部门、各直属机构：",
            "《青禾县{field}管理办法》已经县政府第{n}次常务会议审议通过，现印发给你们，请认真贯彻执行。",
            "第一条　为规范{field}，维护群众合法权益，根据有关法律法规，结合本县实际，制定本办法。",
            "第二条　本县行政区域内的{field}活动适用本办法。",
            "第三条　县政府有关部门按照职责分工负责{field}的指导、协调和监督，乡镇人民政府负责本辖区的具体实施。",
            "第四条　实施结果向社会公开，接受群众监督。",
            "本办法自印发之日起施行，有效期五年。",
        ),
        "青政发",
    ),
    Pattern(
        "qinghe",
        "plans",
        Kind.POLICY,
        "青禾县人民政府办公室关于印发{year}年{field}工作方案的通知",
        "国民经济管理、国有资产监管",
        (
            "各乡镇人民政府，县政府各部门：",
            "为做好{year}年{field}工作，经县政府同意，现将工作方案印发给你们。",
            "一、总体要求。坚持以人民为中心，问题导向，分类施策，全年安排资金{money}万元，覆盖{v1}、{v2}等{n}个行政村。",
            "二、主要任务。（一）摸清底数；（二）落实责任；（三）公开结果；（四）按月调度。",
            "三、保障措施。各责任单位于每月5日前报送进展，县政府办公室汇总后向社会公开。",
        ),
        "青政办发",
        has_table=True,
    ),
    Pattern(
        "qinghe",
        "projects",
        Kind.NOTICE,
        "关于{v1}易地扶贫搬迁安置点配套{field}项目选址的公示",
        "城乡建设、环境保护",
        (
            "根据易地扶贫搬迁后续扶持规划，{v1}安置点配套{field}项目拟选址于{v2}，占地{n}亩，总投资{money}万元。",
            "公示期为十个工作日。公示期内如有异议，请以书面形式向县政府办公室反映。",
        ),
        genre="公告",
    ),
    Pattern(
        "qinghe",
        "emergencies",
        Kind.NOTICE,
        "关于做好{year}年{season}防汛抗旱应急准备工作的通知",
        "民政、扶贫、救灾",
        (
            "各乡镇人民政府，县应急成员单位：",
            "据县气象台预测，{season}降水较常年偏多{n}%，请各单位检查物资储备、落实值班值守，确保人员转移路线畅通。",
            "重点检查{v1}、{v2}一带的山塘水库和临河路段。",
        ),
        "青政办明电",
    ),
    Pattern(
        "qinghe-caizheng",
        "budgets",
        Kind.DATA,
        "青禾县{year}年{term}财政收支情况",
        "财政、金融、审计",
        (
            "{year}年{term}，全县一般公共预算收入完成{money}万元，为年初预算的{n}%。",
            "一般公共预算支出{money2}万元，其中教育、社会保障和就业、卫生健康支出占比超过六成。",
            "收支明细见附件。",
        ),
        genre="公告",
        has_table=True,
    ),
    Pattern(
        "qinghe-caizheng",
        "fees",
        Kind.NOTICE,
        "关于公布青禾县{year}年行政事业性收费目录清单的公告",
        "财政、金融、审计",
        (
            "现将《青禾县{year}年行政事业性收费目录清单》予以公布，清单之外的行政事业性收费一律不得执行。",
            "各执收单位应当在收费场所公示收费项目、依据和标准，全年预计减免{money}万元。",
        ),
        "青财综",
        genre="公告",
        has_table=True,
    ),
    Pattern(
        "qinghe-caizheng",
        "livelihood",
        Kind.NOTICE,
        "关于下达{year}年惠农补贴资金（第{n}批）的通知",
        "财政、金融、审计",
        (
            "各乡镇财政所：",
            "现下达{year}年第{n}批惠农补贴资金{money}万元，专项用于耕地地力保护补贴，请通过“一卡通”发放到户并在村务公开栏公示。",
            "涉及{v1}、{v2}等行政村，发放名册由各乡镇留存备查。",
        ),
        "青财农",
        has_table=True,
    ),
    Pattern(
        "qinghe-liangshi",
        "permits",
        Kind.NOTICE,
        "粮食收购企业备案结果公示（{year}年第{n}批）",
        "商贸、海关、旅游",
        (
            "根据《粮食流通管理条例》，现将{year}年第{n}批粮食收购企业备案结果公示如下。",
            "本批备案企业均具备与收购规模相适应的仓储设施和质量检验能力，年收购能力合计{money}吨。",
        ),
        genre="公告",
    ),
    Pattern(
        "qinghe-liangshi",
        "supervision",
        Kind.NOTICE,
        "青禾县{year}年{season}粮油库存检查情况通报",
        "商贸、海关、旅游",
        (
            "{year}年{season}，县粮食局会同有关部门对全县{n}个储粮库点开展库存检查，账实相符，质量良好。",
            "检查发现{v1}库点通风设备老化，已责令限期整改，整改结果另行公布。",
        ),
        "青粮发",
        genre="通报",
    ),
    Pattern(
        "qinghe-liangyou-zhijian",
        "supervision",
        Kind.DATA,
        "{year}年{term}粮油质量抽检结果",
        "市场监管、安全生产监管",
        (
            "{year}年{term}共抽检粮油样品{n}批次，涉及{v1}、{v2}等地的收购点和加工企业，合格率百分之百。",
            "检测项目包括水分、不完善粒、真菌毒素和重金属含量。",
        ),
        genre="公告",
    ),
    Pattern(
        "qinghe-shangwu",
        "procurement",
        Kind.NOTICE,
        "关于县城{field}项目政府采购结果的公告（{year}年第{n}号）",
        "商贸、海关、旅游",
        (
            "县城{field}项目已完成采购程序，成交金额{money}万元，现予公告。",
            "采购过程接受纪检监察机关和社会监督，供应商对结果有异议的，可以在法定期限内提出质疑。",
        ),
        genre="公告",
    ),
    Pattern(
        "qinghe-shangwu",
        "plans",
        Kind.INTERPRETATION,
        "《青禾县{year}年促消费若干措施》政策解读",
        "商贸、海关、旅游",
        (
            "一、为什么出台？为恢复和扩大消费，支持农村电商和县域商业体系建设。",
            "二、有哪些支持？发放消费券{money}万元，对{v1}、{v2}电商服务站给予运营补助。",
            "三、怎样申领？通过县商务局窗口或乡镇便民服务中心办理，五个工作日内办结。",
        ),
        genre="公告",
    ),
    Pattern(
        "qinghe-liuxi",
        "livelihood",
        Kind.NOTICE,
        "柳溪镇{year}年{season}困难群众救助资金发放情况公示",
        "民政、扶贫、救灾",
        (
            "{year}年{season}，柳溪镇共为{n}户困难群众发放救助资金{money}元，覆盖{v1}、{v2}等村。",
            "对公示内容有异议的，请向镇社会事务办反映。",
        ),
        genre="公告",
    ),
    Pattern(
        "qinghe-shiqiao",
        "livelihood",
        Kind.NOTICE,
        "石桥乡{year}年农村宅基地审批结果公示（第{n}批）",
        "国土资源、能源",
        (
            "经村民小组讨论、村级审查，石桥乡{year}年第{n}批宅基地申请共{n}宗符合条件，现予公示。",
            "涉及{v1}、{v2}，公示期七天。",
        ),
        genre="公告",
    ),
)

FIELDS = (
    "农村人居环境整治",
    "农村客运",
    "农贸市场",
    "公共停车场",
    "村级公益岗位",
    "小型水利设施",
    "文物保护单位",
    "政府投资项目",
    "城区广告设置",
    "殡葬服务收费",
)
SEASONS = ("春季", "夏季", "秋季", "冬季")


def texts(today: date, count: int = 104) -> list[Text]:
    """Texts spread over the current and the last two years, the oldest first."""
    chance = random.Random("qinghe")  # noqa: S311 - a demo needs no secrecy
    first = date(today.year - 2, 1, 8)
    step = (today - timedelta(days=3) - first) / count
    serials: dict[tuple[str, int], int] = {}
    return [
        _text(PATTERNS[number % len(PATTERNS)], first + step * number, chance, serials)
        for number in range(count)
    ]


def _text(
    pattern: Pattern,
    made_on: date,
    chance: random.Random,
    serials: dict[tuple[str, int], int],
) -> Text:
    v1, v2 = chance.sample(VILLAGES, 2)
    told = {
        "year": made_on.year,
        "term": TERMS[(made_on.month - 1) // 3 + 1],
        "season": SEASONS[(made_on.month - 1) // 3],
        "field": chance.choice(FIELDS),
        "n": chance.randint(3, 28),
        "money": f"{chance.randint(80, 9800):,}",
        "money2": f"{chance.randint(9800, 48000):,}",
        "v1": v1,
        "v2": v2,
    }
    paragraphs = [line.format(**told) for line in pattern.paragraphs]
    return Text(
        agency=pattern.agency,
        column=pattern.column,
        kind=pattern.kind,
        title=pattern.title.format(**told),
        body="".join(f"<p>{line}</p>" for line in paragraphs),
        made_on=made_on,
        topic=pattern.topic,
        doc_no=_doc_no(pattern, made_on.year, serials),
        genre=pattern.genre,
        table=_table(chance) if pattern.has_table else None,
    )


def _doc_no(pattern: Pattern, year: int, serials: dict[tuple[str, int], int]) -> str:
    if not pattern.sign:
        return ""
    key = (pattern.sign, year)
    serials[key] = serials.get(key, 0) + 1
    return f"{pattern.sign}〔{year}〕{serials[key]}号"


def _table(chance: random.Random) -> tuple[str, bytes]:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("明细")
    sheet.write_row(0, 0, ("序号", "村（单位）", "数量", "金额（万元）"))
    for number, village in enumerate(VILLAGES, start=1):
        row = (number, village, chance.randint(1, 90), chance.randint(10, 900) / 10)
        sheet.write_row(number, 0, row)
    book.close()
    return "明细表.xlsx", held.getvalue()


def guide_of(name: str) -> str:
    """The disclosure guide that Art. 12 asks for, of one body."""
    return "".join(
        f"<p>{line}</p>"
        for line in (
            f"为了便于公民、法人和其他组织获取{name}的政府信息，根据《中华人民共和国政府信息公开条例》编制本指南。",
            "一、政府信息的分类和编排。按照条例第二十条的十五类编排，每条信息有唯一的索引号。",
            "二、获取方式。本专栏、政府公报、档案馆和便民服务中心查阅点；没有公开的信息可以依法申请公开。",
            "三、公开工作机构。办公地址、办公时间和联系方式见本页。当面提交和邮寄申请随时受理。",
            "四、监督。认为本机关未依法履行公开义务的，可以向政府信息公开工作主管部门投诉、举报，也可以依法申请行政复议或者提起行政诉讼。",
        )
    )


RULES_TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "第一条　拟公开的政府信息应当先审查后公开，一事一审，全程留痕。",
        "第二条　经办人起草时提出公开属性；科室负责人审核内容；保密审查人员依法进行保密审查。",
        "第三条　任何人不得审查自己起草的信息；内容修改后重新审查。",
        "第四条　已公开的信息确需更正或者撤回的，应当公开说明。",
    )
)
