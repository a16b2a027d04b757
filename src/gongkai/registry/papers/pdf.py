"""A paper as a PDF of A4 pages, set by Typst in a face that comes with it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst
from noto_cjk_sans_otc import FONT_PATH

from gongkai.registry.papers.blocks import Block, Paper, printable

_LAYOUT = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper) -> bytes:
    """The same paper gives the same bytes."""
    told = {
        "title": paper.title,
        "layout": paper.layout,
        "is_numbered": paper.is_numbered,
        "blocks": [_told(block) for block in paper.blocks],
    }
    written = json.dumps(told, ensure_ascii=False)
    return typst.compile(
        _LAYOUT,
        font_paths=[Path(str(FONT_PATH)).parent],
        ignore_system_fonts=True,
        sys_inputs={"paper": printable(written)},
    )


def _told(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__, **asdict(block)}
