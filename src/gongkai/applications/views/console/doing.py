"""One page for every act of a case: its form, what it would do, and doing it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.models import Person
from gongkai.agencies.acting import scope_of_request
from gongkai.applications import rules
from gongkai.applications.exceptions import ApplicationRefused, NotAllowedNow
from gongkai.applications.files import Prepared, prepare
from gongkai.applications.forms.acts import UPLOADS, ActForm
from gongkai.applications.models import Act, Case, Consultation
from gongkai.applications.permissions import DESK
from gongkai.applications.persons import read_note
from gongkai.applications.rules import Actor
from gongkai.applications.services import archiving, asking, handling, replying
from gongkai.applications.services.asking import Consulted
from gongkai.applications.transitions import TRANSITIONS, Transition
from gongkai.applications.views.console.fetching import case_or_404
from gongkai.applications.views.console.parts import DIRECT
from gongkai.applications.views.console.previewing import preview_of
from gongkai.applications.views.console.refusals import add_to_form
from gongkai.registry.access import staff
from gongkai.registry.once import new_token, once

Given = Mapping[str, Any]
Doing = Callable[[Actor, Case, Given], object]

IRREVERSIBLE = (
    "withdraw",
    "default_correction",
    "default_fee",
    "join",
    "deliver",
    "reply",
    "advise_transfer",
    "archive",
)


def _with(service: Callable[..., object], *names: str) -> Doing:
    def do(actor: Actor, case: Case, given: Given) -> object:
        told = {name: given[name] for name in names}
        return service(actor=actor, case=case, **told)

    return do


def _waiting(case: Case) -> Consultation:
    asked = case.consultations.filter(answer="").last()
    if asked is None:
        raise NotAllowedNow(_("Nobody is asked for an opinion now."))
    asked.case = case
    return asked


def _received(actor: Actor, case: Case, given: Given) -> object:
    return asking.consulted_received(actor=actor, asked=_waiting(case), on=given["on"])


def _deliver_again(actor: Actor, case: Case, given: Given) -> object:
    told = {name: given[name] for name in ("text", "on")}
    return asking.deliver_again(actor=actor, asked=_waiting(case), **told)


def _opinion(actor: Actor, case: Case, given: Given) -> object:
    told = {name: given[name] for name in ("answer", "text", "on")}
    return asking.consulted_answered(actor=actor, asked=_waiting(case), **told)


def _silent(actor: Actor, case: Case, given: Given) -> object:
    return asking.went_silent(actor=actor, asked=_waiting(case))


def _consult(of: str) -> Doing:
    def do(actor: Actor, case: Case, given: Given) -> object:
        party = Consulted(given["party"], given["contact"], given["text"])
        return asking.consult(
            actor=actor, case=case, of=of, party=party, on=given["on"]
        )

    return do


def _assign(actor: Actor, case: Case, given: Given) -> object:
    handler = Person.objects.get(pk=given["handler"])
    return handling.assign(actor=actor, case=case, handler=handler)


def _answer_section(actor: Actor, case: Case, given: Given) -> object:
    asked = case.co_handlings.get(pk=given["co_handling"])
    asked.case = case
    return handling.answer_section(actor=actor, asked=asked, text=given["text"])


def _join(actor: Actor, case: Case, given: Given) -> object:
    into = Case.objects.get(pk=given["into"], agency=case.agency)
    return handling.join(actor=actor, case=case, into=into)


def _receive_correction(actor: Actor, case: Case, given: Given) -> object:
    return asking.receive_correction(
        actor=actor,
        case=case,
        text=given["text"],
        on=given["on"],
        files=_prepared(given["files"], "files"),
    )


def _reply(actor: Actor, case: Case, given: Given) -> object:
    return handling.reply(
        actor=actor,
        case=case,
        on=given["on"],
        result=given["result"],
        reply_no=given["reply_no"],
        text=given["text"],
        files=_prepared(given["reply"], "reply"),
    )


def _prepared(uploads: list[Any], field: str) -> list[Prepared]:
    kind = UPLOADS[field]
    return [
        prepare(kind, upload, field, for_applicant=field == "reply")
        for upload in uploads
    ]


def _deliver(actor: Actor, case: Case, given: Given) -> object:
    return replying.deliver(
        actor=actor,
        case=case,
        on=given["on"],
        way=given["way"],
        proof=_prepared(given["proof"], "proof"),
        text=given["text"],
    )


DO: Mapping[str, Doing] = {
    "confirm": _with(handling.confirm, "on"),
    "take_up": _with(handling.take_up),
    "assign": _assign,
    "ask_section": _with(handling.ask_section, "section", "text"),
    "answer_section": _answer_section,
    "ask_correction": _with(asking.ask_correction, "on", "text", "until"),
    "receive_correction": _receive_correction,
    "default_correction": _with(handling.default_correction, "on"),
    "ask_reasons": _with(asking.ask_reasons, "on", "text"),
    "receive_reasons": _with(asking.receive_reasons, "on", "text"),
    "delay": _with(asking.delay, "on", "until", "text"),
    "resume": _with(asking.resume),
    "consult_third_party": _consult("third_party"),
    "third_party_received": _received,
    "deliver_again": _deliver_again,
    "third_party_opinion": _opinion,
    "third_party_silent": _silent,
    "override": _with(asking.override, "on", "text"),
    "consult_organ": _consult("organ"),
    "organ_received": _received,
    "organ_opinion": _opinion,
    "organ_silent": _silent,
    "ask_extension": _with(asking.ask_extension, "days", "text"),
    "refuse_extension": _with(asking.refuse_extension, "text"),
    "extend": _with(asking.extend, "on", "days", "text"),
    "charge": _with(asking.charge, "on", "basis", "quantity"),
    "fee_paid": _with(asking.fee_paid, "on"),
    "default_fee": _with(handling.default_fee, "on"),
    "withdraw": _with(handling.withdraw, "on", "text"),
    "join": _join,
    "deliver": _deliver,
    "reply": _reply,
    "advise_transfer": _with(
        handling.advise_transfer, "on", "party", "contact", "text"
    ),
    "archive": _with(archiving.file_case),
}


@staff(*DESK)
def act(request: HttpRequest, case_id: int, act: str) -> HttpResponse:
    """GET shows the form; POST with ``preview`` what it would do; POST does it."""
    case = case_or_404(request, case_id)
    row = TRANSITIONS.get(act)
    if row is None or case.regime not in row.regimes:
        raise Http404
    actor, today = Actor(scope_of_request(request)), timezone.localdate()
    if not scope_of_request(request).holds(case.agency_id, *row.who):
        raise PermissionDenied
    if request.method != "POST":
        reason = rules.why_not(row, case, actor, today)
        if reason:
            messages.warning(request, f"{row.label}: {reason}")
            return redirect("applications-console:case", case_id=case.pk)
        return _page(request, case, row, _form(case, row))
    form = _form(case, row, request.POST, request.FILES)
    if "preview" in request.POST:
        return _previewed(request, case, row, form)
    if form.is_valid():
        try:
            return once(request, lambda: _done(request, actor, case, row, form))
        except ApplicationRefused as error:
            add_to_form(form, error)
    if row.name in DIRECT:
        for sentence in form.non_field_errors():
            messages.error(request, str(sentence))
        return redirect("applications-console:case", case_id=case.pk)
    return _page(request, case, row, form)


def _form(case: Case, row: Transition, data: Any = None, files: Any = None) -> ActForm:
    today = timezone.localdate()
    initial = _asked_for(case) if row.name == "extend" else {}
    return ActForm(row, case, today, data, files, initial=initial)


def _asked_for(case: Case) -> dict[str, Any]:
    """What the handler asked the head to consent to."""
    asked: Act | None = case.acts.filter(name="ask_extension").last()
    if asked is None:
        return {}
    return {"days": asked.days, "text": read_note(case, asked.sealed_note)}


def _done(
    request: HttpRequest, actor: Actor, case: Case, row: Transition, form: ActForm
) -> HttpResponse:
    DO[row.name](actor, case, form.cleaned_data)
    before = case.due_on
    case.refresh_from_db()
    messages.success(request, _said(row, case, moved=case.due_on != before))
    return redirect("applications-console:case", case_id=case.pk)


def _said(row: Transition, case: Case, *, moved: bool) -> str:
    done = _("Entered: %(act)s.") % {"act": row.label}
    if moved and case.is_open and case.due_on:
        due = case.due_on.isoformat()
        done += " " + _("To be answered by %(due)s now.") % {"due": due}
    return done


def _previewed(
    request: HttpRequest, case: Case, row: Transition, form: ActForm
) -> HttpResponse:
    """Only what was given well counts; nothing is complained about yet."""
    form.full_clean()
    preview = preview_of(case, row, form.cleaned_data)
    if request.headers.get("HX-Request"):
        context = {"preview": preview}
        return render(request, "applications/console/_preview.html", context)
    kept = ActForm(row, case, timezone.localdate(), initial=_as_typed(request, form))
    return _page(request, case, row, kept, preview)


def _as_typed(request: HttpRequest, form: ActForm) -> dict[str, Any]:
    return {name: request.POST[name] for name in form.fields if name in request.POST}


def _page(
    request: HttpRequest,
    case: Case,
    row: Transition,
    form: ActForm,
    preview: Any = None,
) -> HttpResponse:
    if preview is None:
        preview = preview_of(case, row, _known(form))
    is_final = row.name in IRREVERSIBLE
    context = {
        "case": case,
        "row": row,
        "form": form,
        "title": row.label,
        "act": row.label,
        "once": new_token(),
        "preview": preview,
        "citation": row.citation.get(case.regime, ""),
        "moves_clock": bool(row.clock) or row.name == "confirm",
        "facts": _facts(case),
        "consequences": _consequences(row, case) if is_final else [],
        "is_final": is_final,
        "quiet": row.name in {"deliver", "reply", "advise_transfer", "archive", "join"},
        "back": reverse("applications-console:case", args=[case.pk]),
        "here": request.path,
    }
    return render(request, "applications/console/act.html", context)


def _known(form: ActForm) -> Given:
    """What is typed, where the form was sent; else what it offers."""
    if form.is_bound:
        return form.cleaned_data if hasattr(form, "cleaned_data") else {}
    return {
        name: form.get_initial_for_field(field, name)
        for name, field in form.fields.items()
    }


def _facts(case: Case) -> list[dict[str, str]]:
    facts = [
        {"label": _("Case number"), "value": case.number},
        {"label": _("Information asked for"), "value": case.subject},
        {"label": _("Received on"), "value": case.received_on.isoformat()},
    ]
    if case.due_on and case.is_open:
        facts.append({"label": _("Due on"), "value": case.due_on.isoformat()})
    return facts


def _consequences(row: Transition, case: Case) -> list[str]:
    told = {
        "withdraw": [
            _("The case ends; the clock stops."),
            _("It is counted as 其他处理 · 其他.")
            if case.regime == "2019"
            else _(
                "The form of 2014 has no row for it; later ones count it as "
                "其他处理 · 其他."
            ),
        ],
        "default_correction": [
            _("The application counts as given up and is not processed further."),
            _("It is counted as 其他处理 · 1 (Art. 30).")
            if case.regime == "2019"
            else _("It is counted as 告知作出更改、补充 (row 3.3.7)."),
        ],
        "default_fee": [
            _("The application counts as given up and is not processed further."),
            _("It is counted as 其他处理 · 2; the applicant may contest this."),
        ],
        "join": [
            _("This case closes and is counted in the other one only."),
            _("Its files and its course stay with it."),
        ],
        "reply": [
            _("The case ends with this one result, and the clock with this day."),
            _("The applicant sees the result and can download the files at once."),
        ],
        "deliver": [
            _("The case ends with this one result, and the clock with this day."),
            _("The applicant sees the result and can download the files at once."),
        ],
        "advise_transfer": [
            _("The case ends with this letter; the applicant reads it at once."),
            _("It is counted as 无法提供 · 1 (Art. 36).")
            if case.regime == "2019"
            else _("It is counted as 不属于本行政机关公开 (row 3.3.5)."),
        ],
        "archive": [
            _("The file is complete: nothing is added any more."),
            _("A review, a suit or a correction opens a case of its own."),
        ],
    }
    return told[row.name]
