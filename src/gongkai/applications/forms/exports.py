from django import forms
from django.utils.translation import gettext_lazy as _


class ExportForm(forms.Form):
    """What leaves: masked, or with names and the reason for them."""

    kind = forms.ChoiceField(
        label=_("Format"),
        choices=[("xlsx", _("Spreadsheet (.xlsx)")), ("csv", "CSV")],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    persons = forms.ChoiceField(
        label=_("Applicants"),
        choices=[
            ("masked", _("Masked, without contact and papers")),
            ("named", _("With names, papers and contact")),
        ],
        initial="masked",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What the names are needed for"),
        help_text=_("Needed for names only. It is kept in the audit chain; no names."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
