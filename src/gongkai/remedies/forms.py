"""Shapes of the list's filters, of what is registered, and a form for each act.

Shapes, defaults and limits only; what may be, the services decide.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.models import Person
from gongkai.agencies.forms import DateInput
from gongkai.agencies.models import Agency, Post
from gongkai.applications.choices import ApplicantKind
from gongkai.applications.forms.acts import FilesField
from gongkai.applications.transitions import HANDLERS
from gongkai.law.proceedings import outcomes
from gongkai.remedies import rules
from gongkai.remedies.choices import Appeal, FileKind, Kind, Procedure
from gongkai.remedies.models import Remedy
from gongkai.remedies.transitions import Transition

Words = str | Promise
ALL: tuple[str, Any] = ("", _("all"))
TAKEN = _("PDF, Word, Excel or picture, up to 20 MB each.")


class ListFilter(forms.Form):
    """The list's filters as they stand in the address; what does not fit is dropped."""

    q = forms.CharField(
        label=_("Number, matter or receiving body"), required=False, max_length=100
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ALL,
            ("open", _("open")),
            ("owed", _("defence to be sent")),
            ("decided", _("Decision made")),
            ("filed", _("In the archive")),
        ],
    )
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    since = forms.DateField(label=_("Copy from"), required=False, widget=DateInput())
    until = forms.DateField(label=_("Copy to"), required=False, widget=DateInput())

    def __init__(self, agencies: Iterable[Agency], data: Any) -> None:
        super().__init__(data)
        found = [(one.slug, one.name) for one in agencies]
        self.fields["agency"].choices = [  # type: ignore[attr-defined]
            ("", _("all that you read")),
            *found,
        ]
        self.reads_several = len(found) > 1
        self.is_valid()

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""


