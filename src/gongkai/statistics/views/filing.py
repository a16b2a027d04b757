"""The page of a return, and each act on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gongkai import returns
from gongkai.agencies.acting import scope_of_request
from gongkai.agencies.roles import READERS
from gongkai.registry.access import staff
from gongkai.registry.measures import Record
from gongkai.registry.once import new_token, once
from gongkai.statistics import entries, figures, filed, permissions, provenance, sums
from gongkai.statistics import shown as printed
from gongkai.statistics.exceptions import BadFigure, FilingRefused
from gongkai.statistics.figures import Cell, ComputedForm
from gongkai.statistics.forms import (
    BeginForm,
    FootForm,
    NoteForm,
    OverrideForm,
    RemarkForm,
    ReturnForm,
)
from gongkai.statistics.models import Filing, FilingCell, Reach
from gongkai.statistics.services import deciding
from gongkai.statistics.services import filing as acts
from gongkai.statistics.services.filing import Foot
from gongkai.statistics.views.fetching import (
    agency_or_404,
    may_reach_below,
    period_name,
    period_or_404,
    visible_agencies,
)

ROLES = permissions.ROLES
SHOWN_DIFFERENCES = 60


@dataclass(frozen=True)
class Opened:
    """The chosen cell: its two values, its records as they were counted, remarks."""

    cell: Cell
    records: list[Record]
    page: Page[Any] | None
    remarks: list[Any]


@dataclass(frozen=True)
class Warned:
    """A warning with its note, or with the form to write one."""

    broken: returns.Broken
    note: Any
    form: NoteForm | None


@staff(*ROLES)
@require_POST
def begin(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The draft of a body's return for a year, or its next version."""
    agency = agency_or_404(request, slug, year)
    name = request.POST.get("form", "")
    reach = request.POST.get("reach", Reach.OWN)
    if name not in returns.list_forms() or reach not in Reach.values:
        raise Http404
    if reach != Reach.OWN and not may_reach_below(request, agency):
        raise Http404
    form = BeginForm(request.POST)
    note = form.cleaned_data["public_note"] if form.is_valid() else ""
    try:
        filing = acts.begin(
            by=scope_of_request(request),
            agency=agency,
            form=returns.load_form(name),
            period=period_or_404(request.POST.get("period", ""), year),
            reach=Reach(reach),
            public_note=note,
        )
    except FilingRefused as error:
        for sentence in error.sentences:
            messages.error(request, sentence)
        back = redirect("statistics:form", slug=slug, year=year)
        back["Location"] += f"?form={name}"
        return back
    return redirect("statistics:filing", filing_id=filing.pk)


@staff(*READERS)
@require_safe
def filing(request: HttpRequest, filing_id: int) -> HttpResponse:
    return _page(request, filing_or_404(request, filing_id))


@staff(*READERS)
@require_safe
def versions(request: HttpRequest, filing_id: int) -> HttpResponse:
    """All versions of a return side by side: what differs between them."""
    found = filing_or_404(request, filing_id)
    official = filed.form_of(found)
    known = filed.versions(found).order_by("version").prefetch_related("remarks")
    each = list(known.select_related("agency", "filed_by__person"))
    values = [filed.shown(one).values for one in each]
    beside = [
        (row, [one.get(key) for one in values]) for key, row in official.by_key.items()
    ]
    context = {
        "filing": found,
        "official": official,
        "versions": each,
        "rows": [(row, told) for row, told in beside if len(set(told)) > 1],
    }
    return render(request, "statistics/versions.html", context)


def filing_or_404(request: HttpRequest, filing_id: int) -> Filing:
    found = Filing.objects.filter(agency__in=visible_agencies(request).order_by())
    return get_object_or_404(
        found.select_related("agency", "filed_by__person", "decided_by__person"),
        pk=filing_id,
    )


