"""The last look before an item is handed in: what is missing, what was found."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.acting import scope_of_request
from gongkai.items import permissions, rules
from gongkai.items.forms import SubmitForm
from gongkai.items.inspecting import inspect_draft
from gongkai.items.inspection import Severity
from gongkai.items.models import FlowStep, Item
from gongkai.items.models.flow import ITEMS
from gongkai.items.services import reviewing, stepping
from gongkai.items.showing import PUBLIC, body_of, draft_files, given_rows_of, rows_of
from gongkai.items.views.console.fetching import item_or_404
from gongkai.items.views.console.refusals import REFUSALS, add_to_form
from gongkai.registry.access import staff


@staff(*permissions.EDITORS)
def submit(request: HttpRequest, item_id: int) -> HttpResponse:
    """Reads every attachment to look into it; POST hands the item in."""
    item, scope = item_or_404(request, item_id), scope_of_request(request)
    if not permissions.can_edit(scope, item):
        # Also what a second press of the button comes to.
        messages.info(request, _("The item was handed in already."))
        return redirect("items-console:item", item_id=item.pk)
    form = SubmitForm(request.POST or None, initial={"revision": item.draft.revision})
    if request.method == "POST" and form.is_valid():
        try:
            version = reviewing.submit(
                by=scope, item=item, revision=form.cleaned_data["revision"]
            )
        except REFUSALS as error:
            add_to_form(form, error)
        else:
            messages.success(
                request,
                _("Version %(number)s was handed in.") % {"number": version.number},
            )
            return redirect("items-console:item", item_id=item.pk)
    return render(request, "items/console/submit.html", _context(item, form))


def _context(item: Item, form: SubmitForm) -> dict[str, object]:
    draft, today = item.draft, timezone.localdate()
    hints = inspect_draft(draft)
    return {
        "item": item,
        "form": form,
        "missing": list(rules.missing_for_submission(draft, item, today)),
        "serious": [hint for hint in hints if hint.severity == Severity.SERIOUS],
        "notes": [hint for hint in hints if hint.severity != Severity.SERIOUS],
        "flow": _flow(item, stepping.flow_of(item.agency_id, ITEMS)),
        "body": body_of(draft),
        "metadata": given_rows_of(draft, PUBLIC),
        "rows": rows_of(draft),
        "files": draft_files(draft.files.select_related("stored")),
    }


def _flow(item: Item, steps: list[FlowStep]) -> list[dict[str, object]]:
    """The way ahead, as ``web/_stepper.html`` takes it."""
    ahead: list[dict[str, object]] = [
        {
            "label": step.get_kind_display(),
            "note": _where(step),
            "state": "todo",
        }
        for step in steps
    ]
    last: dict[str, object] = (
        {"label": _("Publish"), "note": _("by you or a colleague"), "state": "todo"}
        if item.draft.attribute == "proactive"
        else {"label": _("Kept closed"), "note": "", "state": "todo"}
    )
    drafted: dict[str, object] = {
        "label": _("Draft"),
        "note": _("you are here"),
        "state": "now",
    }
    return [drafted, *ahead, last]


def _where(step: FlowStep) -> str:
    post = step.get_role_display()
    return f"{step.agency.name} · {post}" if step.agency else post
