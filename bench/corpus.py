"""Synthetic official prose for the benches: the same seed gives the same documents.

Words follow a Zipf-like distribution: some hundred words of the office carry most of
the text, connectives hold it together, and a long tail of made-up names of places,
persons and firms stands for what is rare in real archives. 公开 stands in nearly every
document, as it does in life.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

OFFICE_WORDS = """
公开 信息 政府 工作 我县 制度 部门 机关 政务 主动公开 依法 群众
管理 服务 建设 项目 单位 通知 意见 方案 规定 条例 办法 标准
程序 期限 责任 监督 检查 考核 培训 会议 领导小组 办公室 乡镇
社区 街道 村委会 财政 预算 决算 资金 补助 补贴 专项 经费 采购
招标 中标 合同 审计 税收 收费 减免 优惠 扶贫 脱贫攻坚 易地扶贫搬迁
安置点 移民 水库 后期扶持 教育 学校 招生 学位 教师 医疗 医院
医保 卫生 疫苗 防疫 养老 低保 救助 残疾人 就业 创业 培训班
社会保险 公积金 住房 保障房 租赁 棚户区 改造 征地 拆迁 补偿 土地
出让 规划 许可 审批 备案 登记 证照 窗口 大厅 网上办理 一次办成
营商环境 企业 市场 监管 食品 药品 安全 生产 事故 应急 预案 消防
防汛 抗旱 地质灾害 环境 保护 大气 污染 水质 排放 垃圾 分类 森林
草原 湿地 农业 种植 养殖 粮食 收购 储备 价格 农村 公路 交通
公交 客运 桥梁 水利 灌溉 供水 供电 燃气 通信 宽带 数据 平台
系统 网站 栏目 更新 发布 解读 回应 舆情 热线 投诉 举报 信访
复议 诉讼 应诉 判决 处罚 执法 裁量 权力清单 责任清单 负面清单
公共资源 交易 公示 公告 名单 结果 报告 年度 统计 人口 普查 经济
运行 工业 投资 外贸 商务 旅游 文化 体育 广播 图书馆 博物馆 文物
非遗 民族 宗教 妇女 儿童 青少年 志愿者 慈善 殡葬 婚姻 户籍
身份证 出入境 驾驶证 车辆 违法 犯罪 司法 公证 律师 调解 法律援助
普法 人民代表 政协委员 建议 提案 答复 办理 满意率 办结率 机构 编制
人事 公务员 招录 事业单位 职称 工资 绩效 离退休 党建 廉政 巡察
整改 落实 推进 完善 加强 规范 强化 组织 开展 实施 印发 修订
废止 审查 审核 保密 归档 档案 目录 指南 申请 受理 登记表 邮寄
传真 当面 补正 告知 第三方 质量 计量 专利 商标 知识产权 科技
创新 高新技术 园区 孵化 人才 引进 物业 小区 电梯 停车 绿化 照明
""".split()  # noqa: SIM905 - readable

CONNECTIVES = """
的 和 及 与 对 在 为 将 已 并 由 以 按照 根据 进一步
有关 全面 切实 认真 及时 同时 其中 截至 各 各级 各项 本年度
目前 共 不断 积极 有效 严格 深入
""".split()  # noqa: SIM905 - readable

# Characters of which names are made; about the spread of a telephone book.
NAME_CHARACTERS = (
    "安柏宝碧滨波博灿昌长朝城诚川春慈翠大丹德登鼎东栋恩发帆芳丰峰凤福富港高格"
    "耿谷冠光广桂国海汉航浩河荷恒红宏洪鸿虎花华淮焕辉惠吉济佳嘉坚建江杰金锦晋"
    "京靖静九聚军俊凯康科奎坤兰朗乐雷黎礼立丽利莲良林临灵凌龙隆鲁陆禄罗洛马满"
    "茂梅美孟绵敏名明鸣南宁农平坪浦祁齐奇启千乾清晴庆泉仁荣如瑞润三森山善尚韶"
    "邵绍申深沈盛石世树双水顺思松苏泰潭唐棠涛腾天田铁亭通桐铜万旺威微维伟文卧"
    "武西希熙溪霞仙贤祥向晓孝谢欣新信兴星雄秀旭宣轩学雪延炎彦阳耀叶仪宜义益银"
    "英盈永勇游友余渝玉育裕元沅源远岳云运泽曾展张昭振镇正芝志中忠洲竹卓子紫宗"
)
NAME_ENDINGS = "村 镇 乡 路 桥 厂 组 站 岭 湾 庄 公司 大道 小学 合作社 水电站".split()  # noqa: SIM905
NAMES = 20_000
TOPICS = (
    "财政 教育 医疗卫生 社会保障 农业 交通 环境保护 公共安全 综合政务 城乡建设".split()  # noqa: SIM905
)
PUNCTUATION = ("\uff0c", "\uff0c", "\uff0c", "、", "。", "。", "\uff1b", "。\n")


@dataclass(frozen=True)
class Piece:
    """One made-up document."""

    number: int
    title: str
    doc_no: str
    index_no: str
    body: str
    topic: str
    agency_id: int
    published_at: datetime


class Vocabulary:
    """Words with their weights, frequent words first, after Zipf."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        tail = [
            "".join(chance.sample(NAME_CHARACTERS, chance.choice((2, 2, 3))))
            + chance.choice(NAME_ENDINGS)
            for _ in range(NAMES)
        ]
        head = OFFICE_WORDS[:12]
        rest = OFFICE_WORDS[12:]
        chance.shuffle(rest)
        self.words = [*head, *rest, *tail]
        self.cumulative = list(
            accumulate((rank + 8) ** -1.25 for rank in range(len(self.words)))
        )

    def draw(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self.cumulative, k=count)


