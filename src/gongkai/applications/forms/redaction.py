"""Boxes as they are typed or drawn: their places in per cent of the page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.applications.forms.acts import FilesField

if TYPE_CHECKING:
    from gongkai.redaction import Box

SIDES = ("left", "top", "width", "height")
_NAME = re.compile(r"box-(\d{1,6})-left")
EMPTY = 1
"""Rows that wait for a box where the page has no script."""


class FoundForm(forms.Form):
    found = FilesField(
        label=gettext_lazy("Information found"),
        help_text=gettext_lazy(
            "PDF, Word, Excel or pictures, up to 20 MB each. The applicant never gets "
            "these files, only a copy made of them."
        ),
    )


@dataclass(frozen=True)
class Row:
    """One box as the page shows it; ``error`` where it cannot be taken."""

    number: int
    left: str = ""
    top: str = ""
    width: str = ""
    height: str = ""
    ground: str = ""
    error: str = ""
    is_placed: bool = True

    @property
    def is_empty(self) -> bool:
        return not any((self.left, self.top, self.width, self.height))


def rows_of(boxes: Iterable["Box"]) -> list[Row]:
    return [
        Row(
            number,
            left=_percent(one.left),
            top=_percent(one.top),
            width=_percent(one.width),
            height=_percent(one.height),
            ground=one.ground,
        )
        for number, one in enumerate(boxes)
    ]


def _percent(side: float) -> str:
    return f"{side * 100:.3f}".rstrip("0").rstrip(".")


def typed(data: Mapping[str, str], page: int) -> tuple[list[Row], list["Box"]]:
    """The rows as typed, with what is wrong in them; the boxes of the right ones."""
    from gongkai.redaction import BadBox, Box

    rows, boxes = [], []
    numbers = sorted(int(found[1]) for key in data if (found := _NAME.fullmatch(key)))
    for number in numbers:
        told = {
            name: data.get(f"box-{number}-{name}", "").strip().replace(",", ".")
            for name in (*SIDES, "ground")
        }
        left, top, width, height = (told[side] for side in SIDES)
        row = Row(number, left, top, width, height, told["ground"])
        if row.is_empty or data.get(f"box-{number}-remove"):
            continue
        try:
            x, y, across, down = (float(told[side]) / 100 for side in SIDES)
            box = Box(page, x, y, across, down, told["ground"])
        except (ValueError, BadBox):
            sentence = _("It does not lie on the page: write per cent from 0 to 100.")
            rows.append(replace(row, error=sentence, is_placed=False))
            continue
        if not told["ground"]:
            rows.append(replace(row, error=_("Choose a ground.")))
            continue
        rows.append(row)
        boxes.append(box)
    return rows, boxes
