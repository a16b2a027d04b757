"""The page on which an item is written."""

from typing import Any

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from js_asset import Media

from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.scope import Scope
from gongkai.items import permissions
from gongkai.items.editor_words import editor_words
from gongkai.items.exceptions import EditedElsewhere, NotAllowedNow
from gongkai.items.forms import DraftForm
from gongkai.items.models import Item
from gongkai.items.services import drafting
from gongkai.items.showing import draft_files
from gongkai.items.views.console.fetching import item_or_404
from gongkai.items.views.console.refusals import REFUSALS, add_to_form, sentences
from gongkai.registry.access import staff

# The one style that the editor puts into the page by itself.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


@staff(*permissions.EDITORS)
@never_cache
@csp_update({"script-src": [NONCE], "style-src": [EDITOR_STYLE]})  # type: ignore[arg-type]
def edit(request: HttpRequest, item_id: int) -> HttpResponse:
    """One form: every button saves first, so that nothing typed is lost.

    ``act`` tells what to do besides: attach, fill (from Word), check; ``detach``
    names a file to take off. A script's request saves and answers in JSON.
    """
    item, scope = item_or_404(request, item_id), scope_of_request(request)
    if not permissions.can_edit(scope, item):
        return _not_now(request, item)
    form = DraftForm(request.POST or None, request.FILES or None, instance=item.draft)
    if request.headers.get("X-Requested-With") == "autosave":
        return _autosave(scope, item, form)
    if request.method == "POST" and form.is_valid():
        answer = _save(request, scope, item, form)
        if answer is not None:
            return answer
    return render(request, "items/console/edit.html", _context(request, item, form))


def _not_now(request: HttpRequest, item: Item) -> HttpResponse:
    messages.info(
        request,
        _("The item is not being drafted now. Take it back into drafting first."),
    )
    return redirect("items-console:item", item_id=item.pk)


def _context(request: HttpRequest, item: Item, form: DraftForm) -> dict[str, Any]:
    files = item.draft.files.select_related("stored")
    return {
        "item": item,
        "form": form,
        "files": draft_files(files),
        "pictures": sum(file.is_picture for file in files),
        "media": Media.from_media(form.media, nonce=request.csp_nonce),  # type: ignore[attr-defined]
        "editor_words": editor_words(),
        "returned": _opinion(item),
    }


def _opinion(item: Item) -> str:
    """What the reviewer wrote who returned the item last."""
    if item.stage != "returned":
        return ""
    decisions = item.versions.filter(steps__decision__outcome="returned")
    told = decisions.order_by("-number").values_list(
        "steps__decision__opinion", "steps__decision__outcome"
    )
    return next((str(text) for text, outcome in told if outcome == "returned"), "")


def _save(
    request: HttpRequest, scope: Scope, item: Item, form: DraftForm
) -> HttpResponse | None:
    """The answer to go on with, or None where something was refused."""
    act = request.POST.get("act", "save")
    try:
        draft = drafting.save_draft(
            by=scope,
            item=item,
            fields=form.told(),
            revision=form.cleaned_data["revision"],
        )
    except REFUSALS as error:
        add_to_form(form, error)
        return None
    # From here on the typing is kept: what is refused below starts from the new state.
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["revision"] = str(draft.revision)  # type: ignore[index]
    back = redirect("items-console:edit", item_id=item.pk)
    if public_id := request.POST.get("detach"):
        drafting.detach(by=scope, item=item, public_id=public_id)
        messages.success(request, _("The attachment was taken off."))
        back["Location"] += "#files"
        return back
    if form.cleaned_data["files"] and not _attach(request, scope, item, form):
        return None
    if form.cleaned_data["document"] and act == "fill":
        return back if _fill(request, scope, item, form) else None
    if act == "check":
        return redirect("items-console:submit", item_id=item.pk)
    messages.success(request, _("Saved."))
    if form.cleaned_data["files"]:
        back["Location"] += "#files"
    return back


def _attach(request: HttpRequest, scope: Scope, item: Item, form: DraftForm) -> bool:
    is_whole = True
    for upload in form.cleaned_data["files"]:
        try:
            drafting.attach(
                by=scope, item=item, name=upload.name, upload=upload.chunks()
            )
        except REFUSALS as error:
            add_to_form(form, error, "files")
            is_whole = False
    if not is_whole:
        item.draft.refresh_from_db()
        form.data["revision"] = str(item.draft.revision)  # type: ignore[index]
    return is_whole


def _fill(request: HttpRequest, scope: Scope, item: Item, form: DraftForm) -> bool:
    upload = form.cleaned_data["document"]
    try:
        _draft, document = drafting.fill_from_word(
            by=scope, item=item, name=upload.name, data=upload.read()
        )
    except REFUSALS as error:
        add_to_form(form, error, "document")
        return False
    messages.success(
        request,
        _("“%(name)s” was read. Compare the fields with the file before you go on.")
        % {"name": upload.name},
    )
    for note in document.notes:
        messages.warning(request, note.message)
    return True


def _autosave(scope: Scope, item: Item, form: DraftForm) -> HttpResponse:
    """Uploads wait for a button; a value that does not fit is left to it too."""
    if not form.is_valid():
        return JsonResponse({"problem": _("Not saved: a field needs you.")}, status=422)
    if not (set(form.changed_data) - {"files", "document", "revision"}):
        return JsonResponse({"revision": item.draft.revision})
    try:
        draft = drafting.save_draft(
            by=scope,
            item=item,
            fields=form.told(),
            revision=form.cleaned_data["revision"],
        )
    except (EditedElsewhere, NotAllowedNow) as error:
        return JsonResponse({"problem": sentences(error)[0]}, status=409)
    return JsonResponse({"revision": draft.revision})
