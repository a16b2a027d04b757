"""All the text of a Word file, also where the page does not show it."""

from collections.abc import Iterator

from gongkai.items.reading.archives import Archive
from gongkai.items.reading.packages import Element, local, main_part, tree
from gongkai.items.reading.pieces import Piece

_STORY_NAMES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
    "document": "构建基块",
    "drawing": "图形",
    "data": "图形",
    "chart": "图表",
}
_FORMATS = frozenset({"pPr", "rPr"})  # their w:tab is a stop, not a sign


def word_pieces(archive: Archive) -> Iterator[Piece]:
    """Paragraphs and cells of every story: text, headers, notes, comments, shapes.

    Text that tracked changes deleted comes as pieces of its own. Raises ReadingError.
    """
    main = main_part(archive, "word/document.xml")
    for name, root in stories(archive):
        label = "" if name == main else story_name(name)
        yield from _story_pieces(root, label)


def stories(archive: Archive) -> Iterator[tuple[str, Element]]:
    """Parts that hold text, with their trees, the main one first.

    Raises ReadingError.
    """
    main = main_part(archive, "word/document.xml")
    folder = main.rpartition("/")[0]
    names = [main] + [
        name
        for name in archive.names
        if name != main
        and name.startswith(f"{folder}/")
        and name.endswith(".xml")
        and _base(name) in _STORY_NAMES
    ]
    for name in names:
        yield name, tree(archive.read(name))


def story_name(name: str) -> str:
    return _STORY_NAMES.get(_base(name), "其他部分")


def _base(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")


class _Walk:
    """Where the walk stands: paragraphs and tables are counted as a reader would."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.paragraphs = 0
        self.tables = 0

    def place(self, text: str) -> str:
        return f"{self.label}{text}"


def _story_pieces(root: Element, label: str) -> Iterator[Piece]:
    walk = _Walk(label)
    # A stack of our own: a hostile file nests deeper than Python calls.
    stack: list[Iterator[Element]] = [iter([root])]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name == "p":
            walk.paragraphs += 1
            yield from _paragraph(element, walk)
        elif name == "tbl" and not _has_inner_table(element):
            walk.tables += 1
            yield from _table(element, walk)
        else:
            stack.append(iter(element))


def _has_inner_table(table: Element) -> bool:
    tables = (inner for inner in table.iter() if local(inner) == "tbl")
    next(tables)
    return next(tables, None) is not None


def _paragraph(element: Element, walk: _Walk) -> Iterator[Piece]:
    where = walk.place(f"第 {walk.paragraphs} 段")
    text, deleted, boxes = _texts(element)
    if text.strip():
        yield Piece(where, text)
    if deleted.strip():
        yield Piece(f"{where}（修订中已删除）", deleted)
    for box in dict.fromkeys(boxes):
        yield Piece(f"{where}文本框", box)


def _table(table: Element, walk: _Walk) -> Iterator[Piece]:
    rows = [inner for inner in table.iter() if local(inner) == "tr"]
    for row_number, row in enumerate(rows, start=1):
        cells = [inner for inner in row.iter() if local(inner) == "tc"]
        for cell_number, cell in enumerate(cells, start=1):
            where = walk.place(
                f"表 {walk.tables} 第 {row_number} 行第 {cell_number} 格"
            )
            yield from _cell(cell, where, is_last=cell_number == len(cells))


def _cell(cell: Element, where: str, *, is_last: bool) -> Iterator[Piece]:
    shown, gone, boxes = [], [], []
    for paragraph in _own_paragraphs(cell):
        text, deleted, inner_boxes = _texts(paragraph)
        shown.append(text)
        gone.append(deleted)
        boxes += inner_boxes
    if any(gone):
        yield Piece(f"{where}（修订中已删除）", "\n".join(filter(None, gone)))
    for box in dict.fromkeys(boxes):
        yield Piece(f"{where}文本框", box)
    text = "\n".join(line for line in shown if line.strip())
    if text or is_last:
        yield Piece(where, text, "\n" if is_last else "\t")


def _own_paragraphs(cell: Element) -> Iterator[Element]:
    """The cell's paragraphs without those of boxes, which belong to their anchors."""
    stack = [cell]
    while stack:
        element = stack.pop()
        if local(element) == "p":
            yield element
        else:
            stack += reversed(element)


def _texts(paragraph: Element) -> tuple[str, str, list[str]]:
    """Text, deleted text, and the texts of boxes anchored in a paragraph."""
    shown: list[str] = []
    deleted: list[str] = []
    boxes: list[str] = []
    stack: list[tuple[Element, bool]] = [(paragraph, False)]
    while stack:
        element, is_deleted = stack.pop()
        name = local(element)
        if name in _FORMATS:
            continue
        if name == "txbxContent":
            boxes.append(_box_text(element))
            continue
        is_deleted = is_deleted or name in {"del", "moveFrom"}
        sign = _sign(element, name)
        if sign:
            (deleted if is_deleted or name == "delText" else shown).append(sign)
        stack += [(inner, is_deleted) for inner in reversed(element)]
    return "".join(shown), "".join(deleted), [box for box in boxes if box.strip()]


def _sign(element: Element, name: str) -> str:
    if name in {"t", "delText"}:
        return element.text or ""
    return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, "")


def _box_text(box: Element) -> str:
    parts: list[str] = []
    stack = [box]
    while stack:
        element = stack.pop()
        name = local(element)
        if name in _FORMATS:
            continue
        if name == "p" and parts:
            parts.append("\n")
        parts.append(_sign(element, name))
        stack += reversed(element)
    return "".join(parts).strip("\n")
