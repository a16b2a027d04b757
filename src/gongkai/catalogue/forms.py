from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import slug_validator


class ColumnForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    slug = forms.CharField(
        label=_("Web address"),
        max_length=60,
        required=False,
        validators=[slug_validator],
        help_text=_(
            "Small letters, digits, hyphens. It never changes and is never given "
            "again. Left empty, it is spelled from the name."
        ),
    )


class RenameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("The address stays; links to the column go on working."),
    )
