"""An agency's columns: seen, added below others, renamed, moved, retired."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.catalogue import services
from gongkai.catalogue.forms import ColumnForm, RenameForm
from gongkai.catalogue.models import Column
from gongkai.catalogue.tree import branches
from gongkai.registry import spelling
from gongkai.registry.access import staff
from gongkai.registry.once import new_token, once

SETTERS = (Role.ADMINISTRATOR, Role.OGI_OFFICE)


@staff()
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    agency = acting_agency(request)
    if agency is None:
        raise Http404
    return redirect("catalogue:columns", agency_id=agency.pk)


@staff()
@require_safe
def columns(request: HttpRequest, agency_id: int) -> HttpResponse:
    scope = scope_of_request(request)
    visible = Agency.objects.in_console_of(scope)
    agency = get_object_or_404(visible, pk=agency_id)
    found = Column.objects.filter(agency=agency)
    context = {
        "agency": agency,
        "branches": list(branches(found.in_use())),
        "retired": list(found.filter(retired_on__isnull=False).order_by("-retired_on")),
        "may_edit": services.may_edit(scope, agency),
        "fixed": services.fixed_slugs(),
        "crumbs": [
            (_("Agencies and posts"), reverse("agencies:list")),
            (agency.name, reverse("agencies:agency", args=[agency.pk])),
            (_("Columns"), ""),
        ],
    }
    return render(request, "catalogue/columns.html", context)


@staff(*SETTERS)
def add(request: HttpRequest, column_id: int) -> HttpResponse:
    parent = _column(request, column_id)
    form = ColumnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _add(request, parent, form.cleaned_data))
        except ValidationError as error:
            _add_errors(form, error)
    context = {
        "once": new_token(),
        "form": form,
        "parent": parent,
        "crumbs": _crumbs(parent, _("Add a column")),
        "back": reverse("catalogue:columns", args=[parent.agency_id]),
    }
    return render(request, "catalogue/column.html", context)


def _add(request: HttpRequest, parent: Column, told: dict[str, str]) -> HttpResponse:
    made = services.add_column(
        by=scope_of_request(request),
        parent=parent,
        name=told["name"],
        slug=told["slug"] or _free_slug(parent, told["name"]),
        position=parent.children.count(),
    )
    messages.success(request, _("“%(name)s” was added.") % {"name": made.name})
    return _back_to(made)


@staff(*SETTERS)
def change(request: HttpRequest, column_id: int) -> HttpResponse:
    column = _column(request, column_id)
    form = RenameForm(request.POST or None, initial={"name": column.name})
    if request.method == "POST" and form.is_valid():
        services.change_column(
            by=scope_of_request(request),
            column=column,
            name=form.cleaned_data["name"],
            position=column.position,
        )
        messages.success(request, _("The column was renamed."))
        return _back_to(column)
    context = {
        "form": form,
        "column": column,
        "crumbs": _crumbs(column, _("Rename")),
        "back": reverse("catalogue:columns", args=[column.agency_id]),
    }
    return render(request, "catalogue/column.html", context)


@staff(*SETTERS)
@require_POST
def move(request: HttpRequest, column_id: int) -> HttpResponse:
    """One place up or down among its siblings."""
    column = _column(request, column_id)
    siblings = list(
        Column.objects.filter(
            agency_id=column.agency_id, parent_id=column.parent_id
        ).in_use()
    )
    if column in siblings:
        at = siblings.index(column)
        to = at + (1 if request.POST.get("to") == "down" else -1)
        if 0 <= to < len(siblings):
            siblings[at], siblings[to] = siblings[to], siblings[at]
            _renumber(request, siblings)
    return _back_to(column)


@transaction.atomic
def _renumber(request: HttpRequest, columns: list[Column]) -> None:
    for position, column in enumerate(columns):
        if column.position != position:
            services.change_column(
                by=scope_of_request(request),
                column=column,
                name=column.name,
                position=position,
            )


@staff(*SETTERS)
def retire(request: HttpRequest, column_id: int) -> HttpResponse:
    column = _column(request, column_id)
    if services.is_fixed(column):
        raise PermissionDenied
    if request.method == "POST":
        services.retire_column(
            by=scope_of_request(request), column=column, on=timezone.localdate()
        )
        messages.success(
            request, _("“%(name)s” is out of use.") % {"name": column.name}
        )
        return _back_to(column)
    context = {
        "column": column,
        "crumbs": _crumbs(column, _("Retire")),
        "facts": [
            {"label": _("Column"), "value": column.name},
            {"label": _("Web address"), "value": column.slug},
        ],
        "consequences": [
            _("Nothing new can be filed under it; its items stay reachable."),
            _("Its address is kept and never given to another column."),
        ],
        "back": reverse("catalogue:columns", args=[column.agency_id]),
    }
    return render(request, "catalogue/retire.html", context)


def _column(request: HttpRequest, column_id: int) -> Column:
    scope = scope_of_request(request)
    visible = Agency.objects.in_console_of(scope)
    found = Column.objects.filter(agency__in=visible).select_related("agency", "parent")
    column = get_object_or_404(found, pk=column_id)
    services.check_may_edit(scope, column.agency)
    return column


def _free_slug(parent: Column, name: str) -> str:
    taken = Column.objects.filter(agency_id=parent.agency_id)
    return spelling.free_slug(
        name, "column", lambda slug: taken.filter(slug=slug).exists()
    )


def _back_to(column: Column) -> HttpResponse:
    return redirect("catalogue:columns", agency_id=column.agency_id)


def _crumbs(column: Column, here: str) -> list[tuple[str, str]]:
    agency = column.agency
    return [
        (agency.name, reverse("agencies:agency", args=[agency.pk])),
        (_("Columns"), reverse("catalogue:columns", args=[agency.pk])),
        (here, ""),
    ]


def _add_errors(form: Any, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