def _page(
    request: HttpRequest, found: Filing, bound: Mapping[str, BaseForm] | None = None
) -> HttpResponse:
    computed, by = filed.shown(found), scope_of_request(request)
    official, bound = computed.form, bound or {}
    may_prepare = found.is_draft and permissions.can_prepare(by, found.agency)
    waits = found.state == Filing.State.FILED
    remarks = list(found.remarks.select_related("by__person"))
    context = {
        "filing": found,
        "computed": computed,
        "official": official,
        "is_list": printed.is_list(official),
        "lines": [Row(cell) for cell in computed.cells],
        "tables": printed.tables(official, computed.by_key),
        "opened": _opened(request, found, computed, remarks),
        "warnings": _warnings(found, computed, may_prepare, bound),
        "quality": filed.quality(computed, found.explanations.count()),
        "period_name": period_name(found.period),
        "versions": filed.versions(found).select_related("filed_by__person"),
        "remarks": [(one, _label(official, one.key)) for one in remarks],
        # Counts the ledgers anew, which reading what was filed does not.
        "changes": _changes(found, official) if "compare" in request.GET else None,
        "is_intact": found.is_draft or filed.is_intact(found),
        "override_form": _override_form(request, computed, bound),
        "remark_form": bound.get("remark") or RemarkForm(initial=_asked_key(request)),
        "return_form": bound.get("return") or ReturnForm(),
        "errors_of": next(iter(bound.values()), None),
        "may_prepare": may_prepare,
        "may_file": found.is_draft and permissions.can_file(by, found),
        "may_decide": waits and permissions.can_decide(by, found),
        "may_correct": found.state in {Filing.State.ACCEPTED, Filing.State.RETURNED}
        and permissions.can_prepare(by, found.agency),
        "begin_form": BeginForm(),
        "is_early": found.is_draft and timezone.localdate() <= found.last,
    }
    return render(request, "statistics/filing.html", context)


@dataclass(frozen=True)
class Row:
    """A row of the form of 2014; a return shows no year before."""

    cell: Cell
    before: None = None


def _asked_key(request: HttpRequest) -> dict[str, str]:
    return {"key": request.GET.get("cell", "")}


def _override_form(
    request: HttpRequest, computed: ComputedForm, bound: Mapping[str, BaseForm]
) -> BaseForm:
    cell = computed.by_key.get(request.GET.get("cell", ""))
    if "override" in bound or cell is None:
        return bound.get("override") or OverrideForm()
    value = "" if cell.value is None else str(cell.value)
    return OverrideForm(initial={"key": cell.row.key, "value": value})


def _label(official: returns.Form, key: str) -> str:
    row = official.by_key.get(key)
    return row.name if row else ""


def _opened(
    request: HttpRequest, found: Filing, computed: ComputedForm, remarks: list[Any]
) -> Opened | None:
    key = request.GET.get("cell", "") or request.POST.get("key", "")
    cell = computed.by_key.get(key)
    if cell is None:
        return None
    records, page = _records(request, found, computed, key)
    told = [one for one in remarks if one.key == key]
    return Opened(cell, records, page, told)


def _records(
    request: HttpRequest, found: Filing, computed: ComputedForm, key: str
) -> tuple[list[Record], Page[Any] | None]:
    number = request.GET.get("page", "1")
    measure = entries.measure_of(key)
    if found.is_uploaded or measure is None:
        return [], None
    if found.is_sum:
        page, records = sums.page_of_parts(found, key, number)
        return records, page
    if found.is_draft:
        asked = figures.asked_for(found.agency, found.period, computed.as_of)
        page, records = figures.drill_down(measure, asked, number)
        return records, page
    cell = FilingCell.objects.get(filing=found, key=key)
    if not cell.record_model:
        return [], None
    ids, records = provenance.records_of(cell, measure, number)
    return records, ids.get_page(number)


def _warnings(
    found: Filing,
    computed: ComputedForm,
    may_prepare: bool,
    bound: Mapping[str, BaseForm],
) -> list[Warned]:
    notes = filed.explained(found)
    form = bound.get("explain")
    told = []
    for one in computed.result.warnings:
        relation = str(one.relation)
        note = notes.get((relation, one.message))
        own: Any = NoteForm(initial={"relation": relation}, auto_id=False)
        if form is not None and form["relation"].value() == relation:
            own = form
        told.append(Warned(one, note, own if may_prepare and note is None else None))
    return told


def _changes(found: Filing, official: returns.Form) -> list[tuple[str, Any, Any]]:
    told = filed.differences(found, timezone.now())[:SHOWN_DIFFERENCES]
    return [(_label(official, key), then, now) for key, then, now in told]


# Acts


Given = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """``form``: what is typed; ``confirm``: asked again, as it cannot be undone."""

    form: type[BaseForm] | None
    do: Callable[[Any, Filing, Given], object]
    said: str | Promise
    title: str | Promise = ""
    consequences: tuple[str | Promise, ...] = ()


def _override(by: Any, found: Filing, given: Given) -> object:
    return acts.override(
        by=by,
        filing=found,
        key=given["key"],
        value=given["value"].strip() or None,
        reason=given["reason"],
    )


def _file(by: Any, found: Filing, given: Given) -> object:
    return acts.file(by=by, filing=found, foot=Foot(**given))


def _give_back(by: Any, found: Filing, given: Given) -> object:
    of_the_whole = given["text"].strip()
    remarks = {"": of_the_whole} if of_the_whole else {}
    return deciding.give_back(by=by, filing=found, remarks=remarks)


