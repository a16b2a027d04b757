"""Set-up: the tree of agencies, their profiles, who holds which post there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.models import Person
from gongkai.agencies import services
from gongkai.agencies.acting import act_for, scope_of_request
from gongkai.agencies.administration import administers
from gongkai.agencies.forms import AgencyForm, AppointForm
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import Role
from gongkai.agencies.slugs import free_slug
from gongkai.agencies.views.appointing import after_appointment, appointed
from gongkai.agencies.views.refusals import add_errors
from gongkai.registry.access import staff
from gongkai.registry.once import new_token, once


@staff()
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The part of the tree that the person reads or sets up."""
    scope, today = scope_of_request(request), timezone.localdate()
    held = Q(posts__ends_on__isnull=True) | Q(posts__ends_on__gt=today)
    rows = (
        Agency.objects.in_console_of(scope)
        .annotate(held_posts=Count("posts", filter=held))
        .order_by("path")
    )
    found = list(rows)
    top = min((agency.depth for agency in found), default=1)
    for agency in found:
        agency.indent = min(agency.depth - top, 6)
    context = {
        "agencies": found,
        "may_add": Role.ADMINISTRATOR in scope.roles,
    }
    return render(request, "agencies/list.html", context)


@staff()
@require_POST
def act_for_agency(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("agency", "")
    if not chosen.isdecimal() or not act_for(request, int(chosen)):
        raise Http404
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return redirect(back if is_ours else "console:home")


@staff()
@require_safe
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    found, scope = _agency(request, agency_id), scope_of_request(request)
    posts = found.posts.select_related("person").order_by("role", "starts_on")
    today = timezone.localdate()
    may_change = scope.holds_above(found, Role.ADMINISTRATOR)
    current = [post for post in posts if not post.ends_on or post.ends_on > today]
    context = {
        "agency": found,
        "crumbs": _crumbs(found),
        "profile": _profile(found),
        "posts": current,
        "former": [post for post in posts if post not in current],
        "may_change": may_change,
        "without_account": _without_account(current) if may_change else frozenset(),
        "today": today,
    }
    return render(request, "agencies/agency.html", context)


@staff(Role.ADMINISTRATOR)
def add(request: HttpRequest) -> HttpResponse:
    parent = _administered(request, request.GET.get("below", ""))
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _add(request, parent, form.cleaned_data))
        except ValidationError as error:
            add_errors(form, error)
    context = {"form": form, "agency": None, "parent": parent, "once": new_token()}
    return render(request, "agencies/change.html", context)


def _add(request: HttpRequest, parent: Agency, told: dict[str, Any]) -> HttpResponse:
    slug = told["slug"] or free_slug(told["name"])
    made = services.add_agency(
        by=scope_of_request(request), parent=parent, **{**told, "slug": slug}
    )
    messages.success(
        request,
        _("%(agency)s was added, with its columns, review flow and own site.")
        % {"agency": made.name},
    )
    return redirect("agencies:agency", agency_id=made.pk)


@staff(Role.ADMINISTRATOR)
def change(request: HttpRequest, agency_id: int) -> HttpResponse:
    found = _agency(request, agency_id)
    _check_administers(request, found)
    form = AgencyForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_agency(
                by=scope_of_request(request),
                agency=Agency.objects.get(pk=found.pk),
                **form.cleaned_data,
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The agency was changed."))
            return redirect("agencies:agency", agency_id=found.pk)
    context = {"form": form, "agency": found, "crumbs": _crumbs(found, _("Change"))}
    return render(request, "agencies/change.html", context)


@staff(Role.ADMINISTRATOR)
def appoint(request: HttpRequest, agency_id: int) -> HttpResponse:
    found = _agency(request, agency_id)
    _check_administers(request, found)
    today = timezone.localdate()
    form = AppointForm(request.POST or None, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        post = appointed(request, form, found)
        if post is not None:
            return after_appointment(request, post)
    context = {
        "form": form,
        "title": _("Give a post in %(agency)s") % {"agency": found.name},
        "act": _("Give the post"),
        "back": reverse("agencies:agency", args=[found.pk]),
        "crumbs": _crumbs(found, _("Give a post")),
    }
    return render(request, "agencies/person_form.html", context)


def _agency(request: HttpRequest, agency_id: int) -> Agency:
    visible = Agency.objects.in_console_of(scope_of_request(request))
    found: Agency = get_object_or_404(visible, pk=agency_id)
    return found


def _administered(request: HttpRequest, wanted: str) -> Agency:
    """The agency below which a new one goes; 404 outside the administrator's tree."""
    mine = Agency.objects.filter(scope_of_request(request).administering(""))
    if wanted:
        mine = mine.filter(pk=wanted if wanted.isdecimal() else None)
    first: Agency | None = mine.first()
    if first is None:
        raise Http404
    return first


def _check_administers(request: HttpRequest, agency: Agency) -> None:
    if not administers(scope_of_request(request), agency):
        raise PermissionDenied


def _without_account(posts: list[Post]) -> frozenset[int]:
    people = {post.person_id for post in posts}
    return frozenset(
        Person.objects.filter(pk__in=people, accounts=None).values_list("pk", flat=True)
    )


def _crumbs(agency: Agency, here: str = "") -> list[tuple[str, str]]:
    links = [(_("Agencies and posts"), reverse("agencies:list"))]
    if here:
        links.append((agency.name, reverse("agencies:agency", args=[agency.pk])))
    return [*links, (here or agency.name, "")]


def _profile(agency: Agency) -> list[dict[str, Any]]:
    names = (
        "uscc",
        "established_on",
        "dissolved_on",
        "merged_into",
        "office_name",
        "address",
        "phone",
        "fax",
        "email",
        "hours",
        "index_template",
        "site_code",
        "icp_no",
        "psb_no",
    )
    rows = [
        {"label": _("Kind"), "value": agency.get_kind_display()},
        {"label": _("Address of its pages"), "value": f"/a/{agency.slug}/"},
    ]
    for name in names:
        label = Agency._meta.get_field(name).verbose_name
        rows.append({"label": label, "value": str(getattr(agency, name) or "")})
    return rows
