"""Shapes of the register's filters and of what a clerk registers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person
from gongkai.agencies.forms import DateInput
from gongkai.agencies.models import Agency
from gongkai.applications.choices import (
    ApplicantKind,
    Channel,
    FileKind,
    IdentityKind,
    Manner,
    Route,
)
from gongkai.applications.files import Prepared, prepare
from gongkai.applications.forms.acts import FilesField, choices_of_all_regimes
from gongkai.applications.persons import Applicant, Wanted

NOTHING = ("", "———")
ALL: tuple[str, Any] = ("", _("all"))
MOST_MATTERS = 20
DUE_WITHIN = (0, 1, 3, 5, 10)
AT_DESK = [one for one in Channel.choices if one[0] != Channel.NETWORK]
"""What comes over the network registers itself."""


class LongSelect(forms.Select):
    """A select of many choices, written at once: the framework renders a template for
    each option, which costs more than reading the page's rows."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(widget["attrs"]),
            format_html_join("", "{}", map(_written, widget["optgroups"])),
        )


def _written(group: tuple[Any, list[dict[str, Any]], int]) -> tuple[SafeString]:
    title, options, _index = group
    rows = ((one["value"], flatatt(one["attrs"]), one["label"]) for one in options)
    written = format_html_join("", '<option value="{}"{}>{}</option>', rows)
    if not title:
        return (written,)
    return (format_html('<optgroup label="{}">{}</optgroup>', title, written),)


