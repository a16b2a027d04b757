"""The page on which a reviewer judges one version, and what its buttons do."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.agencies.scope import Scope
from gongkai.items import permissions, rules
from gongkai.items.choices import Outcome
from gongkai.items.comparing import Comparison, compare
from gongkai.items.exceptions import AlreadyDecided, ItemRefused
from gongkai.items.forms import ReviewForm, reason_name
from gongkai.items.models import Finding, Item, Opening, Step, Version
from gongkai.items.services import reviewing
from gongkai.items.showing import (
    PUBLIC,
    body_of,
    given_rows_of,
    process_of,
    rows_of,
    version_files,
)
from gongkai.items.todos import steps_to_decide
from gongkai.items.views.console.fetching import (
    current_step,
    item_or_404,
    version_or_404,
)
from gongkai.items.views.console.refusals import add_to_form, tell
from gongkai.registry.access import staff

VIEWS = ("public", "diff", "data")


@dataclass(frozen=True)
class ShownFinding:
    """``anchor`` is where it stands in the text; ``field`` takes the reason."""

    finding: Finding
    anchor: str
    field: object | None
    explain_url: str


@staff(*READERS)
def review(request: HttpRequest, item_id: int) -> HttpResponse:
    item, scope = item_or_404(request, item_id), scope_of_request(request)
    step = current_step(item)
    if step is None:
        messages.info(request, _("The item does not wait for a decision now."))
        return redirect("items-console:item", item_id=item.pk)
    if not permissions.can_decide(scope, step):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, item, step)
    kept = request.session.pop(_opinion_key(step), "")
    form = _form(step.version, opinion=kept)
    return _page(request, item, step, form)


def _decide(request: HttpRequest, item: Item, step: Step) -> HttpResponse:
    form = _form(step.version, request.POST)
    outcome = request.POST.get("outcome", "")
    if outcome not in Outcome.values or not form.is_valid():
        form.add_error(None, _("Choose one of the two: approve or return."))
        return _page(request, item, step, form)
    try:
        reviewing.decide(
            by=scope_of_request(request),
            step=step,
            outcome=outcome,
            content_hash=form.cleaned_data["content_hash"],
            opinion=form.cleaned_data["opinion"],
        )
    except AlreadyDecided as error:
        tell(request, error)
        return redirect("items-console:item", item_id=item.pk)
    except ItemRefused as error:
        add_to_form(form, error)
        return _page(request, item, step, form)
    return _next(request, step.version, outcome)


def _next(request: HttpRequest, version: Version, outcome: str) -> HttpResponse:
    """On to what has waited longest; the notice tells what was done."""
    said = (
        _("Approved: %(title)s")
        if outcome == Outcome.APPROVED
        else _("Returned: %(title)s")
    )
    messages.success(request, said % {"title": version.title})
    following = (
        steps_to_decide(scope_of_request(request)).select_related("version").first()
    )
    if following is None:
        return redirect("console:home")
    return redirect("items-console:review", item_id=following.version.item_id)


@staff(*READERS)
@require_POST
def explain(request: HttpRequest, item_id: int, finding_id: int) -> HttpResponse:
    """Records one reason; the opinion typed so far is kept for the page to come."""
    item = item_or_404(request, item_id)
    step = current_step(item)
    findings = Finding.objects.filter(version__item=item).select_related(
        "version__item"
    )
    finding = get_object_or_404(findings, pk=finding_id)
    if step is None or finding.version_id != step.version_id:
        messages.info(request, _("The version does not wait for this step now."))
        return redirect("items-console:item", item_id=item.pk)
    try:
        reviewing.explain(
            by=scope_of_request(request),
            finding=finding,
            reason=request.POST.get(reason_name(finding.pk), ""),
        )
    except ItemRefused as error:
        form = _form(step.version, request.POST)
        named = reason_name(finding.pk)
        add_to_form(form, error, named if named in form.fields else "")
        return _page(request, item, step, form)
    request.session[_opinion_key(step)] = request.POST.get("opinion", "")
    answer = redirect("items-console:review", item_id=item.pk)
    answer["Location"] += "#findings"
    return answer


@staff(*READERS)
@require_POST
def file_open(
    request: HttpRequest, item_id: int, number: int, public_id: str
) -> HttpResponse:
    """Notes that the person opened the file, then shows it."""
    version = version_or_404(item_or_404(request, item_id), number)
    if not version.files.filter(public_id=public_id).exists():
        raise Http404
    file = reviewing.open_file(
        by=scope_of_request(request), version=version, public_id=public_id
    )
    return redirect("files:file", public_id=file.public_id, name=file.name)


def _opinion_key(step: Step) -> str:
    return f"opinion-{step.pk}"


def _form(version: Version, data: object = None, opinion: str = "") -> ReviewForm:
    open_findings = version.findings.filter(explanation__isnull=True)
    initial = {"content_hash": version.content_hash, "opinion": opinion}
    return ReviewForm(open_findings, data, initial=initial)


def _page(
    request: HttpRequest, item: Item, step: Step, form: ReviewForm
) -> HttpResponse:
    scope, version = scope_of_request(request), step.version
    findings = list(
        version.findings.select_related("explanation__explained_by__person")
    )
    body = body_of(version, findings)
    view = request.GET.get("view", "public")
    before = _version_before(version)
    context = {
        "item": item,
        "step": step,
        "version": version,
        "before": before,
        "view": view if view in VIEWS else "public",
        "body": body,
        "metadata": given_rows_of(version, PUBLIC),
        "rows": rows_of(version),
        "comparison": _comparison(view, before, version),
        "files": version_files(
            version.files.select_related("stored"), findings, _opened(version, scope)
        ),
        "findings": [_shown(item, one, form, body.anchors) for one in findings],
        "open_count": sum(
            one.is_serious and not hasattr(one, "explanation") for one in findings
        ),
        "process": process_of(version),
        "obstacles": rules.obstacles_to_approval(version, step, scope),
        "is_own": rules.worked_on(item, scope.person_id or 0),
        "form": form,
    }
    return render(request, "items/console/review.html", context)


def _version_before(version: Version) -> Version | None:
    earlier: Version | None = (
        version.item.versions.filter(number__lt=version.number)
        .select_related("column")
        .order_by("-number")
        .first()
    )
    return earlier


def _comparison(
    view: str, before: Version | None, version: Version
) -> Comparison | None:
    return compare(before, version) if view == "diff" and before else None


def _opened(version: Version, scope: Scope) -> dict[str, datetime]:
    openings = Opening.objects.filter(
        file__version=version, person_id=scope.person_id or 0
    ).values_list("file__public_id", "opened_at")
    return dict(openings)


def _shown(
    item: Item, finding: Finding, form: ReviewForm, anchors: dict[str, str]
) -> ShownFinding:
    name = reason_name(finding.pk)
    return ShownFinding(
        finding=finding,
        anchor=anchors.get(finding.place, ""),
        field=form[name] if name in form.fields else None,
        explain_url=reverse(
            "items-console:finding-explain", args=[item.pk, finding.pk]
        ),
    )