def pieces(
    count: int, *, length: int = 600, agencies: int = 50, seed: int = 1
) -> Iterator[Piece]:
    """``count`` documents, oldest first, of about ``length`` characters each.

    They spread evenly over the ten years before 2026.
    """
    vocabulary = Vocabulary(seed)
    chance = random.Random(seed + 1)
    start = datetime(2016, 1, 1, 8, tzinfo=UTC)
    for number in range(1, count + 1):
        published_at = start + timedelta(days=3650 * number / count)
        title = _title(vocabulary, chance)
        yield Piece(
            number=number,
            title=title,
            doc_no=f"安政办发〔{published_at.year}〕{number}号",
            index_no=f"11520000MB{number:06}/{published_at.year}-{number:05}",
            body=_body(
                vocabulary, chance, max(20, int(chance.gauss(length, length / 5)))
            ),
            topic=TOPICS[min(int(chance.expovariate(0.5)), len(TOPICS) - 1)],
            agency_id=1 + min(int(chance.expovariate(5 / agencies)), agencies - 1),
            published_at=published_at,
        )


def _title(vocabulary: Vocabulary, chance: random.Random) -> str:
    words = "".join(vocabulary.draw(chance, chance.choice((3, 4, 5))))
    return f"关于{words}{chance.choice(('的通知', '的公告', '的批复', '情况的报告'))}"


def _body(vocabulary: Vocabulary, chance: random.Random, length: int) -> str:
    words = vocabulary.draw(chance, length // 2)
    parts: list[str] = []
    size = 0
    for place, word in enumerate(words):
        parts.append(word)
        size += len(word)
        roll = chance.random()
        if roll < 0.35:
            parts.append(chance.choice(CONNECTIVES))
            size += 1
        elif roll < 0.5:
            parts.append(chance.choice(PUNCTUATION))
            size += 1
        elif roll < 0.52:
            parts.append(f"{chance.randrange(1, 10_000)}")
            size += 3
        if size >= length and place:
            break
    return "".join(parts) + "。"
