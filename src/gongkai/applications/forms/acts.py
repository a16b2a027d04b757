"""One small form for each act, built from what the table of transitions says it needs.

Shapes, defaults and limits only; what may be, the services decide.
"""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai import law
from gongkai.accounts.models import Person
from gongkai.agencies.forms import DateInput
from gongkai.agencies.models import Post
from gongkai.applications import rules
from gongkai.applications.choices import FileKind, Stage
from gongkai.applications.models import Case, Consultation, Delivery, Fee
from gongkai.applications.services.handling import WITHDRAWN
from gongkai.applications.transitions import HANDLERS, Transition
from gongkai.registry import calendars

Words = str | Promise
USUAL_CORRECTION_DAYS = 10
"""Offered for the "reasonable period" of Art. 30, which the office sets."""
MOST_QUANTITY = 100_000
MOST_CHOICES = 50

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "ask_section": ("text",),
    "receive_correction": ("files",),
    "withdraw": ("text",),
    "reply": ("reply_no", "text"),
    "deliver": ("proof", "text"),
    "consult_third_party": ("contact",),
    "consult_organ": ("contact",),
    "advise_transfer": ("contact",),
}
"""What an act may be given beside its needs; none of it has to be."""

LABELS: Mapping[str, Words] = {
    "on": _("Day"),
    "text": _("Text"),
    "until": _("Until"),
    "days": _("Working days"),
    "party": _("Who is asked"),
    "contact": _("Their address or telephone"),
    "answer": _("Answer"),
    "basis": _("Charged by"),
    "quantity": _("Quantity"),
    "section": _("Section"),
    "co_handling": _("Section that was asked"),
    "handler": _("Handler"),
    "into": _("Case that goes on"),
    "result": _("Result"),
    "reply": "答复书",
    "reply_no": _("Reply number"),
    "files": _("Files"),
    "way": _("How it was delivered"),
    "proof": _("Proof of delivery"),
}
OWN_LABELS: Mapping[tuple[str, str], Words] = {
    ("confirm", "on"): _("Confirmed on"),
    ("ask_section", "text"): _("What the section is asked"),
    ("answer_section", "text"): _("What the section answered"),
    ("ask_correction", "on"): _("Sent on"),
    ("ask_correction", "text"): _("What has to be corrected, and how"),
    ("ask_correction", "until"): _("To be corrected by"),
    ("receive_correction", "on"): _("Received on"),
    ("receive_correction", "text"): _("The corrected description"),
    ("receive_correction", "files"): _("Scan of the corrected application"),
    ("default_correction", "on"): _("Ended on"),
    ("ask_reasons", "on"): _("Sent on"),
    ("ask_reasons", "text"): _("Why reasons are asked for"),
    ("receive_reasons", "on"): _("Received on"),
    ("receive_reasons", "text"): _("Reasons that the applicant gave"),
    ("delay", "on"): _("Sent on"),
    ("delay", "until"): _("To be answered by"),
    ("delay", "text"): _("Why it takes longer"),
    ("consult_third_party", "on"): _("Sent on"),
    ("consult_third_party", "text"): _("What they are asked"),
    ("third_party_received", "on"): _("They received it on"),
    ("deliver_again", "on"): _("Sent on"),
    ("deliver_again", "text"): _("How it is delivered now"),
    ("third_party_opinion", "on"): _("Opinion received on"),
    ("third_party_opinion", "text"): _("Their opinion, with its reasons"),
    ("override", "on"): _("Told on"),
    ("override", "text"): _("What is disclosed, and why the public interest outweighs"),
    ("consult_organ", "on"): _("Sent on"),
    ("consult_organ", "text"): _("What they are asked"),
    ("organ_received", "on"): _("They received it on"),
    ("organ_opinion", "on"): _("Opinion received on"),
    ("organ_opinion", "text"): _("Their opinion, with its reasons"),
    ("advise_transfer", "on"): _("Posted or signed for on"),
    ("advise_transfer", "party"): _("Organ that is answerable"),
    ("advise_transfer", "text"): _("Why it is not for this organ"),
    ("ask_extension", "text"): _("Why more time is needed"),
    ("refuse_extension", "text"): _("Why the term stays"),
    ("extend", "on"): _("Told on"),
    ("extend", "text"): _("Why more time is needed"),
    ("charge", "on"): _("Notice received by the applicant on"),
    ("fee_paid", "on"): _("Paid on"),
    ("default_fee", "on"): _("Ended on"),
    ("withdraw", "on"): _("Withdrawn on"),
    ("withdraw", "text"): _("How the applicant withdrew it"),
    ("reply", "on"): _("Posted or signed for on"),
    ("deliver", "on"): _("Posted or signed for on"),
    ("deliver", "text"): _("Number of the post, or who signed"),
    ("reply", "text"): _("Note for the file"),
}
HINTS: Mapping[tuple[str, str], Words] = {
    ("confirm", "on"): _(
        "The day on which you reached the applicant and both sides confirmed. The term "
        "counts from the next day (Art. 31)."
    ),
    ("ask_correction", "on"): _(
        "Within 7 working days of receipt, and once only (Art. 30). Later it no longer "
        "stops the clock."
    ),
    ("ask_correction", "text"): _(
        "It stands in the letter as you write it. Name each point and what is missing."
    ),
    ("ask_correction", "until"): _(
        "A reasonable period, set by the office (Art. 30). Who does not answer by then "
        "without good reason gives the application up."
    ),
    ("receive_correction", "on"): _("The term begins anew from this day (Art. 30)."),
    ("ask_reasons", "text"): _(
        "Number or frequency clearly exceeds what is reasonable (Art. 35). The clock "
        "runs on."
    ),
    ("delay", "until"): _(
        "A reasonable later day, told to the applicant (Art. 35). The case counts as "
        "open until it is answered."
    ),
    ("consult_third_party", "text"): _(
        "It stands in the letter. Do not name the applicant: only what would be "
        "disclosed (Art. 32)."
    ),
    ("consult_third_party", "on"): _(
        "From here the days are not counted, until the opinion is in (Art. 33)."
    ),
    ("third_party_received", "on"): _(
        "Their own 15 working days count from here (Art. 32)."
    ),
    ("deliver_again", "text"): _(
        "By messenger, registered post, leaving it there, or public notice. Enter when "
        "they received it, or when it counts as served: their term begins there."
    ),
    ("third_party_opinion", "on"): _("From the next day the clock runs on."),
    ("override", "text"): _(
        "Only where not to disclose could gravely harm the public interest; content "
        "and reasons are told to the third party in writing (Art. 32)."
    ),
    ("consult_organ", "text"): _(
        "It stands in the letter. A co-maker that is silent for 15 working days "
        "consents (Art. 34)."
    ),
    ("consult_organ", "on"): _(
        "From here the days are not counted, until the opinion is in (Art. 33)."
    ),
    ("organ_received", "on"): _("Their 15 working days count from here (Art. 34)."),
    ("extend", "on"): _(
        "The day on which the applicant is told; before the term ends (Art. 33)."
    ),
    ("extend", "text"): _("It stands in the letter, after “because”."),
    ("advise_transfer", "party"): _(
        "Its name and how to reach it stand in the letter, where they can be told "
        "(Art. 36)."
    ),
    ("advise_transfer", "text"): _("It stands in the letter as you write it."),
    ("ask_extension", "text"): _("The head reads it and decides."),
    ("charge", "on"): _(
        "From the next day 20 working days to pay; the clock stops and begins anew "
        "after the payment."
    ),
    ("charge", "basis"): _("One of the two for an application, never both."),
    ("charge", "quantity"): _(
        "By item: which of the applicant's this month it is. By volume: its A4 pages."
    ),
    ("join", "into"): _(
        "Other open cases of the same applicant. It is counted there once."
    ),
    ("reply", "on"): _(
        "The day that counts: posting by the postal enterprise, else signature "
        "(国办公开办函〔2016〕235号)."
    ),
    ("deliver", "on"): _(
        "The day that counts: posting by the postal enterprise, else signature "
        "(国办公开办函〔2016〕235号)."
    ),
    ("deliver", "proof"): _(
        "The postal receipt, or the receipt that the applicant signed."
    ),
    ("reply", "result"): _(
        "Exactly one is counted. Disclosed in part counts as that alone, whatever was "
        "withheld."
    ),
    ("reply", "reply"): _(
        "The signed reply and its enclosures, as they were sent. The applicant can "
        "download them."
    ),
    ("withdraw", "text"): _(
        "Orally, by letter, on the site: as it stands in the file."
    ),
    ("receive_correction", "files"): _(
        "PDF, Word, Excel or picture, up to 20 MB each."
    ),
}


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list | tuple) else [data]
        found = [super(FilesField, self).clean(one, initial) for one in uploads]
        return [one for one in found if one]