ACTS: Mapping[str, Act] = {
    "refresh": Act(
        None,
        lambda by, found, given: acts.refresh(by=by, filing=found),
        gettext_lazy("Counted again as of now."),
    ),
    "override": Act(OverrideForm, _override, gettext_lazy("The value was put in.")),
    "explain": Act(
        NoteForm,
        lambda by, found, given: acts.explain(by=by, filing=found, **given),
        gettext_lazy("The note was kept with the return."),
    ),
    "remark": Act(
        RemarkForm,
        lambda by, found, given: deciding.remark(by=by, filing=found, **given),
        gettext_lazy("The remark was kept."),
    ),
    "return": Act(
        ReturnForm, _give_back, gettext_lazy("The return went back with its remarks.")
    ),
    "file": Act(
        FootForm,
        _file,
        gettext_lazy("The return is filed and sealed."),
        gettext_lazy("Sign and file"),
        (
            gettext_lazy("Every figure is frozen with the records that made it."),
            gettext_lazy("Whatever changes afterwards needs a new version."),
        ),
    ),
    "accept": Act(
        None,
        lambda by, found, given: deciding.accept(by=by, filing=found),
        gettext_lazy("The return was accepted."),
        gettext_lazy("Accept the return"),
        (gettext_lazy("It is locked. A correction is a new version with a note."),),
    ),
}


@staff(*ROLES)
def act(request: HttpRequest, filing_id: int, act: str) -> HttpResponse:
    found, row = filing_or_404(request, filing_id), ACTS.get(act)
    if row is None or (request.method != "POST" and not row.title):
        raise Http404
    if not _may(request, found, act):
        raise PermissionDenied
    form = _form_of(request, row, found)
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form is not None else {}
        try:
            return once(request, lambda: _done(request, found, row, given))
        except FilingRefused as error:
            form = _refused(request, form, error)
    if row.title:
        return _confirm(request, found, row, form)
    return _page(
        request, filing_or_404(request, filing_id), {act: form} if form else {}
    )


def _may(request: HttpRequest, found: Filing, act: str) -> bool:
    """Whether the person holds a post for it; the service checks the state."""
    by = scope_of_request(request)
    if act == "file":
        return permissions.can_file(by, found)
    if act in {"accept", "return", "remark"}:
        return permissions.can_decide(by, found)
    return permissions.can_prepare(by, found.agency)


def _form_of(request: HttpRequest, row: Act, found: Filing) -> Any:
    if row.form is None:
        return None
    data = request.POST if request.method == "POST" else None
    if row.form is FootForm:
        # A copy: the service writes the row, the form only reads it.
        copy = Filing.objects.get(pk=found.pk)
        return FootForm(data, instance=copy, initial=_signing(request))
    return row.form(data)


def _signing(request: HttpRequest) -> dict[str, object]:
    name = request.user.person.name if request.user.is_authenticated else ""
    return {"head": name, "filled_on": timezone.localdate()}


def _done(request: HttpRequest, found: Filing, row: Act, given: Given) -> HttpResponse:
    row.do(scope_of_request(request), found, given)
    messages.success(request, str(row.said))
    answer = redirect("statistics:filing", filing_id=found.pk)
    if key := given.get("key"):
        answer["Location"] += f"?cell={key}#records"
    return answer


def _refused(request: HttpRequest, form: Any, error: FilingRefused) -> Any:
    if form is None:
        for sentence in error.sentences:
            messages.error(request, sentence)
        return None
    field = error.field if isinstance(error, BadFigure) else ""
    form.add_error(field if field in form.fields else None, list(error.sentences))
    return form


def _confirm(request: HttpRequest, found: Filing, row: Act, form: Any) -> HttpResponse:
    quality = filed.quality(filed.shown(found), found.explanations.count())
    facts = [
        {"label": _("Agency"), "value": found.body_name},
        {"label": _("Period"), "value": f"{found.first} – {found.last}"},
        {"label": _("Figures computed"), "value": str(quality.computed)},
        {"label": _("Figures by hand"), "value": str(quality.by_hand)},
        {"label": _("Computed figures overridden"), "value": str(quality.overridden)},
        {"label": _("Cells left open"), "value": str(quality.unknown)},
        {"label": _("Warnings explained"), "value": str(quality.explained)},
    ]
    context = {
        "filing": found,
        "form": form or (),
        "title": row.title,
        "act": row.title,
        "facts": facts,
        "consequences": row.consequences,
        "cancel_url": reverse("statistics:filing", args=[found.pk]),
        "once": new_token(),
        "quiet": True,
    }
    return render(request, "statistics/confirm.html", context)
