"""Shapes of what is typed at the figures; the services check the rest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai import returns
from gongkai.agencies.forms import DateInput
from gongkai.statistics import entries
from gongkai.statistics.models import Filing


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
        label=_("Remark"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
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
        label=_("Value"), max_length=20, help_text=_("Money in 元.")
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