class ActForm(forms.Form):
    """The form of one transition of one case."""

    def __init__(self, row: Transition, case: Case, today: date, *args: Any, **kw: Any):
        super().__init__(*args, **kw)
        needs = list(row.needs)
        optional = OPTIONAL.get(row.name, ())
        extra = [name for name in optional if name not in needs]
        if "contact" in extra:
            needs.insert(needs.index("party") + 1, "contact")
            extra.remove("contact")
        for name in (*needs, *extra):
            field = BUILDERS[name](row, case, today)
            own = (row.name, name)
            field.label = str(OWN_LABELS.get(own, LABELS[name]))
            field.help_text = str(HINTS.get(own, ""))
            field.required = name not in optional
            field.widget.is_required = field.required
            self.fields[name] = field


Builder = Callable[[Transition, Case, date], forms.Field]


def _day(row: Transition, case: Case, today: date) -> forms.Field:
    widget = DateInput()
    widget.attrs = {"min": case.received_on.isoformat(), "max": today.isoformat()}
    return forms.DateField(widget=widget, initial=today)


def _until(row: Transition, case: Case, today: date) -> forms.Field:
    calendar = calendars.calendar_of(case.agency)
    usual = calendar.add_working_days(today, USUAL_CORRECTION_DAYS)
    widget = DateInput()
    return forms.DateField(widget=widget, initial=usual)


