"""A Word file as a draft: its fields, its text as clean HTML, its pictures."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.etree import ElementTree

import mammoth
from mammoth import documents

from gongkai.items.reading.archives import Archive
from gongkai.items.reading.hidden_text import hidden_styles, remove_hidden_text
from gongkai.items.reading.kinds import FileKind
from gongkai.items.reading.numbering import write_out_numbers
from gongkai.items.reading.official_form import Line, OfficialForm, recognise
from gongkai.items.reading.packages import (
    has_macros,
    local,
    main_part,
    open_package,
    part,
    relations_of,
    tree,
)
from gongkai.items.reading.problems import (
    READER_FAULTS,
    Problem,
    ReadingError,
    broken,
)
from gongkai.items.reading.text import sanitise

MAX_PICTURES = 500
_MEDIA_TYPES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
_HEADS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}
_STYLES = """
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='heading 4'] => h5:fresh
p[style-name='heading 5'] => h6:fresh
p[style-name='heading 6'] => h6:fresh
p[style-name='Title'] => p:fresh
u => u
strike => s
"""
_NEEDED_KINDS = frozenset(
    {"officeDocument", "styles", "numbering", "footnotes", "endnotes", "image"}
)
_LOSSES = (
    (
        {"ins", "del", "moveFrom"},
        Problem(
            "tracked_changes", "文件带有修订痕迹，已按接受全部修订读取。请核对正文。"
        ),
    ),
    (
        {"oMath"},
        Problem("formula", "有公式没有读入。请把公式做成图片后在编辑器中插入。"),
    ),
    (
        {"chart", "relIds"},
        Problem("chart", "有图表或 SmartArt 图形没有读入。请做成图片后插入。"),
    ),
    (
        {"altChunk"},
        Problem("foreign_text", "文件中插入的其他格式内容没有读入。请核对正文。"),
    ),
)
_STORIES = ("document", "footnotes", "endnotes")


@dataclass(frozen=True)
class Picture:
    """A picture of the text; the body calls it ``picture:1``, ``picture:2`` …"""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class ReadDocument:
    """What a Word file told. Text that became title or number is not in the body."""

    title: str
    doc_no: str
    made_on: date | None
    issuer: str
    attribute_note: str  # as printed, without brackets: 此件公开发布
    body_html: str
    pictures: tuple[Picture, ...]
    notes: tuple[Problem, ...]


def read_docx(data: bytes) -> ReadDocument:
    """Read a Word file within bounds.

    Raises ReadingError, with what to do, for a file that is no .docx, encrypted, with
    macros, broken, or too large when unpacked.
    """
    archive = open_package(data, FileKind.DOCX)
    if has_macros(archive):
        raise ReadingError(
            "macros",
            "文件带有宏（程序），不予读取。请另存为不含宏的 .docx 文件后重新上传。",
        )
    notes: list[Problem] = []
    try:
        return _Conversion(_prepared(archive, notes), notes).run()
    except RecursionError as error:
        raise ReadingError(
            "too_deep",
            "文件中表格或文本框嵌套过深，无法读取。请简化版式后重新上传。",
        ) from error
    except (*READER_FAULTS, zipfile.BadZipFile) as error:
        raise broken() from error


class _Conversion:
    """One run of mammoth, with what it finds on its way."""

    def __init__(self, package: bytes, notes: list[Problem]) -> None:
        self._package = package
        self._notes = notes
        self._pictures: list[Picture] = []
        self._form = OfficialForm()

    def run(self) -> ReadDocument:
        html = self._converted()
        form = self._form
        if not form.title:
            self._note("title_not_found", "没有认出标题，请手工填写。")
        if form.made_on is None:
            self._note("date_not_found", "没有认出成文日期，请手工填写。")
        return ReadDocument(
            title=form.title,
            doc_no=form.doc_no,
            made_on=form.made_on,
            issuer=form.issuer,
            attribute_note=form.attribute_note,
            body_html=sanitise(html),
            pictures=tuple(self._pictures),
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _converted(self) -> str:
        result = mammoth.convert_to_html(
            io.BytesIO(self._package),
            transform_document=self._without_fields,
            convert_image=self._image,
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
        )
        return str(result.value)

    def _note(self, code: str, message: str) -> None:
        self._notes.append(Problem(code, message))

    def _without_fields(self, document: Any) -> Any:
        """The document without the lines that became fields."""
        lines = list(_lines(document))
        self._form = recognise([line for _, line in lines])
        used = {lines[index][0] for index in self._form.used}
        # A table goes only where every cell of it became a field.
        kept = {
            at
            for index, (at, line) in enumerate(lines)
            if index not in self._form.used and line.compact
        }
        return document.copy(
            children=[
                child
                for at, child in enumerate(document.children)
                if at not in used - kept
            ]
        )

    def _image(self, image: Any) -> list[Any]:
        """mammoth's picture handler: keep the bytes, write a placeholder."""
        try:
            with image.open() as opened:
                data = opened.read()
        except (ValueError, KeyError, OSError, zipfile.BadZipFile):
            self._note(
                "picture_not_embedded",
                "有图片是链接到外部的，没有随文件保存。请在 Word 中插入图片本身。",
            )
            return []
        media_type = _picture_type(data)
        if media_type is None:
            self._note(
                "picture_format",
                "有图片（或公式、图形）的格式网页无法显示，没有读入。"
                "请另存为 PNG 或 JPG 后在编辑器中插入。",
            )
            return []
        if len(self._pictures) == MAX_PICTURES:
            self._note("pictures_too_many", f"只读入了前 {MAX_PICTURES} 张图片。")
            return []
        number = len(self._pictures) + 1
        name = f"picture-{number}.{_MEDIA_TYPES[media_type]}"
        self._pictures.append(Picture(name, media_type, data))
        return list(
            mammoth.images.img_element(lambda _: {"src": f"picture:{number}"})(image)
        )


