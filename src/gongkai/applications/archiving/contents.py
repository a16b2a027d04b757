"""What describes the archive itself: contents page, list of hashes, how to check it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.applications.archiving.sheets import csv_bytes
from gongkai.applications.archiving.verifying import SUMS
from gongkai.registry.papers import (
    Align,
    Line,
    Paper,
    RuledTable,
    TableCell,
    Title,
    pdf,
)

COLUMNS = ("序号", "文号", "责任者", "题名", "日期", "页数", "备注")
WEIGHTS = (0.6, 1.5, 1.5, 3.2, 1.2, 0.6, 3.4)
HASH = "SHA-256"


@dataclass(frozen=True)
class Described:
    """A row of the contents page."""

    position: int
    number: str
    responsible: str
    title: str
    on: date | None
    pages: int | None
    note: str
    path: str
    sha256: str

    @property
    def row(self) -> tuple[str, ...]:
        return (
            *(str(self.position), self.number, self.responsible, self.title),
            self.on.isoformat() if self.on else "",
            str(self.pages) if self.pages else "",
        )


def contents_pdf(agency: str, number: str, rows: Sequence[Described]) -> bytes:
    """卷内目录: each entry with its hash, so that the paper alone proves the files."""
    title = "卷内目录"
    lines = [COLUMNS, *((*one.row, _remark(one)) for one in rows)]
    cells = tuple(
        TableCell(place, column, text, align=_align(place, column))
        for place, line in enumerate(lines)
        for column, text in enumerate(line)
    )
    pages = sum(one.pages or 0 for one in rows)
    foot = f"共 {len(rows)} 件，其中可计页数的 {pages} 页。"
    blocks = (
        Title(title),
        Line(f"{agency}　档号：{number}"),
        RuledTable(cells, WEIGHTS, head_rows=1),
        Line(foot),
    )
    return pdf(Paper(f"{title} {number}", blocks))


def contents_csv(rows: Sequence[Described]) -> bytes:
    head = (*COLUMNS, "文件", HASH)
    return csv_bytes(
        [head, *((*one.row, one.note, one.path, one.sha256) for one in rows)]
    )


def sums(hashes: Iterable[tuple[str, str]]) -> bytes:
    """(path, SHA-256) of each file, as ``sha256sum -c`` reads it. The manifest."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in hashes).encode()


def explanation(agency: str, number: str, filed_on: date, mark: str) -> bytes:
    """How to read and check the archive, in Chinese and English.

    ``mark`` is chance: whoever knows the manifest alone cannot try out what it was
    made of once the files are destroyed.
    """
    return _EXPLANATION.format(
        agency=agency, number=number, on=filed_on.isoformat(), mark=mark, sums=SUMS
    ).encode()


def _remark(one: Described) -> str:
    """The hash in pieces of eight signs, which can be compared by eye."""
    pieces = [one.sha256[start : start + 8] for start in range(0, 64, 8)]
    return "\n".join(filter(None, (one.note, f"{HASH} {' '.join(pieces)}")))


def _align(place: int, column: int) -> Align:
    return Align.CENTER if not place or column in {0, 5} else Align.LEFT


_EXPLANATION = """\
政府信息公开申请档案（一案一号一档）

机关：{agency}
档号：{number}
归档日期：{on}
标识：{mark}

一、内容
本文件夹是一件政府信息公开申请的全部材料，按办理顺序编号。先看“000-卷内目录.pdf”。
PDF、图片、文本文件任何时候都能打开；Word 文件旁边另有 PDF 阅读版。
.csv 是逗号分隔的文本（UTF-8），可用任何表格软件或文本编辑器打开。

二、核对材料是否完整、未被改动
{sums} 的每一行是一个文件的 SHA-256 值和文件名。在本文件夹中运行：
  Linux：      sha256sum -c {sums}
  macOS：      shasum -a 256 -c {sums}
  Windows：    certutil -hashfile 文件名 SHA256    （逐个与表中的值比对）
全部显示 OK（成功），即与归档时一致。SHA-256 是公开标准（ISO/IEC 10118-3、FIPS 180-4），
以后的任何工具只要实现该标准都可以核对。

三、核对清单本身
计算 {sums} 这个文件自己的 SHA-256 值：
  sha256sum {sums}
与归档时记入案件页面和审计记录的“清单值”比对；该值不在本压缩包内，请向上述机关索取。
装有“公开”系统（Gongkai）的机器上也可以运行：
  gongkai verify_archive 压缩包.zip --manifest 清单值

How to check (English)
This folder is the whole file of one request for government information, numbered in
the order of its handling. Run `sha256sum -c {sums}` here: every line must say OK.
Then compare `sha256sum {sums}` with the value that the body recorded at filing; it is
not part of this archive.
"""
