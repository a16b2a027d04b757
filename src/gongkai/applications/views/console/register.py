"""The register (台账): by state, filtered, found by its applicant, 50 a page."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Count, Q
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.models import Person
from gongkai.agencies.acting import acting_agency, scope_of_request
from gongkai.agencies.models import Agency, Post
from gongkai.agencies.roles import READERS
from gongkai.agencies.scope import Scope
from gongkai.applications import clock
from gongkai.applications.choices import OPEN, Stage
from gongkai.applications.forms.console import ApplicantForm, ListFilter
from gongkai.applications.models import Case
from gongkai.applications.permissions import DESK, can_see_person
from gongkai.applications.persons import masked_name
from gongkai.applications.querysets import CaseQuerySet
from gongkai.applications.transitions import HANDLERS
from gongkai.applications.views.console.parts import tag_of
from gongkai.registry import calendars
from gongkai.registry.access import staff
from gongkai.registry.listing import CountedPaginator, query_with
from gongkai.registry.sealing import blind_index

PAGE_SIZE = 50
SESSION = "case-applicants"
KEPT = 10
"""Applicants of one session that a list may be filtered by."""


@dataclass(frozen=True)
class Tab:
    state: str
    label: str
    url: str
    count: int
    is_current: bool
    is_hot: bool = False


@dataclass(frozen=True)
class Row:
    case: Case
    tag: tuple[str, str]
    applicant: str
    days_left: int | None


@dataclass(frozen=True)
class Found:
    """What the address asks for: filters, state, and the cases of all states."""

    filters: ListFilter
    state: str
    all_states: CaseQuerySet
    today: date

    @property
    def cases(self) -> CaseQuerySet:
        found = self.all_states
        if self.state == "open":
            return found.open().filter(is_stopped=False).by_urgency()
        if self.state == "stopped":
            return found.open().filter(is_stopped=True).newest_first()
        if self.state == "overdue":
            return found.overdue(self.today).by_urgency()
        if self.state == "ended":
            return found.filter(stage__in=ENDED).newest_first()
        if self.state == "filed":
            return found.filter(stage=Stage.ARCHIVED).newest_first()
        # Named, all of them, so that the index of the list serves this state, too.
        return found.filter(stage__in=Stage.values).newest_first()


@staff(*READERS)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """50 a page; 5 queries beside those of every page, however many cases."""
    found = found_by(request)
    tabs = _tabs(request, found)
    page = _page(request, found, tabs)
    chips = _chips(request, found)
    scope = scope_of_request(request)
    context = {
        "filters": found.filters,
        "applicant_form": ApplicantForm(),
        "chips": chips,
        "clear_url": "?" + urlencode({"state": found.state}),
        "tabs": tabs,
        "state": found.state,
        "who": request.GET.get("who", ""),
        "page_obj": page,
        "rows": [row_of(scope, case, found.today) for case in page.object_list],
        "shows_agency": found.filters.reads_several
        and (found.filters.chosen is None or found.filters.with_below),
        "can_start": bool(scope.agency_ids(*HANDLERS)),
        "can_find": bool(scope.agency_ids(*DESK)),
        "elsewhere": [tab for tab in tabs if tab.count and not tab.is_current],
        "is_filtered": bool(chips),
        "more_is_open": _more_is_open(found.filters),
    }
    return render(request, "applications/console/list.html", context)


@staff(*DESK)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Find by who applied. The address gets a word of this session, never a name."""
    form = ApplicantForm(request.POST)
    back = query_with(request, who="", page="")
    if not form.is_valid():
        messages.error(request, _("Enter the whole name, number or telephone."))
        return redirect(reverse("applications-console:list") + back)
    word = secrets.token_urlsafe(6)
    indexes = [
        blind_index(kind, form.cleaned_data["applicant"])
        for kind in ("name", "identity", "contact")
    ]
    known = list(request.session.get(SESSION, {}).items())[-KEPT + 1 :]
    request.session[SESSION] = {**dict(known), word: indexes}
    query = query_with(request, who=word, state="all")
    return redirect(reverse("applications-console:list") + query)


def found_by(request: HttpRequest) -> Found:
    """The filters of an address and the cases that they leave to its reader."""
    scope, today = scope_of_request(request), timezone.localdate()
    agencies = list(Agency.objects.visible_to(scope))
    acting = acting_agency(request)
    if acting is not None and acting not in agencies:
        acting = None
    filters = ListFilter(agencies, acting, _handlers(scope), request.GET)
    state = request.GET.get("state", "open")
    # Of agencies that the scope reads; by their ids alone the indexes serve the list.
    found = Case.objects.filter(agency__in=_reach(filters, agencies))
    found = _filtered(found, filters, today)
    if who := request.GET.get("who"):
        found = _of_applicant(request, found, who)
    return Found(filters, state if state in STATES else "open", found, today)


def _reach(filters: ListFilter, agencies: Sequence[Agency]) -> list[int]:
    """The chosen agency, with those below it where that was chosen; else all."""
    chosen = filters.chosen
    if chosen is None:
        return [one.pk for one in agencies]
    if not filters.with_below:
        return [chosen.pk]
    return [one.pk for one in agencies if one.path.startswith(chosen.path)]


