"""What Word and Excel files carry besides their text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.items.inspection.hints import (
    Hint,
    HintCode,
    Severity,
    mask_name,
    structural,
)
from gongkai.items.reading.archives import Archive
from gongkai.items.reading.hidden_text import hidden_styles, is_hidden, text_of
from gongkai.items.reading.packages import (
    Element,
    Relation,
    has_macros,
    local,
    main_part,
    part,
    relations_of,
)
from gongkai.items.reading.sheets import Sheet, Workbook, column_letters
from gongkai.items.reading.word import stories

_NO_PERSON = """
administrator admin user users guest owner pc lenovo dell hp asus acer huawei microsoft
china windows office wps root python-docx openpyxl xlsxwriter unknown 微软用户 微软中国
用户 管理员 未定义 雨林木风 番茄花园 深度技术 系统管理员 作者
"""
_GENERIC_AUTHORS = frozenset(_NO_PERSON.split())
_GENERIC_PARTS = re.compile(r"microsoft|windows|wps|apache|libreoffice|用户|办公室|局$")
_LINKS = frozenset({"hyperlink"})
_LOCAL_TARGET = re.compile(r"(?i)file:|\\\\|[a-z]:[\\/]")


@dataclass(frozen=True)
class Seen:
    """The file as hints need it: the key, and the bytes that a hint holds for."""

    key: bytes
    data: bytes

    def hint(
        self,
        code: HintCode,
        severity: Severity,
        where: str,
        message: str,
        excerpt: str = "",
    ) -> Hint:
        return structural(
            self.key, code, severity, where, message, data=self.data, excerpt=excerpt
        )

    def serious(
        self, code: HintCode, where: str, message: str, excerpt: str = ""
    ) -> Hint:
        return self.hint(code, Severity.SERIOUS, where, message, excerpt)

    def note(self, code: HintCode, where: str, message: str, excerpt: str = "") -> Hint:
        return self.hint(code, Severity.NOTE, where, message, excerpt)


def package_hints(archive: Archive, seen: Seen) -> Iterator[Hint]:
    """Macros, external links, data of other files, the author's name."""
    if has_macros(archive):
        yield seen.serious(
            HintCode.MACROS,
            "",
            "文件带有宏（程序）。请另存为不含宏的文件后重新上传。",
        )
    yield from _link_hints(archive, seen)
    if any("/pivotCache/pivotCacheRecords" in name for name in archive.names):
        yield seen.serious(
            HintCode.CACHED_DATA,
            "",
            "数据透视表保存了全部源数据，删去源表也能还原。请只粘贴数值后重新上传。",
        )
    yield from _author_hints(archive, seen)


def embedded_parts(archive: Archive) -> Iterator[tuple[str, bytes]]:
    """Files inside the file: objects, charts' tables. Raises ReadingError."""
    for name in archive.names:
        if "/embeddings/" in name and not name.endswith("/"):
            yield name.rpartition("/")[2], archive.read(name)


def foreign_parts(archive: Archive) -> list[str]:
    """Parts in another format that Word shows as its own text (altChunk)."""
    return [
        relation.target.rpartition("/")[2]
        for relation in relations_of(archive, main_part(archive, "word/document.xml"))
        if relation.kind == "aFChunk"
    ]


def _link_hints(archive: Archive, seen: Seen) -> Iterator[Hint]:
    targets = sorted({_shown_target(one) for one in _external(archive)})
    if targets:
        yield seen.note(
            HintCode.EXTERNAL_LINK,
            "",
            f"文件链接到外部的文件或本机路径，共 {len(targets)} 处。"
            "请断开链接，以免泄露内部路径，读者也打不开。",
            targets[0],
        )


def _external(archive: Archive) -> Iterator[Relation]:
    for name in archive.names:
        if not name.endswith(".rels"):
            continue
        folder, _, base = name.rpartition("/")
        owner = f"{folder.removesuffix('_rels')}{base.removesuffix('.rels')}"
        for relation in relations_of(archive, owner):
            is_page_link = relation.kind in _LINKS and not _LOCAL_TARGET.match(
                relation.target
            )
            if relation.is_external and not is_page_link:
                yield relation


def _shown_target(relation: Relation) -> str:
    return re.sub(r"[0-9]{6,}", "******", relation.target)[:80]


def _author_hints(archive: Archive, seen: Seen) -> Iterator[Hint]:
    root = part(archive, "docProps/core.xml")
    names = {
        (element.text or "").strip()
        for element in (root if root is not None else ())
        if local(element) in {"creator", "lastModifiedBy"}
    }
    yield from author_hints(names, seen)


