"""Registering a remedy: from its case, as what follows another, or alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongkai.agencies.acting import acting_agency, own_agencies, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.applications.files import Prepared, prepare
from gongkai.applications.models import Case
from gongkai.applications.transitions import HANDLERS
from gongkai.registry.access import staff
from gongkai.registry.once import FIELD, new_token, once
from gongkai.remedies.choices import FileKind, Kind
from gongkai.remedies.exceptions import BadInput
from gongkai.remedies.forms import RegisterForm
from gongkai.remedies.models import Remedy
from gongkai.remedies.parties import Parties
from gongkai.remedies.permissions import can_register
from gongkai.remedies.services.registering import Incoming, register

SAME = (
    *("kind", "procedure", "copy_received_on", "subject", "body", "body_number"),
    *("filed_on", "accepted_on", "answer_set_on", "contested_no", "contested_on"),
    *("known_on", "party_kind", "others", "claims", "even_if_open"),
)
"""What the form and the service name alike."""


def next_kind(remedy: Remedy) -> str:
    """What may follow the remedy; empty where nothing can."""
    if remedy.kind == Kind.RECONSIDERATION:
        return Kind.SUIT_AFTER
    return remedy.kind if remedy.is_suit and remedy.instance == 1 else ""


@staff(*HANDLERS)
def new(request: HttpRequest) -> HttpResponse:
    """``case`` or ``follows`` in the address, a number each, fill the form."""
    agency = _agency(request)
    if request.method != "POST":
        return _page(request, agency, RegisterForm(initial=_start(request, agency)))
    form = RegisterForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return once(request, lambda: _done(request, agency, form))
        except BadInput as error:
            field = error.field if error.field in form.fields else None
            form.add_error(field, error.sentences[0])
    return _page(request, agency, form)


def _agency(request: HttpRequest) -> Agency:
    """Of the case or remedy that it hangs on; else the one that one acts for."""
    scope = scope_of_request(request)
    mine = [one for one in own_agencies(request) if can_register(scope, one.pk)]
    asked, acting = request.GET.get("agency", ""), acting_agency(request)
    if asked:
        chosen = next((one for one in mine if one.slug == asked), None)
    else:
        chosen = acting if acting in mine else mine[0]
    if chosen is None:
        raise Http404
    return chosen


def _start(request: HttpRequest, agency: Agency) -> dict[str, Any]:
    """404 for a number of another agency, as for one that there is not."""
    if number := request.GET.get("follows"):
        before = _earlier(agency, number)
        if before is None:
            raise Http404
        return {
            "kind": next_kind(before),
            "follows": before.number,
            "case": before.case.number if before.case else "",
            "subject": before.subject,
            "contested_no": before.contested_no,
            "contested_on": before.contested_on,
            "known_on": before.served_on,
            "party_kind": before.party_kind,
        }
    if number := request.GET.get("case"):
        case = _case(agency, number)
        if case is None:
            raise Http404
        return {
            "case": case.number,
            "subject": case.subject,
            "contested_no": case.reply_no,
            "contested_on": case.replied_on,
            "party_kind": case.applicant_kind,
        }
    return {}


def _case(agency: Agency, number: str) -> Case | None:
    return Case.objects.filter(agency=agency, number=number.strip()).first()


def _earlier(agency: Agency, number: str) -> Remedy | None:
    found = Remedy.objects.filter(agency=agency, number=number.strip())
    return found.select_related("case").first()


def _done(request: HttpRequest, agency: Agency, form: RegisterForm) -> HttpResponse:
    scope = scope_of_request(request)
    token = request.POST.get(FIELD) or new_token()
    made = register(
        by=scope,
        agency=agency,
        incoming=_incoming(agency, form, f"desk-{scope.user_id}-{token[:32]}"),
        files=_prepared(form),
    )
    messages.success(
        request, _("Registered as %(numbers)s.") % {"numbers": made.number}
    )
    return redirect("remedies:remedy", remedy_id=made.pk)


def _incoming(agency: Agency, form: RegisterForm, key: str) -> Incoming:
    told = form.cleaned_data
    case = before = None
    if told["case"]:
        case = _case(agency, told["case"])
        if case is None:
            raise BadInput("case", _no_such(agency, told["case"]))
    if told["follows"]:
        before = _earlier(agency, told["follows"])
        if before is None:
            raise BadInput("follows", _no_such(agency, told["follows"]))
    return Incoming(
        key=key,
        case=case,
        follows=before,
        parties=_parties(told),
        **{name: told[name] for name in SAME},
    )


def _parties(told: dict[str, Any]) -> Parties | None:
    """None takes the applicant of the case over."""
    if told["case"] and not told["name"]:
        return None
    return Parties(**{name: told[name] for name in Parties.__dataclass_fields__})


def _prepared(form: RegisterForm) -> list[Prepared]:
    """Raises BadInput for a type or size that is not taken."""
    return [prepare(FileKind.COPY, one, "scan") for one in form.cleaned_data["scan"]]


def _no_such(agency: Agency, number: str) -> str:
    return _("%(agency)s has nothing with the number %(number)s. Check it.") % {
        "agency": agency.name,
        "number": number,
    }


def _page(request: HttpRequest, agency: Agency, form: RegisterForm) -> HttpResponse:
    context = {
        "agency": agency,
        "form": form,
        "what": [form[name] for name in form.WHAT],
        "against": [form[name] for name in form.AGAINST],
        "who": [form[name] for name in form.WHO],
        "asks_if_other": "even_if_open" in form.errors or form.data.get("even_if_open"),
        "once": request.POST.get(FIELD) or new_token(),
    }
    return render(request, "remedies/console/register.html", context)
