"""An item with everything about it; one version; two versions compared."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.agencies.scope import Scope
from gongkai.items import permissions
from gongkai.items.acts import acts_for
from gongkai.items.comparing import compare
from gongkai.items.forms import PlanForm, ReleaseForm
from gongkai.items.history import history_of
from gongkai.items.models import Item, Step, Version
from gongkai.items.showing import (
    body_of,
    draft_files,
    process_of,
    public_url,
    rows_of,
    version_files,
)
from gongkai.items.states import tag_of
from gongkai.items.views.console.fetching import (
    current_step,
    item_or_404,
    newest_version,
    version_or_404,
)
from gongkai.registry.access import staff


@dataclass(frozen=True)
class ShownVersion:
    version: Version
    is_live: bool
    outcome: str
    state: str
    diff_url: str


@staff(*READERS)
@require_safe
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    return item_page(request, item_or_404(request, item_id))


def item_page(
    request: HttpRequest,
    item: Item,
    plan_form: PlanForm | None = None,
    release_form: ReleaseForm | None = None,
) -> HttpResponse:
    """The record of an item. A form that was refused comes back as it was typed."""
    scope = scope_of_request(request)
    newest, step = newest_version(item), current_step(item)
    is_drafted = newest is None or item.stage in {"draft", "returned"}
    shown = item.draft if is_drafted or newest is None else newest
    acts = acts_for(scope, item)
    releases = item.releases.select_related(
        "outlet", "proof_file", "entered_by__person"
    )
    refused = plan_form or release_form
    context = {
        "item": item,
        "tag": tag_of(item),
        "public_url": public_url(item),
        "acts": acts,
        "can_release": acts["release-add"].allowed,
        "closed_acts": [act for act in acts.values() if not act.allowed],
        "step": step,
        "can_decide": step is not None and permissions.can_decide(scope, step),
        "shown": shown,
        "is_drafted": is_drafted,
        "newest": newest,
        "body": body_of(shown),
        "rows": rows_of(shown),
        "files": _files(shown),
        "versions": _versions(item),
        "releases": list(releases),
        "changes": list(item.changes.select_related("made_by__person")),
        "process": process_of(newest),
        "history": history_of(item),
        "plan_form": plan_form or PlanForm(),
        "release_form": release_form
        or ReleaseForm(item.agency, initial={"on": timezone.localdate()}),
        "form": refused,
        "waits_on": _waits_on(step, scope),
    }
    return render(request, "items/console/item.html", context)


def _waits_on(step: Step | None, scope: Scope) -> str:
    if step is None:
        return ""
    return f"{step.get_kind_display()} · {step.agency.name} · {step.get_role_display()}"


def _files(shown: object) -> list[object]:
    if isinstance(shown, Version):
        findings = list(shown.findings.all())
        return [*version_files(shown.files.select_related("stored"), findings)]
    return [*draft_files(shown.files.select_related("stored"))]  # type: ignore[attr-defined]


def _versions(item: Item) -> list[ShownVersion]:
    """The newest first. Two queries."""
    versions = list(
        item.versions.select_related("author_person")
        .prefetch_related("steps__decision")
        .defer("body", "summary")
        .order_by("-number")
    )
    return [_shown_version(item, version) for version in versions]


def _shown_version(item: Item, version: Version) -> ShownVersion:
    decisions = [
        decision
        for step in version.steps.all()
        if (decision := getattr(step, "decision", None)) is not None
    ]
    outcome, state = _("In review"), "info"
    if any(decision.outcome == "returned" for decision in decisions):
        outcome, state = _("Returned"), "bad"
    elif len(decisions) == len(version.steps.all()):
        outcome, state = _("Passed"), "ok"
    elif not any(step.is_current for step in version.steps.all()):
        outcome, state = _("Taken back"), ""
    before = version.number - 1
    diff_url = (
        reverse("items-console:diff", args=[item.pk, before, version.number])
        if before
        else ""
    )
    return ShownVersion(version, version.pk == item.live_id, outcome, state, diff_url)


@staff(*READERS)
@require_safe
def version(request: HttpRequest, item_id: int, number: int) -> HttpResponse:
    found = item_or_404(request, item_id)
    shown = version_or_404(found, number)
    findings = list(shown.findings.select_related("explanation__explained_by__person"))
    context = {
        "item": found,
        "version": shown,
        "is_live": shown.pk == found.live_id,
        "body": body_of(shown, findings),
        "rows": rows_of(shown),
        "files": version_files(shown.files.select_related("stored"), findings),
        "findings": findings,
        "process": process_of(shown),
        "crumbs": _crumbs(found, _("Version %(number)s") % {"number": number}),
    }
    return render(request, "items/console/version.html", context)


@staff(*READERS)
@require_safe
def diff(request: HttpRequest, item_id: int, old: int, new: int) -> HttpResponse:
    found = item_or_404(request, item_id)
    before, after = version_or_404(found, old), version_or_404(found, new)
    context = {
        "item": found,
        "before": before,
        "after": after,
        "comparison": compare(before, after),
        "numbers": [*found.versions.values_list("number", flat=True)],
        "crumbs": _crumbs(found, _("Compare versions")),
    }
    return render(request, "items/console/diff.html", context)


def _crumbs(item: Item, here: str) -> list[tuple[str, str]]:
    title = item.draft.title or _("(no title yet)")
    return [
        (_("Items"), reverse("items-console:list")),
        (title, reverse("items-console:item", args=[item.pk])),
        (here, ""),
    ]