def _picture_type(data: bytes) -> str | None:
    for head, media_type in _HEADS.items():
        if data.startswith(head):
            return media_type
    return "image/webp" if (data[:4], data[8:12]) == (b"RIFF", b"WEBP") else None


def _lines(document: Any) -> Iterator[tuple[int, Line]]:
    """(index of the block, line); only a letterhead's table is looked into."""
    filled = 0
    for at, block in enumerate(document.children):
        if isinstance(block, documents.Paragraph):
            line = _line(block)
            filled += bool(line.compact)
            yield at, line
        elif filled < 3 and (cells := _head_cells(block)):
            for line in cells:
                filled += bool(line.compact)
                yield at, line
        else:
            yield at, Line("", is_table=True)


def _head_cells(table: Any) -> list[Line]:
    """The lines of a small table: letterheads are often set in one."""
    lines = [_line(paragraph) for paragraph in _inside(table, documents.Paragraph)]
    return lines if len([line for line in lines if line.compact]) <= 8 else []


def _line(paragraph: Any) -> Line:
    runs = [run for run in _inside(paragraph, documents.Run) if _text(run).strip()]
    sizes = [run.font_size for run in runs if run.font_size]
    return Line(
        text=_text(paragraph),
        is_centred=paragraph.alignment == "center",
        is_bold=bool(runs) and all(run.is_bold for run in runs),
        size=max(sizes) if sizes else None,
        style=paragraph.style_name or "",
    )


def _inside(element: Any, kind: type) -> Iterator[Any]:
    for inner in getattr(element, "children", ()):
        if isinstance(inner, kind):
            yield inner
        yield from _inside(inner, kind)


def _text(element: Any) -> str:
    if isinstance(element, documents.Text):
        return str(element.value)
    if isinstance(element, documents.Break | documents.Tab):
        return " "
    return "".join(_text(inner) for inner in getattr(element, "children", ()))


def _prepared(archive: Archive, notes: list[Problem]) -> bytes:
    """The parts that make the page, checked, with hidden text out and numbers in."""
    main = main_part(archive, "word/document.xml")
    if main not in archive:
        raise broken()
    styles_name = _related(archive, main, "styles")
    styles = part(archive, styles_name) if styles_name else None
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as package:
        for name in _needed(archive, main):
            data = archive.read(name)
            if name.endswith((".xml", ".rels")):
                data = _prepared_part(archive, name, main, data, styles, notes)
            package.writestr(name, data)
    return output.getvalue()


def _needed(archive: Archive, main: str) -> list[str]:
    """Parts that mammoth looks at; the rest only costs time and risk."""
    wanted = {"[Content_Types].xml", "_rels/.rels", main}
    for owner in ("", main):
        folder, _, base = owner.rpartition("/")
        wanted.add(f"{folder}/_rels/{base}.rels".lstrip("/"))
        wanted |= {
            relation.target
            for relation in relations_of(archive, owner)
            if relation.kind in _NEEDED_KINDS
        }
    for note in ("footnotes", "endnotes"):
        if name := _related(archive, main, note):
            folder, _, base = name.rpartition("/")
            wanted.add(f"{folder}/_rels/{base}.rels")
            wanted |= {one.target for one in relations_of(archive, name)}
    return [name for name in archive.names if name in wanted]


def _prepared_part(
    archive: Archive,
    name: str,
    main: str,
    data: bytes,
    styles: Any,
    notes: list[Problem],
) -> bytes:
    root = tree(data)
    if local(root) == "styles":
        return _written(_without_looks(root))
    story = name.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    if name != main and story not in _STORIES:
        return data
    changed = remove_hidden_text(root, hidden_styles(styles))
    if changed:
        message = f"有 {changed} 处隐藏文字没有读入正文。请核对是否需要。"
        notes.append(Problem("hidden_text", message))
    names = {local(element) for element in root.iter()}
    notes += [note for seen_by, note in _LOSSES if names & seen_by]
    if name == main:
        numbering = _related(archive, main, "numbering")
        changed += write_out_numbers(
            root, part(archive, numbering) if numbering else None, styles
        )
    return _written(root) if changed else data


def _without_looks(styles: Any) -> Any:
    """Names and numbering of the styles: how they look is the page's own business."""
    styles[:] = [style for style in styles if local(style) == "style"]
    for style in styles:
        style[:] = [inner for inner in style if local(inner) in {"name", "pPr"}]
    return styles


def _written(root: Any) -> bytes:
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _related(archive: Archive, main: str, kind: str) -> str | None:
    for relation in relations_of(archive, main):
        if relation.kind == kind and relation.target in archive:
            return relation.target
    return None