def _handlers(scope: Scope) -> list[Person]:
    """Who handles cases in the agencies where one works oneself."""
    posts = Post.objects.filter(agency__in=scope.agency_ids(*READERS))
    people = posts.filter(role__in=HANDLERS).values("person_id")
    return list(Person.objects.filter(pk__in=people).order_by("pk")[:200])


def _filtered(found: CaseQuerySet, filters: ListFilter, today: date) -> CaseQuerySet:
    if words := filters.value("q"):
        found = found.saying(words)
    for name, column in (
        ("channel", "channel"),
        ("kind", "applicant_kind"),
        ("result", "result"),
        ("since", "received_on__gte"),
        ("until", "received_on__lte"),
    ):
        if value := filters.value(name):
            found = found.filter(**{column: value})
    if handler := filters.value("handler"):
        nobody = {"handler__isnull": True}
        found = found.filter(**(nobody if handler == "none" else {"handler": handler}))
    if days := filters.value("due"):
        calendar = calendars.calendar_of(filters.chosen)
        last = calendar.add_working_days(today, int(days)) if days != "0" else today
        found = found.due_by(last)
    return found


def _of_applicant(request: HttpRequest, found: CaseQuerySet, word: str) -> CaseQuerySet:
    """Only where one may see who applies: a match tells that, too."""
    known: dict[str, list[str]] = request.session.get(SESSION, {})
    if word not in known:
        return found.none()
    name, identity, contact = known[word]
    same = Q(name_index=name) | Q(identity_index=identity) | Q(contact_index=contact)
    # By itself, so that each of the three finds them in its own index.
    theirs = Case.objects.filter(same).values("pk")
    seen_at = scope_of_request(request).agency_ids(*DESK)
    return found.filter(pk__in=theirs, agency__in=seen_at)


ENDED = tuple(stage for stage in Stage if stage not in (*OPEN, Stage.ARCHIVED))
STATES = ("open", "overdue", "stopped", "ended", "filed", "all")


def _tabs(request: HttpRequest, found: Found) -> list[Tab]:
    """One query. By agency, as the index has them: they come counted, unsorted."""
    counted = (
        found.all_states.order_by()
        .values_list("agency", "stage")
        .annotate(
            cases=Count("pk"),
            stopped=Count("pk", filter=Q(is_stopped=True)),
            late=Count("pk", filter=Q(due_on__lt=found.today)),
        )
    )
    total = opened = stopped = overdue = filed = 0
    for _agency, stage, cases, stopped_ones, late in counted:
        total += cases
        if stage in OPEN:
            opened, stopped = opened + cases, stopped + stopped_ones
            overdue += late
        elif stage == Stage.ARCHIVED:
            filed += cases
    labels = {
        "open": (_("To handle"), opened - stopped),
        "overdue": (_("Overdue"), overdue),
        "stopped": (_("Clock stands"), stopped),
        "ended": (_("Ended"), total - opened - filed),
        "filed": (_("Filed"), filed),
        "all": (_("All"), total),
    }
    return [
        Tab(
            state,
            label,
            query_with(request, state=state),
            count,
            is_current=found.state == state,
            is_hot=state == "overdue" and count > 0,
        )
        for state, (label, count) in labels.items()
    ]


class _FromTheNearerEnd(CountedPaginator):
    """A page of the second half is looked for from the end: what it costs to reach a
    page grows with the rows before it. Its rows may stand in either order."""

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        if start <= self.count // 2:
            rows = self.found[start:stop]
        else:
            rows = self.found.reverse()[self.count - stop : self.count - start]
        return Page(rows, number, self)


def _page(request: HttpRequest, found: Found, tabs: list[Tab]) -> Page[Case]:
    """One query. An index alone tells which cases stand on the page; whole rows are
    read of those only."""
    count = next(tab.count for tab in tabs if tab.is_current)
    page = _FromTheNearerEnd(found.cases.values("pk"), PAGE_SIZE, count).get_page(
        request.GET.get("page", "1")
    )
    of_page = Case.objects.filter(pk__in=page.object_list)
    order = found.cases.query.order_by
    page.object_list = of_page.select_related("agency", "handler").order_by(*order)
    return page


def row_of(scope: Scope, case: Case, today: date) -> Row:
    """No query: who may not see the applicant reads the kind alone."""
    kind = str(case.get_applicant_kind_display())
    name = masked_name(case) if can_see_person(scope, case) else ""
    left = clock.days_left(case, today) if case.is_open else None
    return Row(case, tag_of(case), f"{name} · {kind}" if name else kind, left)


def _more_is_open(filters: ListFilter) -> bool:
    names = ("channel", "kind", "result", "handler", "since", "until")
    return any(filters.value(name) for name in names)


def _chips(request: HttpRequest, found: Found) -> list[tuple[str, str, str]]:
    filters = found.filters
    told = []
    for field in filters:
        value = filters.value(field.name)
        if not value or field.name == "agency":
            continue
        words = _words_of(field.field, value)
        told.append((str(field.label), words, query_with(request, **{field.name: ""})))
    if request.GET.get("who"):
        words = _("one that you searched for")
        told.append((_("Applicant"), words, query_with(request, who="")))
    return told


def _words_of(field: Field, value: Any) -> str:
    """How the field's list words the value; the value itself where there is none."""
    for choice, words in getattr(field, "choices", ()):
        named = dict(words) if isinstance(words, list) else {choice: words}
        for one, label in named.items():
            if str(one) == str(value):
                return str(label)
    return str(value)
