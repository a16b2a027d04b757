from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.registry.imports.importers import Importer
from gongkai.registry.imports.tables import MOST_BYTES, Row


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Register"),
        help_text=gettext_lazy("A spreadsheet (.xlsx) or a CSV file, at most 50 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=200,
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(
                _("“%(name)s” is larger than 50 MB. Split it.") % {"name": upload.name}
            )
        return upload


@dataclass(frozen=True)
class Line:
    """A column of the file beside the field that it fills."""

    letter: str
    heading: str
    samples: Sequence[str]
    field: BoundField


class MappingForm(forms.Form):
    """One choice for each column of the file."""

    def __init__(
        self,
        importer: Importer,
        headings: Row,
        samples: Sequence[Row],
        guessed: Mapping[str, int],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        fields = {place: field for field, place in guessed.items()}
        choices = [
            ("", _("— leave out —")),
            *((one.name, _label(one.label, one.required)) for one in importer.columns),
        ]
        self._headings, self._samples = headings, samples
        self._width = max((len(row) for row in (headings, *samples)), default=0)
        for place in range(self._width):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                initial=fields.get(place, ""),
                label=_("Field of column %(letter)s") % {"letter": letter(place)},
            )

    @property
    def lines(self) -> list[Line]:
        return [
            Line(
                letter(place),
                _at(self._headings, place),
                [_at(row, place)[:40] for row in self._samples if _at(row, place)],
                self[f"column_{place}"],
            )
            for place in range(self._width)
        ]

    @property
    def mapping(self) -> dict[str, int]:
        """Field to column; of two columns for one field both are told by ``twice``."""
        return {field: place for place, field in self._chosen()}

    @property
    def twice(self) -> list[str]:
        """Fields that two columns were chosen for."""
        chosen = [field for _place, field in self._chosen()]
        return sorted({field for field in chosen if chosen.count(field) > 1})

    def _chosen(self) -> list[tuple[int, str]]:
        chosen = (
            (place, self.cleaned_data.get(f"column_{place}", ""))
            for place in range(self._width)
        )
        return [(place, field) for place, field in chosen if field]


def letter(place: int) -> str:
    """``A`` for 0, as a spreadsheet heads its columns."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _label(label: Any, is_required: bool) -> str:
    return f"{label} *" if is_required else str(label)


def _at(row: Row, place: int) -> str:
    return row[place] if place < len(row) else ""
