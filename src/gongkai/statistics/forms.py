"""Shapes of what is typed at the figures; the services check the rest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongkai import returns
from gongkai.agencies.forms import DateInput
from gongkai.agencies.models import Agency
from gongkai.statistics import asking, entries
from gongkai.statistics.models import Filing, Reach


class OverrideForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput)
    value = forms.CharField(
        label=_("Value to file"),
        max_length=20,
        required=False,
        help_text=_("Money in 元. Left empty, the computed figure stands again."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class NoteForm(forms.Form):
    relation = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Why the figures are right all the same"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RemarkForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=pgettext_lazy("return", "Remark"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReturnForm(forms.Form):
    """Remarks at cells may say it all."""

    text = forms.CharField(
        label=_("What has to be changed"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Left empty, the remarks at the cells go back alone."),
    )


class FootForm(forms.ModelForm):
    """The foot of the form, as it is signed."""

    class Meta:
        model = Filing
        fields = ("head", "reviewer", "filer", "phone", "filled_on")
        widgets = {"filled_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class BeginForm(forms.Form):
    public_note = forms.CharField(
        label=_("What the correction changes"),
        max_length=300,
        required=False,
        help_text=_("Everybody reads it. Needed once a version was accepted."),
    )


class EntryForm(forms.Form):
    key = forms.ChoiceField(label=_("Indicator"))
    on = forms.DateField(
        label=_("Date"),
        widget=DateInput,
        help_text=_("When it happened; for staff and the like, since when it is so."),
    )
    value = forms.CharField(
        label=pgettext_lazy("figure", "Value"),
        max_length=20,
        help_text=_("Money in 元."),
    )
    note = forms.CharField(label=_("Where the figure comes from"), max_length=300)

    def __init__(self, form: returns.Form, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [
            (str(row.key), f"{row.code.partition(':')[0]} {row.name}")
            for row in form.figures
            if entries.is_enterable(str(row.key))
        ]
        self.fields["key"].choices = known  # type: ignore[attr-defined]


class DeadlineForm(forms.Form):
    due_on = forms.DateField(label=_("Due on"), widget=DateInput)
    includes_below = forms.BooleanField(
        label=_("Also for all bodies below"), required=False, initial=True
    )
    source = forms.CharField(label=_("Notice that sets it"), max_length=200)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Filled template (.xlsx)"),
        help_text=_("Nothing is taken over unless every cell can be."),
    )
    public_note = forms.CharField(
        label=_("What the correction changes"),
        max_length=300,
        required=False,
        help_text=_("Everybody reads it. Needed once a version was accepted."),
    )


class TableForm(forms.Form):
    """A question that stands in its address: body, reach, periods, indicators."""

    UNITS = (
        ("year", _("Years")),
        ("quarter", _("Quarters")),
        ("month", _("Months")),
        ("dates", _("From day to day")),
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), to_field_name="slug"
    )
    reach = forms.ChoiceField(label=_("Whose figures"), choices=Reach.choices)
    unit = forms.ChoiceField(label=_("Periods"), choices=UNITS)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    first = forms.DateField(label=_("From"), widget=DateInput, required=False)
    last = forms.DateField(label=_("Until and with"), widget=DateInput, required=False)
    key = forms.MultipleChoiceField(
        label=_("Indicators"),
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("Hold Ctrl to choose several; at most 60."),
    )

    def __init__(self, agencies: Any, years: range, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agency"].queryset = agencies
        fields["year"].choices = [(one, str(one)) for one in years]
        fields["key"].choices = asking.choices()

    def clean_key(self) -> list[str]:
        keys: list[str] = self.cleaned_data["key"]
        if len(keys) > asking.MOST_INDICATORS:
            told = {"count": len(keys), "most": asking.MOST_INDICATORS}
            raise forms.ValidationError(
                _("%(count)s indicators are chosen; at most %(most)s fit.") % told
            )
        return keys

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if told.get("unit") == "dates" and not (first and last and first <= last):
            self.add_error("first", _("Enter both days, the first before the last."))
        return told


class SaveForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=80)
