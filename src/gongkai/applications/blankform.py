"""政府信息公开申请表, empty: said once, for the page and for the Word file.

A run of ＿ is a blank to write on. Art. 29: name, proof of identity, contact; what is
asked for; form and way of delivery.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.applications.choices import ApplicantKind, Manner, Route
from gongkai.registry.papers import Line, Paper, RuledTable, TableCell, Title

TITLE = "政府信息公开申请表"
SHORT, LONG = "＿" * 6, "＿" * 14
SIGNED = f"申请人签名（盖章）：{SHORT}　＿＿＿年＿＿月＿＿日"


@dataclass(frozen=True)
class Row:
    """``lines`` beside a label, where there is one; ``room`` for that many lines."""

    label: str
    lines: tuple[str, ...] = ()
    room: int = 1


@dataclass(frozen=True)
class Group:
    label: str
    rows: tuple[Row, ...]


def groups() -> tuple[Group, ...]:
    return (
        Group(
            "申请人信息",
            (
                Row("公民", (f"姓名：{SHORT} 证件名称：{SHORT}", f"证件号码：{LONG}")),
                Row(
                    "法人或其他组织",
                    (
                        f"名称：{LONG}",
                        f"统一社会信用代码：{SHORT}{SHORT}",
                        f"类型：{_boxes(ApplicantKind.labels[1:])}",
                        f"联系人：{SHORT}",
                    ),
                ),
                Row("联系方式", (f"电话：{SHORT}", f"电子邮箱：{LONG}")),
                Row("通信地址", (LONG, f"邮政编码：{SHORT}")),
                Row("代理人", (f"姓名：{SHORT}（附授权委托书）", f"证件号码：{LONG}")),
            ),
        ),
        Group(
            "所需信息",
            (
                Row("名称", room=3),
                Row("文号"),
                Row("其他特征描述", room=7),
            ),
        ),
        Group(
            "提供方式",
            (
                Row("形式", (_boxes(Manner.labels),)),
                Row("途径", (_boxes(Route.labels),)),
            ),
        ),
        Group(
            "附件",
            (
                Row(
                    "", (f"{_boxes(['身份证明复印件', '授权委托书'])} □ 其他：{SHORT}",)
                ),
            ),
        ),
    )


def receiver(body: Agency) -> str:
    return f"受理机关：{body.name}"


def foot(body: Agency) -> str:
    """Where the paper goes, and how."""
    where = [f"提交地点：{body.office_name or body.name}"]
    where += [body.address] if body.address else []
    told = "，".join(where)
    told += f"；电话：{body.phone}" if body.phone else ""
    return f"一事一申请。{told}。邮寄请在信封上注明“政府信息公开申请”。"


def paper(body: Agency) -> Paper:
    table = RuledTable(tuple(_cells()), weights=(1.2, 1.6, 7.2))
    lines = (Line(SIGNED), Line(foot(body)))
    return Paper(TITLE, (Title(TITLE), Line(receiver(body)), table, *lines))


def _cells() -> Iterator[TableCell]:
    number = 0
    for group in groups():
        yield TableCell(number, 0, group.label, rows=len(group.rows))
        for row in group.rows:
            text = "\n".join(row.lines) + "\n" * (row.room - 1)
            if row.label:
                yield TableCell(number, 1, row.label)
                yield TableCell(number, 2, text)
            else:
                yield TableCell(number, 1, text, columns=2)
            number += 1


def _boxes(labels: list[str]) -> str:
    return " ".join(f"□ {label}" for label in labels)
