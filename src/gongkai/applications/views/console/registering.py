"""Registering what came in at the desk: typed, checked for repeats, numbered once."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai import law
from gongkai.agencies.acting import acting_agency, own_agencies, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.applications.exceptions import BadInput
from gongkai.applications.forms.console import (
    AT_DESK,
    MOST_MATTERS,
    MatterForm,
    RegisterForm,
    ScanForm,
)
from gongkai.applications.models import Case
from gongkai.applications.permissions import can_register
from gongkai.applications.persons import Applicant, indexes_of
from gongkai.applications.published import likely_answers
from gongkai.applications.repeats import is_alike
from gongkai.applications.rules import Actor
from gongkai.applications.services.registering import Incoming, register
from gongkai.applications.transitions import HANDLERS
from gongkai.applications.views.console.parts import tag_of
from gongkai.registry import calendars
from gongkai.registry.access import staff
from gongkai.registry.once import FIELD, new_token, once

EARLIER = 10
"""Earlier cases of the same applicant that are shown before registering."""


@dataclass(frozen=True)
class Sheet:
    """What is typed: the paper's form and one form for each matter."""

    form: RegisterForm
    matters: list[MatterForm]

    @classmethod
    def empty(cls) -> "Sheet":
        return cls(RegisterForm(), [_matter(0)])

    @classmethod
    def sent(cls, data: Any) -> "Sheet":
        return cls(RegisterForm(data), [_matter(n, data) for n in range(_count(data))])

    @classmethod
    def kept(cls, data: Any, count: int) -> "Sheet":
        """As it was typed, and nothing complained about."""
        told = {name: data.get(name, "") for name in RegisterForm.base_fields}
        matters = []
        for number in range(count):
            start = {
                name: data.get(f"matter{number}-{name}", "")
                for name in MatterForm.base_fields
            }
            matters.append(_matter(number, initial=start))
        return cls(RegisterForm(initial=told), matters)

    @property
    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(one.is_valid() for one in self.matters)])

    @property
    def filled(self) -> list[MatterForm]:
        return [one for one in self.matters if one.cleaned_data.get("subject")]


def _matter(number: int, data: Any = None, initial: Any = None) -> MatterForm:
    return MatterForm(
        data,
        prefix=f"matter{number}",
        initial=initial,
        empty_permitted=number > 0,
        use_required_attribute=False,
    )


def _count(data: Any) -> int:
    asked = data.get("matters", "1")
    return max(1, min(int(asked) if asked.isdecimal() else 1, MOST_MATTERS))


@staff(*HANDLERS)
def new(request: HttpRequest) -> HttpResponse:
    """Typed, then checked, then registered; ``step`` says which was clicked."""
    agency, others = _agency(request)
    if request.method != "POST":
        return _typing(request, agency, others, Sheet.empty())
    step, count = request.POST.get("step", "check"), _count(request.POST)
    if step == "add":
        sheet = Sheet.kept(request.POST, min(count + 1, MOST_MATTERS))
        return _typing(request, agency, others, sheet)
    if step == "back":
        return _typing(request, agency, others, Sheet.kept(request.POST, count))
    sheet = Sheet.sent(request.POST)
    if not sheet.is_valid:
        return _typing(request, agency, others, sheet)
    scans = ScanForm(request.POST, request.FILES) if step == "register" else ScanForm()
    if step == "register" and scans.is_valid():
        try:
            return once(request, lambda: _register(request, agency, sheet, scans))
        except BadInput as error:
            if error.field not in scans.fields:
                _add_to(sheet, error)
                return _typing(request, agency, others, sheet)
            scans.add_error(error.field, error.sentences[0])
    return _checking(request, agency, sheet, scans)


def _agency(request: HttpRequest) -> tuple[Agency, list[Agency]]:
    """The agency that it came to, and the others that one registers for."""
    scope = scope_of_request(request)
    mine = [one for one in own_agencies(request) if can_register(scope, one.pk)]
    asked, acting = request.GET.get("agency", ""), acting_agency(request)
    if asked:
        chosen = next((one for one in mine if one.slug == asked), None)
    else:
        chosen = acting if acting in mine else mine[0]
    if chosen is None:
        raise Http404
    return chosen, [one for one in mine if one != chosen]


def _add_to(sheet: Sheet, error: BadInput) -> None:
    if error.field in MatterForm.base_fields:
        sheet.matters[0].add_error(error.field, error.sentences[0])
    else:
        known = error.field in sheet.form.fields
        sheet.form.add_error(error.field if known else None, error.sentences[0])


def _register(
    request: HttpRequest, agency: Agency, sheet: Sheet, scans: ScanForm
) -> HttpResponse:
    scope = scope_of_request(request)
    token = request.POST.get(FIELD) or new_token()
    receipts = register(
        actor=Actor(scope),
        agency=agency,
        incoming=_incoming(sheet, f"desk-{scope.user_id}-{token[:32]}"),
        files=scans.prepared(),
    )
    numbers = _(", ").join(receipt.number for receipt in receipts)
    messages.success(request, _("Registered as %(numbers)s.") % {"numbers": numbers})
    return redirect("applications-console:receipt", case_id=receipts[0].case.pk)


