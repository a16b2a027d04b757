"""Sample data of the style guide: long, empty and faulty on purpose."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.safestring import SafeString

LONG_TITLE = (
    "青禾县人民政府办公室关于转发县发展和改革局、县财政局、县自然资源局、县农业农村局、"
    "县水务局《青禾县农村人居环境整治提升五年行动暨乡村建设重点项目资金统筹使用与绩效管理"
    "实施方案（2026—2030年）》并做好第一批项目申报有关工作的通知"
)
HASH = "7f3a9be2c41d08556a7c3e0f9d1b42a86c5e7710fd3e98b2a4c6019d7e5f8c21"
AGENCY = SimpleNamespace(
    name="青禾县人民政府",
    slug="qinghe",
    office_name="县政府办公室政务公开股",
    address="青禾县人民路 1 号",
    phone="0000-0000000",
    hours="工作日 8:30–12:00，14:30–18:00",
    site_code="0000000000",
    icp_no="某ICP备00000000号",
    psb_no="某公网安备 00000000000000号",
)
COLUMNS = (
    "首页",
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
    "政策文件库",
    "政策解读",
    "回应关切",
    "意见征集",
    "政民互动",
    "政务服务",
    "数据开放",
)

SWATCHES = (
    "ink",
    "ink-2",
    "wash",
    "accent",
    "seal",
    "ok",
    "warn",
    "chart-1",
    "chart-2",
    "chart-3",
    "chart-4",
    "chart-5",
)


@dataclass(frozen=True)
class Node:
    label: str
    url: str = "#columns"
    count: int | None = None
    current: bool = False
    children: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Link:
    label: str
    count: int | None = None
    hot: bool = False
    current: bool = False
    url: str = "#main"


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    numeric: bool = False
    sortable: bool = False


@dataclass(frozen=True)
class Row:
    id: int
    title: str
    cells: tuple[tuple[Column, object], ...]
    note: str = ""
    url: str = "#main"
    state: str = ""


@dataclass(frozen=True)
class Empty:
    title: str
    text: str
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    sort: str = ""
    chips: tuple[tuple[str, str, str], ...] = ()
    clear_url: str = ""
    export_url: str = ""
    count: int | None = None
    selectable: bool = False
    page_obj: Any = None
    empty: Empty = field(default_factory=lambda: Empty("", ""))


class SampleForm(forms.Form):
    applicant = forms.CharField(
        label="申请人姓名或者单位名称",
        help_text="与身份证件或者统一社会信用代码证书一致。",
    )
    written_on = forms.DateField(label="成文日期", help_text="例如 2026-11-16")
    way = forms.ChoiceField(
        label="获取信息的方式",
        choices=(("mail", "电子邮件"), ("post", "邮寄"), ("counter", "到窗口领取")),
        widget=forms.RadioSelect,
    )
    body = forms.ChoiceField(label="受理机关", choices=(("1", "县财政局"),))
    content = forms.CharField(
        label="所需政府信息的内容描述",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="写明名称、文号或者便于查询的其他特征，一次写一件。",
    )
    agreed = forms.BooleanField(label="以上内容属实")


def _faulty_form() -> SampleForm:
    form = SampleForm({"written_on": "2027-03-01", "applicant": "", "agreed": "on"})
    form.full_clean()
    form.add_error("written_on", "成文日期 2027-03-01 晚于今天，请核对。")
    return form


def _tree() -> tuple[Node, ...]:
    return (
        Node("政府信息公开指南"),
        Node("政府信息公开制度", count=12),
        Node(
            "法定主动公开内容",
            count=8269,
            children=(
                Node("行政规范性文件", count=214, current=True),
                Node("国民经济和社会发展规划、专项规划、区域规划及相关政策", count=38),
                Node("财政预算、决算信息", count=1036),
            ),
        ),
        Node("政府信息公开年报", count=18),
        Node("依申请公开"),
    )


def _documents(today: date) -> list[dict[str, Any]]:
    return [
        {
            "title": "关于印发《青禾县农村人居环境整治提升实施方案》的通知",
            "facts": ["青政发〔2026〕12号", "青禾县人民政府"],
            "tags": [("现行有效", "ok")],
            "date": today,
        },
        {
            "title": LONG_TITLE,
            "facts": ["青政办发〔2026〕108号", "县政府办公室"],
            "tags": [("有解读", "info")],
            "date": today - timedelta(days=4),
            "snippet": SafeString(
                "……对纳入第一批的 <mark>人居环境</mark> 项目，县财政按照核定投资的 30% "
                "给予补助，资金直达乡镇……"
            ),
        },
        {
            "title": "2023 年农村人居环境整治方案",
            "facts": ["青政发〔2023〕7号"],
            "tags": [("已废止", "warn")],
            "date": today - timedelta(days=1210),
        },
    ]


def _events() -> list[dict[str, str]]:
    return [
        {"title": "收到申请", "state": "done", "at": "11-02 (周一)", "who": "网上提交"},
        {
            "title": "通知补正",
            "state": "done",
            "at": "11-05 (周四)",
            "note": "请写明所需文件的年度。等您补正的 6 个工作日不计入答复期限。",
        },
        {"title": "收到补正", "state": "done", "at": "11-13 (周五)"},
        {
            "title": "办理中",
            "state": "now",
            "who": "县财政局",
            "note": "最迟 2026-12-11 答复：自 11-13 起二十个工作日（第三十三条）。",
        },
        {"title": "答复", "state": "todo"},
    ]


def _segments() -> list[dict[str, Any]]:
    return [
        {"kind": "run", "days": 7, "label": "已用 7 个工作日"},
        {"kind": "pause", "days": 6, "label": "补正中止 6 个工作日"},
        {"kind": "extension", "days": 4, "label": "延期内已用 4 个工作日"},
        {"kind": "left", "days": 9, "label": "还剩 9 个工作日"},
    ]


def _files() -> list[dict[str, Any]]:
    opened_at = timezone.now()
    return [
        {
            "file": {
                "name": "附件1 青禾县农村人居环境整治提升任务分解表.xlsx",
                "kind": "Excel 表格",
                "size": 38_912,
                "sha256": HASH,
                "opened_at": opened_at,
            },
            "finding": ("有 1 个隐藏工作表", "bad"),
        },
        {
            "file": {
                "name": "补贴标准.pdf",
                "kind": "PDF",
                "size": 1_214_500,
                "sha256": HASH[::-1],
            },
            "finding": ("未见异常", "ok"),
        },
    ]


def _diff() -> list[dict[str, Any]]:
    return [
        {"op": "same", "number": 1, "parts": [("same", "各乡镇人民政府：")]},
        {
            "op": "removed",
            "number": 2,
            "parts": [
                ("same", "发放对象见附件，其中"),
                ("removed", "张某（身份证号 110105********002X）等 "),
                ("same", "12 户为新增。"),
            ],
        },
        {
            "op": "added",
            "number": 2,
            "parts": [
                ("same", "发放对象见附件，其中"),
                ("added", "新增 "),
                ("same", "12 户。"),
            ],
        },
        {"op": "skipped", "number": 14},
        {"op": "same", "number": 17, "parts": [("same", "联系人：县民政局救助股。")]},
    ]


def _summary() -> list[dict[str, str]]:
    return [
        {"label": "受理机关", "value": "县财政局", "url": "#main"},
        {
            "label": "内容描述",
            "value": "2025 年度惠农补贴资金分配结果\n（按乡镇）",
            "url": "#main",
        },
        {"label": "联系电话", "value": "", "url": "#main"},
    ]


def _signatures() -> list[dict[str, str]]:
    return [
        {
            "role": "内容审核",
            "name": "科室负责人",
            "at": "11-21 15:42",
            "state": "ok",
            "word": "同意",
            "opinion": "标准已与财政核对。",
        },
        {
            "role": "保密审查",
            "name": "保密员",
            "at": "11-23 09:05",
            "state": "bad",
            "word": "退回",
            "opinion": "第 2 段有居民身份证号。",
        },
        {"role": "签发", "name": "", "word": "等待", "state": ""},
    ]


def _metadata() -> list[tuple[str, object]]:
    return [
        ("索引号", "11000000MB0000000X/2026-00412"),
        ("文号", "青政发〔2026〕12号"),
        ("发文机关", "青禾县人民政府"),
        ("成文日期", "2026-11-16"),
        ("主题分类", "城乡建设、环境保护"),
        ("发布日期", "2026-11-20"),
        ("有效性", "现行有效，至 2031-11-15"),
    ]


def _common() -> dict[str, object]:
    today = timezone.localdate()
    return {
        "today": today,
        "tags": (
            ("规范性文件", ""),
            ("现行有效", "ok"),
            ("2 处提示", "warn"),
            ("有隐藏工作表", "bad"),
            ("有解读", "info"),
        ),
        "due": (
            (today + timedelta(days=20), 14, False),
            (today + timedelta(days=3), 3, False),
            (today, 0, False),
            (today - timedelta(days=5), -3, False),
            (today, 4, True),
        ),
        "events": _events(),
        "segments": _segments(),
        "steps": (
            {"label": "起草", "state": "done", "note": "11-20 (周五)"},
            {"label": "内容审核", "state": "done", "note": "11-21 (周六)"},
            {"label": "保密审查", "state": "now", "note": "等您处理"},
            {"label": "签发", "state": "todo", "note": "分管领导"},
        ),
        "files": _files(),
        "lines": _diff(),
        "summary": _summary(),
        "signatures": _signatures(),
        "metadata": _metadata(),
        "table": _table(today),
        "empty_table": Table(
            "申请",
            (),
            empty=Empty(
                "还没有申请",
                "网上提交的申请自动进到这里；信函、传真和当面提交的由您登记。",
                (("登记一件申请", "#main"), ("设置受理渠道", "#main")),
            ),
        ),
    }


def portal() -> dict[str, object]:
    today = timezone.localdate()
    return _common() | {
        "site_agency": AGENCY,
        "portal_columns": [
            (name, "#main", name == "法定主动公开内容") for name in COLUMNS
        ],
        "crumbs": [
            ("首页", "/"),
            ("法定主动公开内容", "#main"),
            ("行政规范性文件", ""),
        ],
        "columns": _tree(),
        "documents": _documents(today),
        "long_title": LONG_TITLE,
        "page_obj": Paginator(range(8269), 20).page(7),
        "form": _faulty_form(),
        "chart_columns": ("年度", "主动公开信息"),
        "chart_rows": (
            (2022, 801),
            (2023, 850),
            (2024, 897),
            (2025, 958),
            (2026, 1036),
        ),
        "swatches": SWATCHES,
    }


def _table(today: date) -> Table:
    columns = (
        Column("title", "标题", sortable=True),
        Column("number", "编号"),
        Column("received_on", "收到", sortable=True),
        Column("due_on", "期限"),
        Column("pages", "页数", numeric=True, sortable=True),
    )
    rest = columns[1:]
    titles = (
        ("2025 年度惠农补贴资金分配结果（按乡镇）", "张某 · 网上提交", "on"),
        (LONG_TITLE, "某有限公司 · 信函", ""),
        ("县城农贸市场改造项目单一来源采购的论证意见", "李某 · 当面", "warn"),
        ("第三季度信访答复汇总", "王某 · 传真", "bad"),
    )
    rows = tuple(
        Row(
            number,
            title,
            tuple(
                zip(
                    rest,
                    (
                        f"青公开〔2026〕{number:03}号",
                        f"{today - timedelta(days=number):%m-%d}",
                        (
                            "还有 14 个工作日",
                            "还有 9 个工作日",
                            "今天到期",
                            "已逾期 3 个工作日",
                        )[number - 1],
                        f"{number * 1204:,}",
                    ),
                    strict=True,
                )
            ),
            note=note,
            state=state,
        )
        for number, (title, note, state) in enumerate(titles, 1)
    )
    return Table(
        "依申请公开台账",
        columns,
        rows,
        sort="-received_on",
        chips=(("年度", "2026", "?"), ("状态", "办理中", "?")),
        clear_url="?",
        export_url="#main",
        count=1204,
        selectable=True,
        page_obj=Paginator(range(1204), 20).page(1),
        empty=Empty("没有符合条件的申请", "去掉一个筛选条件再试。"),
    )


def console() -> dict[str, object]:
    return _common() | {
        "console_agency": SimpleNamespace(name="县政府办公室"),
        "agency_switch_url": "#main",
        "agency_choices": [
            {"label": "县政府办公室", "value": "office", "current": True},
            {"label": "县财政局", "value": "finance", "current": False},
        ],
        "todo_count": 7,
        "nav": [
            ("", [Link("待办", 7, hot=True)]),
            (
                "台账",
                [
                    Link("信息", 38),
                    Link("依申请公开", 3, hot=True, current=True),
                    Link("复议诉讼投诉", 1),
                    Link("解读回应", 5),
                ],
            ),
            ("统计与报告", [Link("统计表"), Link("年度报告"), Link("报告分析")]),
            ("管理", [Link("目录"), Link("机构与岗位"), Link("操作记录")]),
        ],
        "form": SampleForm(),
        "consequences": (
            "页面、搜索、订阅、接口和导出中同时看不到它，地址保留撤回说明。",
            "撤回记入操作记录，统计数按撤回日期更新。",
        ),
    }
