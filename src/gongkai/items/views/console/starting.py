"""Beginning an item, and throwing away one that never went anywhere."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.agencies.acting import acting_agency, own_agencies, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import Column
from gongkai.items import permissions
from gongkai.items.choices import Kind
from gongkai.items.forms import NewItemForm
from gongkai.items.models import Item
from gongkai.items.services import drafting, publishing
from gongkai.items.views.console.fetching import item_or_404
from gongkai.items.views.console.refusals import REFUSALS, add_to_form, tell
from gongkai.registry.access import staff
from gongkai.registry.once import new_token, once


@staff(*permissions.EDITORS)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the column, or hand over a Word file that fills the draft as well."""
    agency, others = _agency(request)
    asked = request.GET.get("column", "")
    initial = {"kind": Kind.NOTICE, "column": asked if asked.isdecimal() else ""}
    form = NewItemForm(
        agency, request.POST or None, request.FILES or None, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _start(request, agency, form)
        except REFUSALS as error:
            add_to_form(form, error, "document")
    context = {
        "form": form,
        "agency": agency,
        "others": others,
        "once": new_token(),
    }
    return render(request, "items/console/new.html", context)


def _agency(request: HttpRequest) -> tuple[Agency, list[Agency]]:
    """The agency that the item is for, and the others that one drafts for."""
    scope = scope_of_request(request)
    mine = [
        one for one in own_agencies(request) if permissions.can_start(scope, one.pk)
    ]
    asked = request.GET.get("agency", "")
    acting = acting_agency(request)
    if asked:
        chosen = next((one for one in mine if one.slug == asked), None)
    else:
        chosen = acting if acting in mine else mine[0]
    if chosen is None:
        raise Http404
    return chosen, [one for one in mine if one != chosen]


def _start(request: HttpRequest, agency: Agency, form: NewItemForm) -> HttpResponse:
    told, started = form.cleaned_data, list[Item]()

    def start() -> HttpResponse:
        item = drafting.start_draft(
            by=scope_of_request(request),
            agency=agency,
            column=Column.objects.get(pk=told["column"], agency=agency),
            kind=told["kind"],
        )
        started.append(item)
        return redirect("items-console:edit", item_id=item.pk)

    answer = once(request, start)
    if started and told["document"]:
        _fill(request, started[0], told["document"])
    return answer


def _fill(request: HttpRequest, item: Item, upload: Any) -> None:
    """From Word, after the draft exists; without the text there is no draft."""
    scope = scope_of_request(request)
    try:
        _draft, document = drafting.fill_from_word(
            by=scope, item=item, name=upload.name, data=upload.read()
        )
    except REFUSALS:
        publishing.discard_never_published(by=scope, item=item)
        raise
    messages.success(
        request,
        _("“%(name)s” was read. Compare the fields with the file before you go on.")
        % {"name": upload.name},
    )
    for note in document.notes:
        messages.warning(request, note.message)


@staff(*permissions.EDITORS)
def discard(request: HttpRequest, item_id: int) -> HttpResponse:
    item = item_or_404(request, item_id)
    if request.method == "POST":
        try:
            publishing.discard_never_published(by=scope_of_request(request), item=item)
        except REFUSALS as error:
            tell(request, error)
            return redirect("items-console:item", item_id=item.pk)
        messages.success(request, _("The draft was discarded."))
        return redirect("items-console:list")
    context = {
        "item": item,
        "facts": [
            {"label": _("Title"), "value": item.draft.title or _("(no title yet)")},
            {"label": _("Attachments"), "value": str(item.draft.files.count())},
        ],
        "consequences": [_("The text and its attachments are deleted for good.")],
        "title": _("Discard the draft"),
        "act": _("Discard the draft"),
        "back": reverse("items-console:item", args=[item.pk]),
    }
    return render(request, "items/console/confirm.html", context)