def _incoming(sheet: Sheet, key: str) -> Incoming:
    told = sheet.form.cleaned_data
    return Incoming(
        key=key,
        channel=told["channel"],
        received_on=told["received_on"],
        confirmed_on=told["confirmed_on"],
        kind=told["kind"],
        applicant=sheet.form.applicant,
        wanted=tuple(one.wanted(told["manner"], told["route"]) for one in sheet.filled),
    )


def _typing(
    request: HttpRequest, agency: Agency, others: list[Agency], sheet: Sheet
) -> HttpResponse:
    form = sheet.form
    context = {
        "agency": agency,
        "others": others,
        "form": form,
        "how": [form[name] for name in form.HOW],
        "who": [form[name] for name in form.WHO],
        "delivery": [form[name] for name in form.DELIVERY],
        "matters": sheet.matters,
        "refused": [one for one in (form, *sheet.matters) if one.errors],
        "can_add": len(sheet.matters) < MOST_MATTERS,
        "rules": _rules_of_receipt(),
        "once": request.POST.get(FIELD) or new_token(),
    }
    return render(request, "applications/console/register.html", context)


def _rules_of_receipt() -> list[tuple[str, str, str]]:
    """(channel, which day is the day of receipt, article), of the regime of today."""
    language, regime = get_language() or "zh-hans", law.regime_on(timezone.localdate())
    told = []
    for key, label in AT_DESK:
        channel = regime.channel(key)
        words = _rule_words(channel)
        told.append((str(label), words, _article(channel.citation.text(language))))
    return told


def _article(citation: str) -> str:
    """第三十一条 of 《…条例》（…）第三十一条: the text is named beside it."""
    found = re.search(r"(第[^第（）]+条|Art\..*)$", citation)
    return found[1] if found else citation


def _rule_words(channel: law.Channel) -> str:
    if channel.acknowledged_at_once:
        return _("the day on which it reaches the published mailbox")
    return {
        law.StartRule.SUBMISSION: _("the day on which it is handed in"),
        law.StartRule.SIGNATURE: _("the day on which the office signs for it"),
        law.StartRule.CONFIRMATION: _(
            "the day on which you and the applicant confirm it; call on the same day"
        ),
        law.StartRule.ARRIVAL: _("the day on which it arrives"),
    }[channel.rule]


# Checking


@dataclass(frozen=True)
class Earlier:
    """A case of the same applicant, and whether it asks for much the same."""

    case: Case
    tag: tuple[str, str]
    is_alike: bool


def _checking(
    request: HttpRequest, agency: Agency, sheet: Sheet, scans: ScanForm
) -> HttpResponse:
    told, today = sheet.form.cleaned_data, timezone.localdate()
    subjects = [one.cleaned_data["subject"] for one in sheet.filled]
    due_on, sentences, problem = _clock(agency, told)
    context = {
        "agency": agency,
        "form": scans,
        "facts": _facts(sheet),
        "matters": [one.cleaned_data for one in sheet.filled],
        "earlier": _earlier(agency, sheet.form.applicant, subjects),
        "answers": [
            (one.cleaned_data["subject"], rows)
            for one in sheet.filled
            if (rows := _answers(agency, one, today))
        ],
        "due_on": due_on,
        "sentences": sentences,
        "problem": problem,
        "typed": _typed(request),
    }
    return render(request, "applications/console/register_check.html", context)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """All that was typed, carried along in the page."""
    left_out = {"csrfmiddlewaretoken", "step"}
    return [
        (name, str(value))
        for name, value in request.POST.items()
        if name not in left_out
    ]


def _facts(sheet: Sheet) -> list[dict[str, str]]:
    rows = []
    for field in sheet.form:
        value = sheet.form.cleaned_data[field.name]
        if not value:
            continue
        choices = dict(getattr(field.field, "choices", []))
        rows.append(
            {"label": str(field.label), "value": str(choices.get(value, value))}
        )
    return rows


def _clock(agency: Agency, told: Any) -> tuple[date | None, list[str], str]:
    """(due date, how it is reached, what stands against it) as of registration."""
    language = get_language() or "zh-hans"
    try:
        clock = law.compute(
            regime=law.regime_on(told["received_on"]),
            channel=told["channel"],
            received_on=told["received_on"],
            confirmed_on=told["confirmed_on"],
            events=(),
            calendar=calendars.calendar_of(agency),
        )
    except law.BadHistory as error:
        return None, [], error.words(language)
    except law.LawError as error:
        return None, [], str(error)
    return clock.due_on, clock.explain(language), ""


def _earlier(
    agency: Agency, applicant: Applicant, subjects: list[str]
) -> list[Earlier]:
    """The same name or number at this agency; much the same subject first."""
    indexes = indexes_of(applicant)
    same = Q(pk__in=())
    for name in ("name_index", "identity_index"):
        if indexes[name]:
            same |= Q(**{name: indexes[name]})
    found = Case.objects.filter(same, agency=agency).newest_first()[: 5 * EARLIER]
    told = [
        Earlier(
            case, tag_of(case), any(is_alike(one, case.subject) for one in subjects)
        )
        for case in found
    ]
    return sorted(told, key=lambda one: not one.is_alike)[:EARLIER]


def _answers(agency: Agency, matter: MatterForm, today: date) -> list[Any]:
    told = matter.cleaned_data
    return likely_answers(agency, told["subject"], told["doc_no"], today)
