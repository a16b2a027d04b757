"""The columns that every open-government section has, word for word.

Sources: 国办公开办函〔2019〕61号 for the section and its sub-columns; Art. 20 of the
2019 Regulations for the fifteen statutory categories. An agency may rename and add.
"""

from dataclasses import dataclass

from gongkai.catalogue.models import ColumnKind


@dataclass(frozen=True)
class Standard:
    slug: str
    name: str
    kind: ColumnKind
    statutory_no: int | None = None


TOP = (
    Standard("guide", "政府信息公开指南", ColumnKind.GUIDE),
    Standard("rules", "政府信息公开制度", ColumnKind.RULES),
    Standard("statutory", "法定主动公开内容", ColumnKind.STATUTORY),
    Standard("annual-reports", "政府信息公开年报", ColumnKind.ANNUAL_REPORT),
    Standard("apply", "依申请公开", ColumnKind.APPLY),
)

_ARTICLE_20 = (
    ("normative", "行政法规、规章和规范性文件"),
    ("duties", "机关职能、机构设置"),
    ("plans", "规划计划和政策"),
    ("statistics", "统计信息"),
    ("permits", "行政许可和其他对外管理服务事项"),
    ("penalties", "行政处罚、行政强制"),
    ("budgets", "财政预算、决算"),
    ("fees", "行政事业性收费"),
    ("procurement", "政府集中采购"),
    ("projects", "重大建设项目"),
    ("livelihood", "扶贫、教育、医疗、社会保障、促进就业"),
    ("emergencies", "突发公共事件"),
    ("supervision", "环境保护、公共卫生、安全生产、食品药品、产品质量监督检查"),
    ("recruitment", "公务员招考"),
    ("other", "法律、法规、规章规定应当主动公开的其他政府信息"),
)

STATUTORY = tuple(
    Standard(slug, name, ColumnKind.STATUTORY, number)
    for number, (slug, name) in enumerate(_ARTICLE_20, start=1)
)