def author_hints(names: Iterable[str], seen: Seen) -> Iterator[Hint]:
    personal = sorted(name for name in names if _is_personal(name))
    if personal:
        yield seen.note(
            HintCode.PERSONAL_AUTHOR,
            "文件属性",
            "文件属性中留有作者姓名。如不需公开，请在“文件—信息—检查文档”中删除。",
            "、".join(mask_name(name) for name in personal),
        )


def _is_personal(name: str) -> bool:
    folded = name.casefold()
    if not name or folded in _GENERIC_AUTHORS or _GENERIC_PARTS.search(folded):
        return False
    return not re.fullmatch(r"[\d\W_]+", name)


# --- Word ----------------------------------------------------------------------------

_INSERTED, _DELETED = {"ins", "moveTo"}, {"del", "moveFrom"}


def word_hints(archive: Archive, seen: Seen) -> Iterator[Hint]:
    """Tracked changes, comments and hidden text. Raises ReadingError."""
    inserted = deleted = formats = comments = hidden = 0
    styles = hidden_styles(_styles(archive))
    for _, root in stories(archive):
        for element in root.iter():
            name = local(element)
            inserted += name in _INSERTED
            deleted += name in _DELETED
            formats += name in {"rPrChange", "pPrChange", "tblPrChange", "sectPrChange"}
            comments += name == "comment"
            if name == "r" and is_hidden(element, styles):
                hidden += bool(text_of(element).strip())
    yield from _change_hints(inserted, deleted, formats, seen)
    if comments:
        yield seen.serious(
            HintCode.COMMENTS,
            "",
            f"文件带有 {comments} 条批注，下载后都能看到。请删除全部批注后重新上传。",
        )
    if hidden:
        yield seen.serious(
            HintCode.HIDDEN_TEXT,
            "",
            f"有 {hidden} 处文字设为“隐藏”，页面上看不到，下载后可以显示。"
            "请删除或取消隐藏。",
        )


def _styles(archive: Archive) -> Element | None:
    for relation in relations_of(archive, main_part(archive, "word/document.xml")):
        if relation.kind == "styles":
            return part(archive, relation.target)
    return None


def _change_hints(
    inserted: int, deleted: int, formats: int, seen: Seen
) -> Iterator[Hint]:
    if inserted or deleted:
        yield seen.serious(
            HintCode.TRACKED_CHANGES,
            "",
            "文件保留了修订痕迹，删去的内容下载后仍能看到。"
            "请接受或拒绝全部修订后重新上传。",
            f"插入 {inserted} 处，删除 {deleted} 处",
        )
    elif formats:
        yield seen.note(
            HintCode.TRACKED_CHANGES,
            "",
            "文件保留了格式修订痕迹。请接受全部修订后重新上传。",
            f"格式 {formats} 处",
        )


# --- Excel ---------------------------------------------------------------------------


def workbook_hints(workbook: Workbook, seen: Seen) -> Iterator[Hint]:
    for sheet in workbook.sheets:
        yield from _sheet_hints(sheet, seen)


def _sheet_hints(sheet: Sheet, seen: Seen) -> Iterator[Hint]:
    if sheet.state == "hidden":
        yield seen.serious(
            HintCode.HIDDEN_SHEET,
            sheet.name,
            f"工作表“{sheet.name}”是隐藏的，下载后可以取消隐藏。"
            "请核实内容，不公开的请删除。",
        )
    elif sheet.state != "visible":
        yield seen.serious(
            HintCode.VERY_HIDDEN_SHEET,
            sheet.name,
            f"工作表“{sheet.name}”被深度隐藏，在 Excel 菜单中看不到，但内容仍在文件里。"
            "请把要公开的内容复制到新文件后重新上传。",
        )
    if sheet.hidden_rows:
        yield seen.serious(
            HintCode.HIDDEN_ROWS,
            sheet.name,
            "有隐藏的行，其中有内容（筛选也会隐藏行）。"
            "请取消隐藏后核实，不公开的请删除。",
            f"第 {_ranges(sheet.hidden_rows)} 行",
        )
    if sheet.hidden_columns:
        letters = [column_letters(number) for number in sorted(sheet.hidden_columns)]
        yield seen.serious(
            HintCode.HIDDEN_COLUMNS,
            sheet.name,
            "有隐藏的列，其中有内容。请取消隐藏后核实，不公开的请删除。",
            f"{'、'.join(letters[:10])} 列{'等' if len(letters) > 10 else ''}",
        )
    if sheet.comments:
        yield seen.serious(
            HintCode.COMMENTS,
            sheet.name,
            f"有 {len(sheet.comments)} 条批注，下载后都能看到。"
            "请删除全部批注后重新上传。",
        )


def _ranges(numbers: list[int]) -> str:
    """3、5–8: at most ten stretches."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    shown = [
        str(first) if first == last else f"{first}–{last}"
        for first, last in stretches[:10]
    ]
    return "、".join(shown) + ("等" if len(stretches) > 10 else "")
