"""Reports coming in: files, and what is published already."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.models import Agency
from gongkai.items.choices import Kind
from gongkai.items.models import Item
from gongkai.registry.access import staff
from gongkai.registry.files import FileTooLarge
from gongkai.reportreader import MAX_BYTES
from gongkai.reports.exceptions import Unreadable
from gongkai.reports.forms import UploadForm
from gongkai.reports.models import Reading
from gongkai.reports.permissions import EDITORS
from gongkai.reports.querysets import unread_reports
from gongkai.reports.services import reading
from gongkai.reports.views.console.fetching import editable_agencies

PAGE_SIZE = 20


@staff(*EDITORS)
def new(request: HttpRequest) -> HttpResponse:
    agencies = editable_agencies(request)
    if not agencies:
        raise PermissionDenied
    if request.method == "POST":
        form = UploadForm(agencies, request.POST, request.FILES)
        if form.is_valid():
            answer = _taken(request, form)
            if answer is not None:
                return answer
    else:
        acting = acting_agency(request)
        form = UploadForm(
            agencies, initial={"agency": acting.slug if acting in agencies else ""}
        )
    return render(request, "reports/console/new.html", _context(request, form))


def _context(request: HttpRequest, form: UploadForm) -> dict[str, Any]:
    ids = [one.pk for one in editable_agencies(request)]
    unread = (
        unread_reports()
        .filter(agency__in=ids)
        .for_public_list()
        .select_related("live", "agency")
        .newest_first()
    )
    page = Paginator(unread, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    return {"form": form, "page_obj": page, "names_agency": len(ids) > 1}


def _taken(request: HttpRequest, form: UploadForm) -> HttpResponse | None:
    """None where no file could be taken: the form says why, file by file."""
    done: list[Reading] = []
    for file in form.cleaned_data["uploads"]:
        try:
            done.append(_add(request, form.whose, file))
        except Unreadable as error:
            form.add_error("uploads", error.sentence)
    if not done:
        return None
    for sentence in form.errors.get("uploads", ()):
        messages.error(request, str(sentence))
    if len(done) == 1:
        return redirect(done[0])
    return redirect("reports-console:list")


def _add(request: HttpRequest, agency: Agency, file: Any) -> Reading:
    if file.size > MAX_BYTES:
        sentence = _("“%(name)s” is larger than %(size)d MB. Save it without pictures.")
        told = {"name": file.name, "size": MAX_BYTES // 1024 // 1024}
        raise Unreadable(sentence % told)
    try:
        added = reading.add_file(
            by=scope_of_request(request),
            agency=agency,
            name=file.name,
            data=file.read(),
        )
    except FileTooLarge as error:
        raise Unreadable(_("“%(name)s” is too large.") % {"name": file.name}) from error
    _say(request, added)
    return added.reading


def _say(request: HttpRequest, added: reading.Added) -> None:
    told = {"name": added.reading.name}
    if not added.is_new:
        sentence = _("“%(name)s” was read here before; this is that reading.")
        messages.info(request, sentence % told)
    elif added.reading.is_read:
        messages.success(request, _("“%(name)s” was read.") % told)
    else:
        sentence = _("“%(name)s” is large and is being read; it will show in the list.")
        messages.info(request, sentence % told)


@staff(*EDITORS)
@require_POST
def pick(request: HttpRequest, item_id: int) -> HttpResponse:
    by = scope_of_request(request)
    ids = [one.pk for one in editable_agencies(request)]
    public = Item.objects.visible_to_public().filter(kind=Kind.ANNUAL_REPORT)
    item = get_object_or_404(public.filter(agency__in=ids), pk=item_id)
    try:
        added = reading.add_item(by=by, item=item)
    except Unreadable as error:
        messages.error(request, error.sentence)
        return redirect("reports-console:new")
    _say(request, added)
    return redirect(added.reading)