class ListFilter(forms.Form):
    """The register's filters as they stand in the address; what does not fit is
    dropped. Who applied never stands there: see ``ApplicantForm``."""

    q = forms.CharField(label=_("Number or subject"), required=False, max_length=100)
    agency = forms.ChoiceField(label=_("Agency"), required=False, widget=LongSelect)
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=[ALL, *Channel.choices]
    )
    kind = forms.ChoiceField(
        label=_("Applicant"), required=False, choices=[ALL, *ApplicantKind.choices]
    )
    result = forms.ChoiceField(label=_("Result"), required=False, widget=LongSelect)
    handler = forms.ChoiceField(label=_("Handler"), required=False, widget=LongSelect)
    since = forms.DateField(
        label=_("Received from"), required=False, widget=DateInput()
    )
    until = forms.DateField(label=_("Received to"), required=False, widget=DateInput())
    due = forms.ChoiceField(
        label=_("Due within"),
        required=False,
        choices=[
            ALL,
            (0, _("today")),
            *(
                (days, _("%(days)s working days") % {"days": days})
                for days in (1, 3, 5, 10)
            ),
        ],
    )

    def __init__(
        self,
        agencies: Iterable[Agency],
        acting: Agency | None,
        handlers: Iterable[Person],
        data: Any,
    ):
        listed = list(agencies)
        choices = _agency_choices(listed)
        told = data.copy()
        if acting is not None and not told.get("agency"):
            below = f"{acting.slug}{BELOW}"
            offered = {value for value, _words in choices}
            told["agency"] = below if below in offered else acting.slug
        super().__init__(told)
        self.choose_from("agency", choices)
        self.choose_from("result", [ALL, *choices_of_all_regimes()])
        people = [(str(person.pk), person.name) for person in handlers]
        self.choose_from("handler", [ALL, ("none", _("nobody yet")), *people])
        asked = told.get("agency", "")
        slug = asked.removesuffix(BELOW)
        self.chosen = next((one for one in listed if one.slug == slug), None)
        self.with_below = asked.endswith(BELOW)
        self.reads_several = len(listed) > 1
        self.is_valid()

    def choose_from(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""


BELOW = "+"
"""After an agency's slug: with all agencies below it."""


def _agency_choices(listed: list[Agency]) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = []
    for one in listed:
        if any(other.path.startswith(one.path) and other != one for other in listed):
            words = _("%(name)s and all below") % {"name": one.name}
            choices.append((f"{one.slug}{BELOW}", words))
        choices.append((one.slug, one.name))
    return [*choices, ("all", _("all that you read"))]


class ApplicantForm(forms.Form):
    """Sent by POST: a name must not stand in an address."""

    applicant = forms.CharField(
        label=_("Applicant's whole name, number or telephone"), max_length=200
    )


class RegisterForm(forms.Form):
    """What came in, and from whom."""

    channel = forms.ChoiceField(
        label=_("How it came in"), choices=AT_DESK, widget=forms.RadioSelect
    )
    received_on = forms.DateField(
        label=_("Received on"),
        widget=DateInput(),
        help_text=_("The day on which it arrived or was handed in; see beside."),
    )
    confirmed_on = forms.DateField(
        label=_("Confirmed on"),
        widget=DateInput(),
        required=False,
        help_text=_(
            "Ordinary letter and fax only: the day on which you confirmed the receipt "
            "with the applicant. Leave it empty until you did; the term waits for it."
        ),
    )
    kind = forms.ChoiceField(label=_("Who applies"), choices=ApplicantKind.choices)
    name = forms.CharField(label=_("Applicant's name"), max_length=100)
    identity_kind = forms.ChoiceField(
        label=_("Proof of identity"),
        choices=[NOTHING, *IdentityKind.choices],
        required=False,
    )
    identity_no = forms.CharField(label=_("Its number"), max_length=60, required=False)
    contact_person = forms.CharField(
        label=_("Contact person"), max_length=100, required=False
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    agent_name = forms.CharField(label=_("Agent"), max_length=100, required=False)
    agent_identity_no = forms.CharField(
        label=_("Agent's number"), max_length=60, required=False
    )
    manner = forms.ChoiceField(
        label=_("Form wanted"), choices=[NOTHING, *Manner.choices], required=False
    )
    route = forms.ChoiceField(
        label=_("Route wanted"), choices=[NOTHING, *Route.choices], required=False
    )

    HOW = ("channel", "received_on", "confirmed_on")
    WHO = (
        *("kind", "name", "identity_kind", "identity_no", "contact_person"),
        *("phone", "email", "address", "postcode", "agent_name", "agent_identity_no"),
    )
    DELIVERY = ("manner", "route")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        for name in ("received_on", "confirmed_on"):
            self.fields[name].widget.attrs["max"] = today.isoformat()
        self.fields["received_on"].initial = today

    @property
    def applicant(self) -> Applicant:
        told = self.cleaned_data
        return Applicant(
            **{
                name: told[name]
                for name in Applicant.__dataclass_fields__
                if name in told
            }
        )


class MatterForm(forms.Form):
    """One matter: what becomes one case."""

    subject = forms.CharField(
        label=_("Information asked for"),
        max_length=200,
        help_text=_(
            "In a few words, without names of persons: lists show it as it is."
        ),
    )
    title = forms.CharField(
        label=_("Title of the document"), max_length=200, required=False
    )
    doc_no = forms.CharField(label=_("Document number"), max_length=100, required=False)
    description = forms.CharField(
        label=_("Description, as the applicant wrote it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        required=False,
    )

    def wanted(self, manner: str, route: str) -> Wanted:
        told = self.cleaned_data
        return Wanted(
            told["subject"],
            told["title"],
            told["doc_no"],
            told["description"],
            manner,
            route,
        )


class ScanForm(forms.Form):
    """The papers themselves. Asked for last: a browser forgets files between pages."""

    scan = FilesField(
        label=_("Scan of the application"),
        required=False,
        help_text=_("PDF, Word, Excel or picture, up to 20 MB each."),
    )
    identity = FilesField(label=_("Copy of the proof of identity"), required=False)

    def prepared(self) -> list[Prepared]:
        """Raises BadInput for a type or size that is not taken."""
        kinds = {"scan": FileKind.APPLICATION, "identity": FileKind.IDENTITY}
        return [
            prepare(kind, upload, name)
            for name, kind in kinds.items()
            for upload in self.cleaned_data[name]
        ]
