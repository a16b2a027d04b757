"""The summary to check, what was asked before, and the button that sends."""

from dataclasses import dataclass

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.applications.choices import ApplicantKind, FileKind, IdentityKind
from gongkai.applications.exceptions import BadInput, NoSuchDraft
from gongkai.applications.forms.portal import DeliveryForm
from gongkai.applications.repeats import likely_repeats
from gongkai.applications.services import drafting
from gongkai.applications.views.portal.filing import (
    Filing,
    is_saving,
    page_of_form,
    to,
)


@page_of_form
def check(request: HttpRequest, filing: Filing) -> HttpResponse:
    if is_saving(request):
        return to(filing.url("saved"))
    if filing.typed.missing:
        return to(filing.onward_url)
    if request.method == "POST":
        return _send(request, filing)
    return _page(request, filing)


def _send(request: HttpRequest, filing: Filing) -> HttpResponse:
    try:
        drafting.send(filing.draft.token)
    except NoSuchDraft:  # sent from elsewhere between the two readings
        return to(filing.url("sent"))
    except BadInput as error:
        return _page(request, filing, error.sentences, status=400)
    except (OSError, OperationalError):
        sentence = _(
            "It could not be sent just now. Nothing is lost: try again in a moment, or "
            "save it and come back."
        )
        return _page(request, filing, (sentence,), status=503)
    return to(filing.url("sent"))


def _page(
    request: HttpRequest,
    filing: Filing,
    problems: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    typed = filing.typed
    subjects = [one.subject for one in typed.wanted]
    context = {
        **filing.context("check", filing.back_url("check")),
        "matters": _matters(filing),
        "sections": [_applicant(filing), _contact(filing), _files(filing)],
        "repeats": likely_repeats(filing.body, typed.applicant.identity_no, subjects),
        "problems": problems,
        "has_proof": any(one.kind == FileKind.IDENTITY for one in typed.files),
    }
    return render(request, "applications/portal/check.html", context, status=status)


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    url: str = ""
    act: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    rows: list[Row]


def _matters(filing: Filing) -> list[list[Row]]:
    """The rows of each matter; its first carries the way back to its page."""
    return [
        [
            Row(_("Information"), one.subject, filing.matter_url(place)),
            Row(_("Document number"), one.doc_no, filing.matter_url(place)),
            Row(_("Description"), one.description, filing.matter_url(place)),
        ]
        for place, one in enumerate(filing.typed.wanted, 1)
    ]


def _applicant(filing: Filing) -> Part:
    typed, told = filing.typed, filing.typed.applicant
    kinds = dict(ApplicantKind.choices)
    documents = dict(IdentityKind.choices)
    name = _("Your name") if typed.is_person else _("Name of the organisation")
    rows = [
        Row(
            _("Kind of applicant"),
            str(kinds.get(typed.of("who").get("kind", ""), "")),
            filing.url("who"),
        ),
        Row(name, told.name, filing.url("identity")),
        Row(
            str(documents.get(told.identity_kind, "")),
            told.identity_no,
            filing.url("identity"),
        ),
    ]
    if not typed.is_person:
        rows.append(
            Row(_("Contact person"), told.contact_person, filing.url("identity"))
        )
    agent = "\n".join(filter(None, (told.agent_name, told.agent_identity_no)))
    rows.append(Row(_("Agent"), agent or _("None"), filing.url("agent")))
    return Part(_("Applicant"), rows)


def _contact(filing: Filing) -> Part:
    told, url = filing.typed.applicant, filing.url("contact")
    way = filing.typed.of("delivery").get("way", "")
    ways = dict(DeliveryForm.base_fields["way"].choices)  # type: ignore[attr-defined]
    return Part(
        _("Contact and delivery"),
        [
            Row(_("Telephone"), told.phone, url),
            Row(_("E-mail"), told.email, url),
            Row(_("Postal address"), f"{told.address} {told.postcode}".strip(), url),
            Row(_("Form and route"), str(ways.get(way, "")), filing.url("delivery")),
        ],
    )


def _files(filing: Filing) -> Part:
    names = "\n".join(one.name for one in filing.typed.files)
    return Part(_("Files"), [Row(_("Added"), names or _("None"), filing.url("files"))])
