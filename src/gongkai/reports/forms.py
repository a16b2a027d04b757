"""Shapes of what is typed at reports; the services check the rest."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongkai.agencies.models import Agency
from gongkai.items.forms import FilesField, MultipleFileInput
from gongkai.reportreader import MAX_BYTES
from gongkai.reports.indicators import key_of, name_of
from gongkai.reports.models import Claim, Finding

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,2})?")
MOST_FILES = 20


class IndicatorField(forms.CharField):
    """The name of an indicator as the list offers it; its key comes out."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"list": "indicators", "autocomplete": "off"}
        super().__init__(
            label=_("Indicator"),
            max_length=200,
            widget=forms.TextInput(attrs=attrs),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        key = key_of(name)
        if key is None:
            sentence = _now("“%(name)s” is no indicator. Choose one from the list.")
            raise ValidationError(sentence % {"name": name})
        return key


class FigureField(forms.CharField):
    """A number as a person writes it, with or without commas."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(
            label=pgettext_lazy("figure", "Value"),
            max_length=24,
            widget=forms.TextInput(attrs=attrs),
            **kwargs,
        )

    def clean(self, value: Any) -> Decimal:
        typed = super().clean(value)
        plain = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", typed))
        if not _NUMBER.fullmatch(plain):
            sentence = _now(
                "“%(typed)s” is no figure. Write digits, money in 元: 1200 or 38600.50."
            )
            raise ValidationError(sentence % {"typed": typed})
        return Decimal(plain)


class CorrectForm(forms.Form):
    indicator = IndicatorField()
    value = FigureField()

    @classmethod
    def of(cls, claim: Claim) -> "CorrectForm":
        key = claim.expected_indicator or claim.indicator
        value = claim.value if claim.expected_value is None else claim.expected_value
        told = {"indicator": name_of(key), "value": plain_number(value)}
        return cls(initial=told, auto_id=f"id_{claim.pk}_%s")


def plain_number(value: Decimal) -> str:
    return f"{value:.2f}".removesuffix(".00")


class AddForm(forms.Form):
    quote = forms.CharField(
        label=_("Words of the text"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copied from the text, with the number in them."),
        strip=True,
    )
    indicator = IndicatorField()
    value = FigureField()


class FindingForm(forms.Form):
    verdict = forms.ChoiceField(choices=Finding.Verdict.choices, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ReportsField(FilesField):
    """Some files at once; one is needed."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = super().clean(data, initial)
        if not found:
            raise ValidationError(self.error_messages["required"])
        if len(found) > MOST_FILES:
            sentence = _now("%(count)d files at once are too many; at most %(most)d.")
            told = {"count": len(found), "most": MOST_FILES}
            raise ValidationError(sentence % told)
        return found


class UploadForm(forms.Form):
    agency = forms.ChoiceField(label=_("Whose reports"))
    uploads = ReportsField(
        label=_("Files"),
        widget=MultipleFileInput(attrs={"accept": ".txt,.html,.htm,.docx,.pdf"}),
        help_text=_(
            "Text (.txt), web page (.html), Word (.docx) or PDF with text in it; "
            "at most %(size)d MB each, 20 at once. Nothing of an upload is public."
        )
        % {"size": MAX_BYTES // 1024 // 1024},
        allow_empty_file=True,
    )

    def __init__(self, agencies: Iterable[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {one.slug: one for one in agencies}
        self.fields["agency"].choices = [  # type: ignore[attr-defined]
            (one.slug, one.name) for one in self._agencies.values()
        ]

    @property
    def whose(self) -> Agency:
        return self._agencies[self.cleaned_data["agency"]]


class ListFilter(forms.Form):
    """The list's filters as they stand in the address; what does not fit is dropped."""

    q = forms.CharField(label=_("Title or file name"), required=False, max_length=100)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(
        self, agencies: Iterable[Agency], years: Iterable[int], data: Any
    ) -> None:
        super().__init__(data)
        self._agencies = {one.slug: one for one in agencies}
        self.fields["agency"].choices = [  # type: ignore[attr-defined]
            ("", _("all that you read")),
            *((one.slug, one.name) for one in self._agencies.values()),
        ]
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            *((str(one), str(one)) for one in years),
        ]
        self.is_valid()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def chosen(self) -> Agency | None:
        return self._agencies.get(self.value("agency"))