def _text(row: Transition, case: Case, today: date) -> forms.Field:
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), max_length=5000, strip=True
    )


def _line(most: int) -> Builder:
    def build(row: Transition, case: Case, today: date) -> forms.Field:
        return forms.CharField(max_length=most)

    return build


def _days(row: Transition, case: Case, today: date) -> forms.Field:
    most = law.regime(case.regime).term("extension").length or 1
    return forms.IntegerField(min_value=1, max_value=most, initial=most)


def _answer(row: Transition, case: Case, today: date) -> forms.Field:
    silent = Consultation.Answer.SILENT
    choices = [one for one in Consultation.Answer.choices if one[0] != silent]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _basis(row: Transition, case: Case, today: date) -> forms.Field:
    return forms.ChoiceField(
        choices=Fee.Basis.choices, widget=forms.RadioSelect, initial=Fee.Basis.ITEM
    )


def _way(row: Transition, case: Case, today: date) -> forms.Field:
    return forms.ChoiceField(choices=Delivery.Way.choices, widget=forms.RadioSelect)


def _quantity(row: Transition, case: Case, today: date) -> forms.Field:
    return forms.IntegerField(
        min_value=1, max_value=MOST_QUANTITY, initial=items_of_the_month(case)
    )


def items_of_the_month(case: Case) -> int:
    """Which of the applicant's applications to the agency in its month it is."""
    if not case.name_index:
        return 1
    same = Case.objects.counted().filter(
        agency=case.agency,
        name_index=case.name_index,
        received_on__year=case.received_on.year,
        received_on__month=case.received_on.month,
    )
    if case.identity_index:
        # Namesakes are counted apart.
        same = same.filter(identity_index__in=("", case.identity_index))
    before = Q(received_on__lt=case.received_on)
    before |= Q(received_on=case.received_on, pk__lte=case.pk)
    return max(same.filter(before).count(), 1)


