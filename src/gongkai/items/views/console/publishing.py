"""Going public, being corrected, and being taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import Role
from gongkai.items import permissions
from gongkai.items.choices import Stage
from gongkai.items.forms import PlanForm, ReleaseForm, RepealForm, WithdrawForm
from gongkai.items.models import Item
from gongkai.items.services import drafting
from gongkai.items.services import publishing as services
from gongkai.items.views.console.fetching import item_or_404
from gongkai.items.views.console.reading import item_page
from gongkai.items.views.console.refusals import REFUSALS, add_to_form, tell
from gongkai.registry.access import staff

REPEALERS = (*permissions.EDITORS, Role.LEADER)


@staff(*permissions.PUBLISHERS)
@require_POST
def publish(request: HttpRequest, item_id: int) -> HttpResponse:
    item = item_or_404(request, item_id)
    try:
        published = services.publish(by=scope_of_request(request), item=item)
    except REFUSALS as error:
        tell(request, error)
    else:
        messages.success(
            request,
            _("Published under the index number %(number)s.")
            % {"number": published.index_no},
        )
    return _back(item)


@staff(*permissions.PUBLISHERS)
@require_POST
def plan(request: HttpRequest, item_id: int) -> HttpResponse:
    item = item_or_404(request, item_id)
    form = PlanForm(request.POST)
    if form.is_valid():
        at = form.cleaned_data["at"]
        try:
            services.plan(by=scope_of_request(request), item=item, at=at)
        except REFUSALS as error:
            add_to_form(form, error, "at")
        else:
            local = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
            messages.success(
                request, _("It will be published at %(time)s.") % {"time": local}
            )
            return _back(item)
    return item_page(request, item, plan_form=form)


@staff(*permissions.EDITORS)
@require_POST
def add_release(request: HttpRequest, item_id: int) -> HttpResponse:
    item = item_or_404(request, item_id)
    form = ReleaseForm(item.agency, request.POST, request.FILES)
    if form.is_valid():
        told = form.cleaned_data
        proof = told.pop("proof")
        try:
            services.add_release(
                by=scope_of_request(request),
                item=item,
                proof=(proof.name, proof.read()) if proof else None,
                **told,
            )
        except REFUSALS as error:
            add_to_form(form, error)
        else:
            messages.success(request, _("The release was entered."))
            answer = _back(item)
            answer["Location"] += "#releases"
            return answer
    return item_page(request, item, release_form=form)


@staff(*permissions.EDITORS)
def revise(request: HttpRequest, item_id: int) -> HttpResponse:
    """Back into drafting; asks first, because an approval becomes void."""
    item, scope = item_or_404(request, item_id), scope_of_request(request)
    if permissions.can_edit(scope, item):
        return redirect("items-console:edit", item_id=item.pk)
    if not permissions.can_revise(scope, item):
        raise PermissionDenied
    if request.method == "POST":
        drafting.revise(by=scope, item=item)
        return redirect("items-console:edit", item_id=item.pk)
    context = {
        "item": item,
        "facts": _facts(item),
        "sentences": _consequences_of_revising(item),
        "title": _("Correct the item") if item.is_public else _("Take the item back"),
        "back": reverse("items-console:item", args=[item.pk]),
    }
    return render(request, "items/console/revise.html", context)


def _consequences_of_revising(item: Item) -> list[str]:
    told = {
        Stage.IN_REVIEW: _("The reviewers' decisions on this version are void."),
        Stage.APPROVED: _("The approval is void; the new version is reviewed anew."),
        Stage.PLANNED: _("The planned publication is cancelled, the approval is void."),
    }
    sentences = [told[Stage(item.stage)]] if Stage(item.stage) in told else []
    if item.is_public:
        sentences.append(
            _("The public goes on seeing what it sees until a new version is approved.")
        )
    return sentences


@staff(*permissions.WITHDRAWERS)
def withdraw(request: HttpRequest, item_id: int) -> HttpResponse:
    item, scope = item_or_404(request, item_id), scope_of_request(request)
    if item.is_public and not permissions.can_withdraw(scope, item):
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _act(
            request,
            item,
            form,
            lambda: services.withdraw(by=scope, item=item, **form.cleaned_data),
            _("Withdrawn. Page, list, search, feed and files are gone at once."),
        )
        if answer is not None:
            return answer
    return _confirm(
        request,
        item,
        form,
        title=_("Withdraw from the public"),
        act=_("Withdraw"),
        consequences=[
            _(
                "Page, lists, search, feeds, files and exports no longer show it, from "
                "this moment on."
            ),
            _("Its address stays and shows your note. Its number is not given again."),
            _("Releases at other outlets stay entered: take them down there yourself."),
        ],
    )


@staff(*REPEALERS)
def repeal(request: HttpRequest, item_id: int) -> HttpResponse:
    item, scope = item_or_404(request, item_id), scope_of_request(request)
    if item.is_public and not permissions.can_repeal(scope, item):
        raise PermissionDenied
    form = RepealForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        answer = _act(
            request,
            item,
            form,
            lambda: services.repeal(by=scope, item=item, **form.cleaned_data),
            _("The item is marked as no longer in force."),
        )
        if answer is not None:
            return answer
    return _confirm(
        request,
        item,
        form,
        title=_("Mark as no longer in force"),
        act=_("Mark as no longer in force"),
        consequences=[
            _("Above the title everybody reads that it is no longer in force."),
            _("It stays readable and searchable."),
        ],
    )


def _act(
    request: HttpRequest, item: Item, form: forms.Form, act: Any, said: str
) -> HttpResponse | None:
    try:
        act()
    except REFUSALS as error:
        add_to_form(form, error)
        return None
    messages.success(request, said)
    return _back(item)


def _confirm(
    request: HttpRequest,
    item: Item,
    form: forms.Form,
    *,
    title: str,
    act: str,
    consequences: list[str],
) -> HttpResponse:
    if not item.is_public:
        messages.info(request, _("The item is not public now."))
        return _back(item)
    context = {
        "item": item,
        "form": form,
        "facts": _facts(item),
        "title": title,
        "act": act,
        "consequences": consequences,
        "back": reverse("items-console:item", args=[item.pk]),
    }
    return render(request, "items/console/confirm.html", context)


def _facts(item: Item) -> list[dict[str, str]]:
    facts = [{"label": _("Title"), "value": item.draft.title}]
    if item.index_no:
        facts.append({"label": _("Index number"), "value": item.index_no})
    if item.published_on:
        facts.append(
            {"label": _("Published on"), "value": item.published_on.isoformat()}
        )
    return facts


def _back(item: Item) -> HttpResponse:
    return redirect("items-console:item", item_id=item.pk)
