"""The public calculator: the days of a case, each beside the event that it names."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.law import Event
from gongkai.law.events import EXTENSION

PUT_OFF, UNTIL = "put-off", "put-off-until"
CHANNELS = (
    ("in_person", "当面提交"),
    ("signed_post", "需要签收的邮寄"),
    ("letter", "平常信函"),
    ("fax", "传真"),
    ("network", "互联网"),
    ("email", "电子邮件"),
    ("oral", "口头申请"),
)


def _day(label: Any, **told: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
        error_messages={
            "required": _("Write the day on which the application came in."),
            "invalid": _("“%(value)s” is no day. Write it like 2026-12-10."),
        },
        **told,
    )


class CalculatorForm(forms.Form):
    """Fields of events are named as ``law`` names the kinds, and as the command."""

    received = _day(_("Day on which the application came in"))
    channel = forms.ChoiceField(label=_("How it came in"), choices=CHANNELS)
    confirmed = _day(
        _("Day on which the receipt was confirmed"),
        required=False,
        help_text=_("Of letter, fax, internet and e-mail only (Art. 31)."),
    )

    GROUPS = (
        (_("Correction (补正)"), ("correction-notice", "corrected")),
        (
            _("Asking a third party"),
            ("third-party-sent", "third-party-received", "third-party-opinion"),
        ),
        (
            _("Asking another organ"),
            ("organ-sent", "organ-received", "organ-opinion"),
        ),
        (_("Processing fee"), ("fee-notice", "fee-paid")),
        (_("Extension (延期)"), (EXTENSION, "days")),
        (_("Later answer (Art. 35)"), (PUT_OFF, UNTIL)),
    )
    LABELS = {
        "correction-notice": _("Notice sent"),
        "corrected": _("Corrected application came in"),
        "third-party-sent": _("Letter sent"),
        "third-party-received": _("Received by the third party"),
        "third-party-opinion": _("Opinion came in"),
        "organ-sent": _("Letter sent"),
        "organ-received": _("Received by the organ"),
        "organ-opinion": _("Opinion came in"),
        "fee-notice": _("Notice received by the applicant"),
        "fee-paid": _("Paid"),
        EXTENSION: _("Decided"),
    }

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        for name, label in self.LABELS.items():
            self.fields[name] = _day(label, required=False)
        self.fields["days"] = forms.IntegerField(
            label=_("Working days more"),
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"invalid": _("Write a whole number of working days.")},
        )
        self.fields[PUT_OFF] = _day(_("Told to the applicant"), required=False)
        self.fields[UNTIL] = _day(_("To be answered by"), required=False)

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """(title, fields, has something in it) of each kind of event."""
        return [
            (title, fields, any(one.data or one.errors for one in fields))
            for title, names in self.GROUPS
            for fields in [[self[name] for name in names]]
        ]

    def events(self) -> Iterator[Event]:
        for kind in self.LABELS:
            on: date | None = self.cleaned_data.get(kind)
            if on is not None:
                days = self.cleaned_data.get("days") if kind == EXTENSION else None
                yield Event(kind, on, days=days)