class RegisterForm(forms.Form):
    """What came in: against what, by whom, before which body."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    procedure = forms.ChoiceField(
        label=_("Procedure"),
        choices=Procedure.choices,
        initial=Procedure.ORDINARY,
        help_text=_("As the notice of the reviewing body says; it shortens the term."),
    )
    copy_received_on = forms.DateField(
        label=_("Copy received on"),
        widget=DateInput(),
        help_text=_("The day that counts: the defence is due from here."),
    )
    body = forms.CharField(
        label=_("Receiving body"),
        max_length=120,
        help_text=_("The reviewing body, the court, or who took the complaint."),
    )
    body_number = forms.CharField(
        label=_("Its file number"), max_length=80, required=False
    )
    filed_on = forms.DateField(label=_("Begun on"), widget=DateInput(), required=False)
    accepted_on = forms.DateField(
        label=_("Accepted on"), widget=DateInput(), required=False
    )
    answer_set_on = forms.DateField(
        label=_("Answer by, where the body set a day"),
        widget=DateInput(),
        required=False,
    )
    case = forms.CharField(
        label=_("Case number"),
        max_length=60,
        required=False,
        help_text=_("Leave it empty for older matters and what was never registered."),
    )
    follows = forms.CharField(
        label=_("It follows"),
        max_length=60,
        required=False,
        help_text=_(
            "Number of the reconsideration before a suit, or of the first instance "
            "before an appeal."
        ),
    )
    subject = forms.CharField(
        label=_("Matter"),
        max_length=200,
        help_text=_(
            "In a few words, without names of persons: lists show it as it is."
        ),
    )
    contested_no = forms.CharField(
        label=_("Reply contested"), max_length=80, required=False
    )
    contested_on = forms.DateField(label=_("Of"), widget=DateInput(), required=False)
    known_on = forms.DateField(
        label=_("Knew of it on"),
        widget=DateInput(),
        required=False,
        help_text=_("The terms to apply or to sue run from here."),
    )
    party_kind = forms.ChoiceField(label=_("Party"), choices=ApplicantKind.choices)
    name = forms.CharField(
        label=_("Party's name"),
        max_length=100,
        required=False,
        help_text=_("Empty takes over the applicant of the case."),
    )
    identity_no = forms.CharField(
        label=_("Number of identity"), max_length=60, required=False
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    agent_name = forms.CharField(label=_("Agent"), max_length=100, required=False)
    others = forms.CharField(
        label=_("Third persons (第三人)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    claims = forms.CharField(
        label=_("What is claimed"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    scan = FilesField(label=_("Copy received (副本)"), required=False, help_text=TAKEN)
    even_if_open = forms.BooleanField(
        label=_("It is another one beside that of the same kind which is open"),
        required=False,
    )

    WHAT = (
        *("kind", "procedure", "copy_received_on", "filed_on"),
        *("body", "body_number", "accepted_on", "answer_set_on"),
    )
    AGAINST = ("case", "follows", "contested_no", "contested_on", "known_on")
    WHO = ("party_kind", "name", "identity_no", "phone", "address", "agent_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate().isoformat()
        for name in ("copy_received_on", "filed_on", "contested_on", "known_on"):
            self.fields[name].widget.attrs["max"] = today


# One small form for each act


LABELS: Mapping[str, Words] = {
    "on": _("Day"),
    "until": _("Until"),
    "when": _("Day and time"),
    "place": _("Place"),
    "hearing": _("Hearing"),
    "text": _("Remark for the file"),
    "body_number": _("Its file number"),
    "defence": _("Defence and evidence, as sent"),
    "defence_no": _("Defence number"),
    "outcome": _("Outcome"),
    "decision": _("Decision or judgment"),
    "decision_no": _("Decision number"),
    "served_on": _("Served on"),
    "appeal": _("Contested further"),
    "file_kind": _("Kind of document"),
    "files": _("Files"),
    "handler": _("Handler"),
}
OWN_LABELS: Mapping[tuple[str, str], Words] = {
    ("defend", "on"): _("Sent on"),
    ("put_off_defence", "until"): _("Answer by"),
    ("put_off_defence", "text"): _("Who set the day, and where that stands"),
    ("accept", "on"): _("Accepted on"),
    ("extend", "on"): _("Told on"),
    ("decide", "on"): _("Decided on"),
    ("correct_decision", "on"): _("Decided on"),
    ("correct_decision", "text"): _("What was wrong"),
    ("serve", "on"): _("Served on"),
    ("strike_out", "text"): _("Why it was a mistake"),
}
HINTS: Mapping[tuple[str, str], Words] = {
    ("decide", "on"): _("The year of this day counts it."),
    ("decide", "outcome"): _("Behind each outcome stands the row that counts it."),
    ("serve", "on"): _("The term to sue or to appeal runs from here."),
    ("to_ordinary", "on"): _(
        "The longer term of the defence holds from the day of the copy on."
    ),
    ("suspend", "on"): _("The day of the defence stays as it is."),
}
ROWS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}
Builder = Callable[[Transition, Remedy, date], forms.Field]


class ActForm(forms.Form):
    """The form of one transition of one remedy."""

    def __init__(
        self, row: Transition, remedy: Remedy, today: date, *args: Any, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        for name in (*row.needs, *row.may):
            field, own = BUILDERS[name](row, remedy, today), (row.name, name)
            field.label = str(OWN_LABELS.get(own, LABELS[name]))
            field.help_text = field.help_text or str(HINTS.get(own, ""))
            field.required = name in row.needs
            field.widget.is_required = field.required
            self.fields[name] = field


def _day(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    widget = DateInput()
    widget.attrs = {"max": today.isoformat()}
    if row.name == "correct_decision":
        return forms.DateField(widget=widget, initial=remedy.decided_on)
    return forms.DateField(widget=widget, initial=today)


def _served(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    widget = DateInput()
    widget.attrs = {"max": today.isoformat()}
    return forms.DateField(widget=widget)


def _until(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    return forms.DateField(widget=DateInput())


def _when(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    widget = forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
    )
    return forms.DateTimeField(
        widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )


def _text(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)


def _line(most: int) -> Builder:
    def build(row: Transition, remedy: Remedy, today: date) -> forms.Field:
        return forms.CharField(max_length=most)

    return build


def _hearing(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    choices = [
        (one.pk, f"{timezone.localtime(one.at):%Y-%m-%d %H:%M} {one.place}")
        for one in remedy.hearings.all()
        if one.is_ahead
    ]
    return forms.TypedChoiceField(choices=choices, coerce=int)


def _outcome(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    choices = [(key, outcome_words(key)) for key in rules.outcome_keys(remedy)]
    initial = remedy.outcome if row.name == "correct_decision" else ""
    return forms.ChoiceField(choices=[("", "———"), *choices], initial=initial)


def outcome_words(key: str) -> str:
    """The outcome and the row that counts it; of an appeal dismissed, the first one's
    row counts."""
    if key == rules.APPEAL_DISMISSED:
        return "驳回上诉，维持原判"
    known = outcomes().get(key)
    if known is None:
        return key
    return f"{known.label.text(get_language() or 'zh-hans')} · {ROWS[known.row]}"


def _appeal(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    choices = [one for one in Appeal.choices if one[0]]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _file_kind(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    return forms.ChoiceField(choices=FileKind.choices)


def _handler(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    posts = (
        Post.objects.filter(agency=remedy.agency, role__in=HANDLERS)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .values("person_id")
    )
    people = Person.objects.filter(pk__in=posts).order_by("pk")
    choices = [(person.pk, person.name) for person in people]
    return forms.TypedChoiceField(choices=choices, coerce=int)


def _files(row: Transition, remedy: Remedy, today: date) -> forms.Field:
    return FilesField(help_text=TAKEN)


BUILDERS: Mapping[str, Builder] = {
    "on": _day,
    "until": _until,
    "when": _when,
    "place": _line(120),
    "hearing": _hearing,
    "text": _text,
    "body_number": _line(80),
    "defence": _files,
    "defence_no": _line(80),
    "outcome": _outcome,
    "decision": _files,
    "decision_no": _line(80),
    "served_on": _served,
    "appeal": _appeal,
    "file_kind": _file_kind,
    "files": _files,
    "handler": _handler,
}
