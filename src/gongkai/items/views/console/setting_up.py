"""An agency's review flow and outlets."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.items import permissions, subjects
from gongkai.items.exceptions import ItemRefused
from gongkai.items.forms import FlowStepForm, FlowSteps, OutletForm
from gongkai.items.models import Outlet
from gongkai.items.models.flow import ITEMS
from gongkai.items.services import setting_up, stepping
from gongkai.items.services.setting_up import WantedStep
from gongkai.items.views.console.fetching import agency_or_404
from gongkai.items.views.console.refusals import add_to_form, sentences, tell
from gongkai.registry.access import staff

Flow = formset_factory(
    FlowStepForm, FlowSteps, extra=2, max_num=12, can_order=True, can_delete=True
)


@staff()
def flow(request: HttpRequest, agency_id: int, of: str = ITEMS) -> HttpResponse:
    """The steps as a table: numbered, ordered, removable."""
    agency, scope = agency_or_404(request, agency_id), scope_of_request(request)
    subject = _subject_or_404(of)
    may_change = permissions.can_set_flow(scope, agency.pk)
    steps = stepping.flow_of(agency.pk, of)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    initial = [
        {"kind": step.kind, "role": step.role, "agency": step.agency_id}
        for step in steps
    ]
    formset: BaseFormSet = Flow(
        request.POST or None, initial=initial, form_kwargs={"own": agency}
    )
    refusals: list[str] = []
    if request.method == "POST" and formset.is_valid():
        try:
            setting_up.set_flow(
                by=scope, agency=agency, steps=_wanted(formset), subject=of
            )
        except ItemRefused as error:
            refusals = [*sentences(error)]
        else:
            messages.success(
                request,
                _("The flow was changed. What is under review goes on by the old one."),
            )
            return redirect(_flow_url(agency, of))
    context = {
        "agency": agency,
        "subject": subject,
        "tabs": [
            (one.label, _flow_url(agency, one.name), one.name == of)
            for one in subjects.subjects()
        ],
        "steps": steps,
        "formset": formset,
        "refusals": refusals,
        "may_change": may_change,
        "crumbs": _crumbs(agency, _("Review flow")),
    }
    return render(request, "items/console/flow.html", context)


def _subject_or_404(name: str) -> subjects.Subject:
    try:
        return subjects.subject(name)
    except KeyError as error:
        raise Http404 from error


def _flow_url(agency: Agency, of: str) -> str:
    if of == ITEMS:
        return reverse("items-console:flow", args=[agency.pk])
    return reverse("items-console:flow-of", args=[agency.pk, of])


def _wanted(formset: BaseFormSet) -> list[WantedStep]:
    rows: list[Any] = [
        form.cleaned_data for form in formset.ordered_forms if form.cleaned_data
    ]
    return [WantedStep(row["kind"], row["role"], row["agency"]) for row in rows]


@staff()
def outlets(request: HttpRequest, agency_id: int) -> HttpResponse:
    agency, scope = agency_or_404(request, agency_id), scope_of_request(request)
    may_change = permissions.can_set_outlets(scope, agency.pk)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = OutletForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            setting_up.add_outlet(by=scope, agency=agency, **form.cleaned_data)
        except ItemRefused as error:
            add_to_form(form, error, "name")
        else:
            messages.success(request, _("The outlet was added."))
            return redirect("items-console:outlets", agency_id=agency.pk)
    context = {
        "agency": agency,
        "outlets": list(agency.outlets.all()),
        "form": form,
        "may_change": may_change,
        "crumbs": _crumbs(agency, _("Outlets")),
    }
    return render(request, "items/console/outlets.html", context)


@staff(Role.ADMINISTRATOR, Role.OGI_OFFICE)
@require_POST
def retire_outlet(request: HttpRequest, outlet_id: int) -> HttpResponse:
    scope = scope_of_request(request)
    visible = Outlet.objects.filter(agency__in=Agency.objects.in_console_of(scope))
    outlet = get_object_or_404(visible, pk=outlet_id)
    try:
        setting_up.retire_outlet(by=scope, outlet=outlet, on=timezone.localdate())
    except ItemRefused as error:
        tell(request, error)
    else:
        messages.success(
            request, _("“%(name)s” is out of use.") % {"name": outlet.name}
        )
    return redirect("items-console:outlets", agency_id=outlet.agency_id)


def _crumbs(agency: Agency, here: str) -> list[tuple[str, str]]:
    return [
        (_("Agencies and posts"), reverse("agencies:list")),
        (agency.name, reverse("agencies:agency", args=[agency.pk])),
        (here, ""),
    ]
