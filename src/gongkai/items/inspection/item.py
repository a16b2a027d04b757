"""Hints on everything of an item that would be public."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from gongkai.items.inspection.files import inspect_file
from gongkai.items.inspection.hints import (
    Hint,
    HintCode,
    Severity,
    Source,
    fingerprint,
)
from gongkai.items.inspection.texts import inspect_pieces, inspect_text
from gongkai.items.reading.pieces import Piece
from gongkai.items.reading.text import html_pieces, link_targets

_LABELS = {
    "doc_no": "文号",
    "issuer": "发文机关",
    "keywords": "主题词",
    "summary": "内容概述",
    "source": "信息来源",
    "public_note": "公开说明",
    "index_no": "索引号",
}


@dataclass(frozen=True)
class InspectedFile:
    name: str
    media_type: str
    data: bytes = field(repr=False)


def inspect_item(
    title: str,
    metadata: Mapping[str, str],
    body_html: str,
    files: Iterable[InspectedFile],
    *,
    key: bytes = b"",
) -> list[Hint]:
    """Hints in the order of the page; ``key`` makes the fingerprints irreversible.

    What could not be inspected is itself a hint: no hint means looked at, all of it.
    """
    hints = inspect_text(title, "标题", key=key, source=Source.TITLE)
    for name, value in metadata.items():
        label = _LABELS.get(name, name)
        hints += inspect_text(value, label, key=key, source=Source.METADATA)
    hints += _body_hints(body_html, key)
    for file in files:
        hints += inspect_file(file.data, file.name, file.media_type, key=key)
    return list(_with_pictures_summed_up(hints, key))


def _body_hints(body_html: str, key: bytes) -> Iterator[Hint]:
    pieces = [
        replace(piece, where=f"正文 {piece.where}") for piece in html_pieces(body_html)
    ]
    yield from inspect_pieces(pieces, key, Source.BODY)
    links = [Piece("正文 链接地址", target) for target in link_targets(body_html)]
    for hint in inspect_pieces(links, key, Source.BODY):
        yield replace(hint, start=None, end=None)


def _with_pictures_summed_up(hints: list[Hint], key: bytes) -> Iterator[Hint]:
    """One hint for all pictures: twenty equal ones would only tire the reviewer."""
    pictures = [hint for hint in hints if hint.code is HintCode.IMAGE_NOT_READ]
    if len(pictures) < 2:
        yield from hints
        return
    yield from (hint for hint in hints if hint.code is not HintCode.IMAGE_NOT_READ)
    value = "\x1e".join(sorted(hint.fingerprint for hint in pictures))
    yield Hint(
        HintCode.IMAGE_NOT_READ,
        Severity.NOTE,
        f"图片 {len(pictures)} 张",
        "、".join(hint.where for hint in pictures[:5])[:150],
        "图片中的文字系统没有识别，请逐张打开查看有无个人信息和密级标志。",
        fingerprint(key, HintCode.IMAGE_NOT_READ, Source.FILE, value),
    )