def _co_handling(row: Transition, case: Case, today: date) -> forms.Field:
    asked = case.co_handlings.filter(answered_on__isnull=True)
    choices = [(one.pk, f"{one.section} · {one.asked_on}") for one in asked]
    return forms.TypedChoiceField(choices=choices, coerce=int)


def _handler(row: Transition, case: Case, today: date) -> forms.Field:
    posts = (
        Post.objects.filter(agency=case.agency, role__in=HANDLERS)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .values("person_id")
    )
    people = Person.objects.filter(pk__in=posts).order_by("pk")
    choices = [(person.pk, person.name) for person in people]
    return forms.TypedChoiceField(choices=choices, coerce=int, initial=case.handler_id)


def _into(row: Transition, case: Case, today: date) -> forms.Field:
    others = Case.objects.none()
    if case.name_index:
        others = (
            Case.objects.open()
            .counted()
            .filter(agency=case.agency, name_index=case.name_index)
        )
    choices = [
        (one.pk, f"{one.number} {one.subject}")
        for one in others.exclude(pk=case.pk).newest_first()[:MOST_CHOICES]
        if rules.is_same_applicant(one, case)
    ]
    return forms.TypedChoiceField(choices=choices, coerce=int)


GROUPS = {
    "R": "",
    "D": "（三）不予公开",
    "N": "（四）无法提供",
    "P": "（五）不予处理",
    "O": "（六）其他处理",
    "3.3.4": "4.不同意公开答复",
}
"""The rows of the official tables that have rows below them."""
FORM_NUMBERS = {"R1": "（一）", "R2": "（二）"}


def choices_of_all_regimes() -> list[tuple[str, Any]]:
    """Every result there is, the newest regime first, each under its regime's name."""
    language = get_language() or "zh-hans"
    found: list[tuple[str, Any]] = []
    for name in reversed(law.regime_names()):
        regime = law.regime(name)
        codes = {
            code: f"{code} {one.label.text(language)}"
            for code, one in regime.results.items()
        }
        codes.setdefault(WITHDRAWN[name], str(Stage(Stage.WITHDRAWN).label))
        found.append((regime.label.text(language), list(codes.items())))
    return found


def result_choices(regime: str) -> list[tuple[str, Any]]:
    """The results grouped as in the official table of the regime."""
    language = get_language() or "zh-hans"
    found: list[tuple[str, Any]] = [("", "———")]
    results = law.regime(regime).results.values()
    for group, members in groupby(results, lambda one: _group(one.code)):
        options = [
            (
                one.code,
                f"{FORM_NUMBERS.get(one.code, '')}{one.label.text(language)}"
                f" · {one.code} · {one.citation.text(language)}",
            )
            for one in members
        ]
        if group:
            found.append((group, options))
        else:
            found += options
    return found


def _group(code: str) -> str:
    return GROUPS.get(code[:1]) or GROUPS.get(code[:5] if len(code) > 5 else "", "")


def _result(row: Transition, case: Case, today: date) -> forms.Field:
    return forms.ChoiceField(choices=result_choices(case.regime))


def _files(row: Transition, case: Case, today: date) -> forms.Field:
    return FilesField()


BUILDERS: Mapping[str, Builder] = {
    "on": _day,
    "until": _until,
    "text": _text,
    "days": _days,
    "party": _line(200),
    "contact": _line(200),
    "answer": _answer,
    "basis": _basis,
    "quantity": _quantity,
    "section": _line(60),
    "co_handling": _co_handling,
    "handler": _handler,
    "into": _into,
    "result": _result,
    "reply": _files,
    "reply_no": _line(80),
    "files": _files,
    "way": _way,
    "proof": _files,
}

UPLOADS = {
    "reply": FileKind.REPLY,
    "files": FileKind.CORRECTION,
    "proof": FileKind.PROOF,
}
"""Fields of files, and what they are of the case."""
